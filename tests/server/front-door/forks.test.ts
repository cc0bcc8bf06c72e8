// Who may ask the front door to put versions of a record together, and what it then does and does not do.
import { afterAll, beforeAll, expect, it } from "vitest";
import { CouchFault, type CouchClient } from "#server/couch-client/couch-client.ts";
import { mendForks } from "#server/front-door/forks.ts";
import { textOf } from "#tests/server/couch/harness.ts";
import { samples, type Doc } from "#tests/server/rule/sample-site.ts";
import { appFolder, openDoor, provisionedStore, site, type Store } from "./door.ts";

const app = appFolder();
const database = `s-${site}`;
let store: Store;
let door: ReturnType<typeof openDoor>;
let cadre: string;
beforeAll(async () => {
  store = await provisionedStore();
  door = openDoor(store, app.path);
  cadre = await door.signIn("cadre");
});
afterAll(() => {
  store.couch.close();
  app.remove();
});

let digits = 0;
const entry = (by: string, field: string, to: string) => ({
  id: `00000000-0000-4000-8000-${String((digits += 1)).padStart(12, "0")}`,
  at: "2026-03-02T02:00:00.000Z",
  by,
  device: "d",
  field,
  to,
  after: [],
});

/** A case with two leaves, as replication leaves them. */
async function forked(one: Doc, other: Doc): Promise<string> {
  const base: Doc = {
    ...samples.case,
    _id: String(samples.case["_id"]).replace(/.{4}$/, String(1000 + (digits += 1))),
  };
  const id = String(base["_id"]);
  const common = { ...base, id, createdBy: "cadre", updatedBy: "cadre" };
  delete (common as Doc)["owner"];
  const start = "1-00000000000000000000000000000001";
  await store.admin.write("POST", `/${database}/_bulk_docs`, {
    new_edits: false,
    docs: [
      { ...common, _rev: start },
      { ...common, ...one, _rev: "2-b", _revisions: { start: 2, ids: ["b", start.slice(2)] } },
      { ...common, ...other, _rev: "2-a", _revisions: { start: 2, ids: ["a", start.slice(2)] } },
    ].map((doc) => JSON.parse(JSON.stringify(doc)) as Record<string, never>),
  });
  return id;
}
const read = async (id: string) =>
  (await door.ask(`/db/${database}/${id}?conflicts=true`, { cookie: cadre })).json() as Promise<Doc>;
const ask = (body: unknown, cookie?: string) =>
  door.ask("/api/forks", { body, ...(cookie ? { cookie } : {}) });

it("puts them together under the name of who wrote last, and prunes what that names", async () => {
  const id = await forked(
    {
      owner: "binh",
      updatedBy: "binh",
      updatedAt: "2026-03-02T03:00:00.000Z",
      history: [entry("binh", "owner", "binh")],
    },
    { riskLevel: "high", history: [entry("lan", "riskLevel", "high")] },
  );
  expect((await read(id))["_conflicts"]).toHaveLength(1);
  const answer = await ask({ database, ids: [id] }, cadre);
  expect(await answer.json()).toEqual({ ok: true, merged: 1, pruned: 1 });
  const whole = await read(id);
  expect(whole).toMatchObject({ owner: "binh", riskLevel: "high", updatedBy: "binh" });
  expect(whole["history"]).toHaveLength(2);
  expect(whole).not.toHaveProperty("_conflicts");
  expect(await (await ask({ database, ids: [id] }, cadre)).json()).toEqual({
    ok: true,
    merged: 0,
    pruned: 0,
  });
  expect(textOf(await read(id), "_rev")).toBe(whole["_rev"]);
});

it("is asked by ten devices at once, and does it once", async () => {
  const id = await forked(
    { owner: "binh", history: [entry("binh", "owner", "binh")] },
    { riskLevel: "high", history: [entry("lan", "riskLevel", "high")] },
  );
  const answers = await Promise.all(Array.from({ length: 10 }, () => ask({ database, ids: [id] }, cadre)));
  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
  const whole = await read(id);
  expect(whole).toMatchObject({ owner: "binh", riskLevel: "high" });
  expect(textOf(whole, "_rev")).toMatch(/^3-/);
  expect(whole).not.toHaveProperty("_conflicts");
});

it("leaves as it is what the rule does not take, and goes on with the others", async () => {
  const sides = () =>
    [
      { owner: "binh", history: [entry("binh", "owner", "binh")] },
      { riskLevel: "high", history: [entry("lan", "riskLevel", "high")] },
    ] as const;
  const [full, other] = [await forked(...sides()), await forked(...sides())];
  const admin: CouchClient = {
    ...store.admin,
    // As for a history that has grown beyond its limit.
    write: (method, path, body) =>
      path.includes(full)
        ? Promise.reject(new CouchFault(403, "schema: history: not a history"))
        : store.admin.write(method, path, body),
  };
  expect(await mendForks(admin, { database, ids: [full, other] })).toEqual({ merged: 1, pruned: 1 });
  expect((await read(full))["_conflicts"]).toHaveLength(1);
});

it("prunes nothing of what cannot be put together: two notes under one id both stay", async () => {
  const note: Doc = { ...samples.note, createdBy: "cadre" };
  await store.admin.write("POST", `/${database}/_bulk_docs`, {
    new_edits: false,
    docs: [
      { ...note, _rev: "1-a", text: "Chị ngủ được." },
      { ...note, _rev: "1-b", text: "Chị mất ngủ." },
    ].map((doc) => JSON.parse(JSON.stringify(doc)) as Record<string, never>),
  });
  const id = String(note["_id"]);
  const answer = await ask({ database, ids: [id] }, cadre);
  expect(await answer.json()).toEqual({ ok: true, merged: 0, pruned: 0 });
  expect((await read(id))["_conflicts"]).toHaveLength(1);
});

it("answers nobody, and no one who may not read the database", async () => {
  const id = await forked(
    { owner: "binh", history: [entry("binh", "owner", "binh")] },
    { riskLevel: "high" },
  );
  expect((await ask({ database, ids: [id] })).status).toBe(401);
  const account = {
    type: "user",
    name: "elsewhere",
    password: "mot hai ba bon",
    roles: ["cadre@vn-gso-48", "staff"],
  };
  await store.admin.write("PUT", "/_users/org.couchdb.user:elsewhere", account);
  const elsewhere = await door.signIn("elsewhere", "mot hai ba bon");
  expect((await ask({ database, ids: [id] }, elsewhere)).status).toBe(403);
  expect((await read(id))["_conflicts"]).toHaveLength(1);
});

it.each([
  ["another database", { database: "_users", ids: ["00000000-0000-4000-8000-000000000000"] }],
  ["the directory", { database: "directory", ids: ["00000000-0000-4000-8000-000000000000"] }],
  ["the front door's own", { database: "neo-ve", ids: ["00000000-0000-4000-8000-000000000000"] }],
  ["what is no id", { database, ids: ["_design/neo-ve"] }],
  ["nothing", { database, ids: [] }],
  ["too much", { database, ids: Array(51).fill("00000000-0000-4000-8000-000000000000") }],
  ["something else", { database, ids: ["00000000-0000-4000-8000-000000000000"], prune: true }],
])("does not take %s", async (_what, body) => {
  expect((await ask(body, cadre)).status).toBe(400);
});
