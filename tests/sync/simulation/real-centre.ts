// The real endpoint as a centre of a simulation: on a file, behind the real front door, put back by the product's own means.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { Couch } from "#server/couch/couch.ts";
import { giveNewIdentity } from "#server/backup/new-identity.ts";
import { refuseOther } from "#server/front-door/meant-account.ts";
import { sessionCookie } from "#server/front-door/session-cookie.ts";
import { copyStore } from "#server/backup/store-copy.ts";
import { dated, openCentreStore, operations } from "#tests/sync/support/centre-store.ts";
import { chanceFrom } from "#tests/sync/support/chance.ts";
import { provision, type TestCentre } from "#tests/sync/support/test-centre.ts";
import { throughDoor } from "#tests/sync/support/through-door.ts";
import type { VirtualTime } from "#tests/sync/support/virtual-time.ts";
import { accountRecord, type BytesOfRestart, type Handed, type SimulatedCentre } from "./centre.ts";
import type { CentreContent } from "./memory-centre.ts";
import type { DatabaseContent } from "./memory-database.ts";
import { answeringOf, isHeld, requestOf } from "./wire.ts";

export interface RealCentre extends SimulatedCentre {
  /** What it holds, for a centre in memory that shall begin with the same, and the name of its epochs. */
  content(): Promise<{ readonly content: CentreContent; readonly process: string }>;
}

const handed = z.object({
  account: z.string(),
  database: z.string(),
  record: z.record(z.string(), z.unknown()),
});
const userDocument = z.object({ roles: z.array(z.string()), salt: z.string(), name: z.string() });
const info = z.object({
  instance_start_time: z.string(),
  update_seq: z.string(),
  sizes: z.object({ file: z.number() }),
});
const whoAmI = z.object({ userCtx: z.object({ name: z.string().nullable() }) });
const security = z.record(z.string(), z.json());
const changes = z.object({
  results: z.array(z.object({ seq: z.string(), id: z.string(), doc: z.record(z.string(), z.json()) })),
});

export async function createRealCentre(
  time: VirtualTime,
  bytesOfRestart: BytesOfRestart,
): Promise<RealCentre> {
  const folder = mkdtempSync(join(tmpdir(), "centre-"));
  const file = join(folder, "records.sqlite");
  const copy = join(folder, "backup.sqlite");
  // What is provisioned is the same for all seeds.
  const chance = chanceFrom(1);
  let couch: Couch = openCentreStore(time, { file, randomBytes: (count) => chance.bytes(count) });
  let last: Promise<unknown> = Promise.resolve();
  let restarts = 0;
  function handle(request: Request): Promise<Response> {
    // One at a time, so that hashing on other threads cannot change the order of events.
    const turn = last.then(async () => dated(await couch.handle(request, { address: "127.0.0.1" }), time));
    last = turn.catch(() => undefined);
    return time.busy(turn);
  }
  const { operate, documents } = operations(handle);
  const centre: TestCentre = { handle, operate, documents, feeds: couch.feeds, close: () => undefined };
  await provision(centre, time);
  const door = await throughDoor(centre, time);

  /** As the door passes it on. */
  async function store(request: Request): Promise<Response> {
    const refused = refuseOther(request, sessionCookie(request.headers.get("cookie")));
    if (!refused || new URL(request.url).pathname === "/_session") return handle(request);
    const { headers } = request;
    const session = await handle(new Request("http://centre/_session", { headers }));
    const { userCtx } = whoAmI.parse(await session.json());
    return userCtx.name === null ? handle(request) : refused;
  }

  async function contentOf(name: string): Promise<DatabaseContent & { process: string }> {
    const about = info.parse(await operate("GET", `/${name}`));
    const { results } = changes.parse(await operate("GET", `/${name}/_changes?include_docs=true`));
    const token = about.update_seq.replace(/^\d+-/, "");
    return {
      name,
      security: security.parse(await operate("GET", `/${name}/_security`)),
      created: Number(about.instance_start_time),
      process: token.slice(0, -32),
      uuid: token.slice(-32),
      seq: Number.parseInt(about.update_seq, 10),
      size: about.sizes.file,
      epochs: [{ start: 0, token }],
      documents: results.map(({ seq, id, doc }) => {
        const { _id, _rev, ...body } = doc;
        const ids = [z.string().parse(_rev).replace(/^1-/, "")];
        return { id, seq: Number.parseInt(seq, 10), ids, body, text: JSON.stringify(doc) };
      }),
    };
  }

  return {
    async ask(asking) {
      const request = requestOf(asking);
      const refuse = () => Promise.reject(new Error("there is nothing behind the door"));
      const answer = await (asking.path.startsWith("/api/") ? door(request, refuse) : store(request));
      return time.busy(answeringOf(answer, isHeld(asking)));
    },
    documents,
    async inbox() {
      const all = await documents("neo-ve");
      return [...all].flatMap(([id, doc]): Handed[] => (id.startsWith("inbox:") ? [handed.parse(doc)] : []));
    },
    async setRoles(name, roles) {
      const path = `/_users/org.couchdb.user:${name}`;
      await operate("PUT", path, { ...Object(await operate("GET", path)), roles });
      const at = `/directory/account:${name}`;
      const { _rev } = Object(await operate("GET", at)) as { _rev: string };
      await operate("PUT", at, { _rev, ...accountRecord(name, roles, time.now()) });
    },
    async backUp() {
      await last;
      rmSync(copy, { force: true });
      copyStore(file, copy);
    },
    async putBack() {
      await last;
      couch.close();
      restarts += 1;
      const randomBytes = (count: number) => bytesOfRestart(restarts, count);
      for (const end of ["", "-wal", "-shm"]) rmSync(file + end, { force: true });
      copyStore(copy, file);
      giveNewIdentity(file, { now: () => time.now(), randomBytes });
      couch = openCentreStore(time, { file, randomBytes });
    },
    async content() {
      const names = z.array(z.string()).parse(await operate("GET", "/_all_dbs"));
      const databases = await Promise.all(
        names.filter((name) => name !== "_users" && name !== "neo-ve").map(contentOf),
      );
      const users = await documents("_users");
      const accounts = [...users.values()].map((doc) => userDocument.parse(doc));
      return {
        process: databases[0]?.process ?? "",
        content: {
          databases,
          accounts: new Map(accounts.map(({ name, roles, salt }) => [name, { roles, salt }])),
          inbox: new Map(),
        },
      };
    },
    close() {
      couch.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
