// RxDB's own CouchDB replication, as the control: what it loses, ours must keep.
import { createRxDatabase } from "rxdb";
import { replicateCouchDB } from "rxdb/plugins/replication-couchdb";
import { getRxStorageMemory } from "rxdb/plugins/storage-memory";
import { onTestFinished } from "vitest";
import { type AccountName, passwordOf, type TestCentre } from "./test-centre.ts";

export interface StockDevice {
  insert(document: { readonly _id: string }): Promise<void>;
  ids(): Promise<readonly string[]>;
  /** What its requests meet; `undefined`: they pass. */
  way: (url: URL) => Error | undefined;
  start(): void;
  /** Runs the replication once more, as an app would that lost patience. */
  again(): void;
}

let made = 0;

export async function createStockDevice(
  centre: TestCentre,
  database: string,
  name: AccountName,
): Promise<StockDevice> {
  made += 1;
  const cookie = await signIn(centre, name);
  const local = await createRxDatabase({ name: `stock${made}`, storage: getRxStorageMemory() });
  await local.addCollections({
    notes: {
      schema: {
        version: 0,
        primaryKey: "_id",
        type: "object",
        properties: { _id: { type: "string", maxLength: 100 } },
      },
    },
  });
  const collection = local.collections["notes"];
  if (!collection) throw new Error("no collection");
  let stop = (): void => undefined;
  let again = (): void => undefined;
  onTestFinished(async () => {
    stop();
    await local.close();
  });
  const device: StockDevice = {
    async insert(document) {
      await collection.insert(document);
    },
    async ids() {
      const documents = await collection.find().exec();
      return documents.map((document) => document.primary as string);
    },
    way: () => undefined,
    start() {
      const replication = replicateCouchDB({
        replicationIdentifier: "stock",
        collection,
        url: `http://centre/${database}/`,
        live: true,
        retryTime: 20,
        waitForLeadership: false,
        pull: { batchSize: 50 },
        push: { batchSize: 50 },
        async fetch(input: RequestInfo | URL, init?: RequestInit) {
          const url = new URL(input instanceof Request ? input.url : input);
          const trouble = device.way(url);
          if (trouble) throw trouble;
          const request = new Request(url, init);
          request.headers.set("cookie", cookie);
          return centre.handle(request);
        },
      });
      stop = () => {
        void replication.cancel();
      };
      again = () => {
        replication.reSync();
      };
    },
    again: () => {
      again();
    },
  };
  return device;
}

async function signIn(centre: TestCentre, name: AccountName): Promise<string> {
  const answer = await centre.handle(
    new Request("http://centre/_session", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name, password: passwordOf(name) }),
    }),
  );
  return answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}
