// RxDB's own CouchDB replication, as the control: what it loses, ours must keep.
import { createRequire } from "node:module";
import * as rxdb from "rxdb";
import * as couchdb from "rxdb/plugins/replication-couchdb";
import * as memory from "rxdb/plugins/storage-memory";
import { onTestFinished } from "vitest";
import { type AccountName, passwordOf, type TestCentre } from "./test-centre.ts";

/** RxDB as one run of a process has it in memory; what it remembers of the clock ends with the process. */
export type StockProcess = Pick<typeof rxdb, "createRxDatabase" | "defaultConflictHandler"> &
  Pick<typeof couchdb, "replicateCouchDB"> &
  Pick<typeof memory, "getRxStorageMemory">;

const { createRxDatabase, defaultConflictHandler } = rxdb;
const { replicateCouchDB } = couchdb;
const { getRxStorageMemory } = memory;
const thisProcess: StockProcess = {
  createRxDatabase,
  defaultConflictHandler,
  replicateCouchDB,
  getRxStorageMemory,
};

/** Another process: RxDB ships each of its modules twice, and the two know nothing of each other. */
export function anotherProcess(): StockProcess {
  const load = createRequire(import.meta.url);
  const parts: object = Object.assign(
    {},
    load("rxdb"),
    load("rxdb/plugins/replication-couchdb"),
    load("rxdb/plugins/storage-memory"),
  );
  return parts as StockProcess;
}

/** What outlives a process. */
export interface StockDisk {
  readonly name: string;
  readonly storage: ReturnType<typeof getRxStorageMemory>;
}

let made = 0;
export function newStockDisk(of: StockProcess = thisProcess): StockDisk {
  made += 1;
  return { name: `stock${made}`, storage: of.getRxStorageMemory() };
}

export interface StockDevice {
  insert(document: { readonly _id: string }): Promise<void>;
  /** Puts the document in the place of the one of its id. */
  change(document: { readonly _id: string }): Promise<void>;
  ids(): Promise<readonly string[]>;
  get(id: string): Promise<unknown>;
  /** What its requests meet; `undefined`: they pass. */
  way: (url: URL) => Error | Response | undefined;
  /** Requests so far. */
  readonly asked: number;
  /** What the replication said of its troubles, each as text. */
  readonly troubles: readonly string[];
  /** How often the conflict handler was asked to put two versions together. */
  readonly conflicts: number;
  start(): void;
  /** Runs the replication once more, as an app would that lost patience. */
  again(): void;
  /** As the replication tells it. */
  inSync(): Promise<unknown>;
  close(): Promise<void>;
}

export async function createStockDevice(
  centre: TestCentre,
  database: string,
  name: AccountName,
  { of = thisProcess, disk = newStockDisk(of) }: { of?: StockProcess; disk?: StockDisk } = {},
): Promise<StockDevice> {
  const cookie = await signIn(centre, name);
  const local = await of.createRxDatabase(disk);
  const troubles: string[] = [];
  let asked = 0;
  let conflicts = 0;
  await local.addCollections({
    notes: {
      schema: {
        version: 0,
        primaryKey: "_id",
        type: "object",
        properties: { _id: { type: "string", maxLength: 100 } },
      },
      conflictHandler: {
        ...of.defaultConflictHandler,
        resolve(both) {
          conflicts += 1;
          return of.defaultConflictHandler.resolve(both, "");
        },
      },
    },
  });
  const collection = local.collections["notes"];
  if (!collection) throw new Error("no collection");
  let replication: ReturnType<typeof replicateCouchDB> | undefined;
  let open = true;
  const device: StockDevice = {
    async insert(document) {
      await collection.insert(document);
    },
    async change(document) {
      await collection.upsert(document);
    },
    async ids() {
      const documents = await collection.find().exec();
      return documents.map((document) => document.primary as string);
    },
    async get(id) {
      return (await collection.findOne(id).exec())?.toJSON();
    },
    way: () => undefined,
    get asked() {
      return asked;
    },
    troubles,
    get conflicts() {
      return conflicts;
    },
    start() {
      replication = of.replicateCouchDB({
        replicationIdentifier: "stock",
        collection,
        url: `http://centre/${database}/`,
        live: true,
        retryTime: 20,
        waitForLeadership: false,
        pull: { batchSize: 50 },
        push: { batchSize: 50 },
        async fetch(input: RequestInfo | URL, init?: RequestInit) {
          asked += 1;
          const url = new URL(input instanceof Request ? input.url : input);
          const met = device.way(url);
          if (met instanceof Error) throw met;
          if (met) return met;
          const request = new Request(url, init);
          request.headers.set("cookie", cookie);
          return centre.handle(request);
        },
      });
      replication.error$.subscribe((trouble) => troubles.push(JSON.stringify(trouble.parameters)));
    },
    again() {
      replication?.reSync();
    },
    inSync: () => replication?.awaitInSync() ?? Promise.resolve(),
    async close() {
      if (!open) return;
      open = false;
      await replication?.cancel();
      await local.close();
    },
  };
  onTestFinished(() => device.close());
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
