// The quarantine inbox: who may hand something in, that it is kept once and for good, and who may read it.
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { inbox } from "#server/front-door/inbox.ts";
import { samples } from "#tests/server/rule/sample-site.ts";
import { appFolder, openDoor, provisionedStore, site, type Store } from "./door.ts";

const app = appFolder();
const elsewhere = "s-vn-gso-48";
const record = { ...samples.note };
const item = { record: { ...record, id: String(record["_id"]) }, state: "local" };
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

const hand = (body: unknown, cookie?: string) =>
  door.ask("/api/inbox", { body, ...(cookie === undefined ? {} : { cookie }) });
const kept = async () => {
  const answer = await store.admin.read("/neo-ve/_all_docs?include_docs=true");
  return JSON.stringify(answer).split('"id":"inbox:').length - 1;
};

const revOf = async (database: string, id: string) =>
  z.looseObject({ _rev: z.string() }).parse(await store.admin.read(`/${database}/${id}`))._rev;

it("keeps a record once, however often it comes, and says which", async () => {
  for (let times = 0; times < 3; times++) {
    const answer = await hand({ database: elsewhere, records: [item] }, cadre);
    expect(await answer.json()).toMatchObject({ ok: true, kept: [item.record.id] });
  }
  expect(await kept()).toBe(1);
  const edited = { ...item, state: "refused", reason: "role: no", record: { ...item.record, text: "khác" } };
  await hand({ database: elsewhere, records: [edited] }, cadre);
  expect(await kept()).toBe(2);
});

it("keeps what was begun and not finished, each state of it once", async () => {
  const before = await kept();
  const draft = { id: "d1", form: "visit", database: elsewhere, values: { followup: { note: "Đang ghi" } } };
  for (let times = 0; times < 2; times++) {
    const answer = await hand({ database: elsewhere, records: [], drafts: [draft] }, cadre);
    expect(await answer.json()).toMatchObject({ ok: true, kept: ["d1"] });
  }
  await hand({ database: elsewhere, records: [], drafts: [{ ...draft, values: {} }] }, cadre);
  expect((await kept()) - before).toBe(2);
});

it("takes nothing of a database that the account may open: it is to be sent there", async () => {
  const answer = await hand({ database: `s-${site}`, records: [item] }, cadre);
  expect(answer.status).toBe(409);
  expect(await answer.json()).toMatchObject({ error: "still_allowed" });
});

it("takes others' words that the centre lost, and keeps none that lie in their place or were erased", async () => {
  const database = `s-${site}`;
  const other = (number: number) => ({ ...record, id: `3f2a8f5e-0000-4000-8000-00000000050${String(number)}`, createdBy: "newcomer" }); // prettier-ignore
  const [lost, there, changed, erased] = [other(1), other(2), other(3), other(4)];
  for (const each of [there, changed, erased]) {
    const { _id, ...body } = { _id: "", ...each };
    await store.admin.write("PUT", `/${database}/${each.id}`, body);
  }
  const { rev } = z.looseObject({ rev: z.string() }).parse(await store.admin.write("PUT", `/${database}/${erased.id}?rev=${await revOf(database, erased.id)}`, { _deleted: true })); // prettier-ignore
  expect(rev).toMatch(/^2-/);
  const said = [lost, there, { ...changed, text: "khác" }, erased].map(({ _id, ...each }: { _id?: unknown; id: string }) => ({ record: each, state: "local" })); // prettier-ignore
  const before = await kept();
  for (let times = 0; times < 2; times++) {
    const answer = await hand({ database, held: true, records: said }, cadre);
    const { kept: ids } = z.looseObject({ kept: z.array(z.string()) }).parse(await answer.json());
    expect(ids.toSorted()).toEqual([lost, there, changed, erased].map(({ id }) => id));
  }
  expect((await kept()) - before).toBe(2);
});

it("takes nothing from nobody, and what is no record", async () => {
  expect((await hand({ database: elsewhere, records: [item] })).status).toBe(401);
  for (const body of [
    { database: "neo-ve", records: [item] },
    { database: elsewhere, records: [{ ...item, record: { id: "_design/x" } }] },
    { database: elsewhere, records: [{ ...item, state: "new" }] },
    { database: elsewhere, records: Array(51).fill(item) },
    { database: elsewhere },
  ])
    expect((await hand(body, cadre)).status).toBe(400);
});

it("is read by nobody who works with the product", async () => {
  expect((await door.ask("/db/neo-ve/_all_docs", { cookie: cadre })).status).toBe(403);
});

it("does not let one account fill the record store", async () => {
  const few = inbox({ admin: store.admin, now: Date.now, most: 3 });
  const records = [1, 2, 3, 4].map((digit) => ({
    state: "local" as const,
    record: { ...item.record, id: item.record.id.replace(/.$/, String(digit)) },
  }));
  expect(await few.keep("somebody", { database: elsewhere, records: records.slice(0, 2) })).toHaveLength(2);
  expect(await few.keep("somebody", { database: elsewhere, records: records.slice(2) })).toEqual([]);
});
