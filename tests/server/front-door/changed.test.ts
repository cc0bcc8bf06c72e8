// Which databases have something new, told in one answer: never wrongly "nothing", and nothing to who may not read there.
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { z } from "zod";
import type { CouchHandler } from "#server/front-door/couch-handler.ts";
import { samples } from "#tests/server/rule/sample-site.ts";
import { appFolder, openDoor, provisionedStore, site, type Store } from "./door.ts";

const app = appFolder();
const files = `s-${site}`;
const names = `p-${site}`;
const above = "s-vn-gso-48";
let store: Store;
let door: ReturnType<typeof openDoor>;
let cadre: string;
let open = 0;
let most = 0;
/** A cluster writes the same place in its feed in ever other words. */
let inOtherWords = 0;

const couch: CouchHandler = async (request, from) => {
  const url = new URL(request.url);
  const since = url.searchParams.get("since");
  if (since !== null) url.searchParams.set("since", since.replace(/~.*$/, ""));
  most = Math.max(most, (open += 1));
  try {
    const answer = await store.couch.handle(new Request(url, request), from);
    if (inOtherWords === 0 || !/^\/[sp]-[a-z0-9-]+$/.test(url.pathname)) return answer;
    const words = `~${String((inOtherWords += 1))}`;
    const text = (await answer.text()).replace(/("update_seq":"[^"]*)"/, `$1${words}"`);
    return new Response(text, { status: answer.status, headers: answer.headers });
  } finally {
    open -= 1;
  }
};

beforeAll(async () => {
  store = await provisionedStore();
  door = openDoor(store, app.path, couch);
  cadre = await door.signIn("cadre");
});
afterAll(() => {
  store.couch.close();
  app.remove();
});
beforeEach(() => {
  inOtherWords = 0;
  most = 0;
});

const ask = (since: Record<string, string>, cookie = cadre) =>
  door.ask("/api/changed", { body: { since }, cookie });
const answerSchema = z.object({
  databases: z.record(z.string(), z.object({ changed: z.boolean(), update_seq: z.string() })),
});
const standingsOf = async (since: Record<string, string>, cookie = cadre) =>
  answerSchema.parse(await (await ask(since, cookie)).json()).databases;
const placeIn = async (database: string) =>
  (await standingsOf({ [database]: "0" }))[database]?.update_seq ?? "";

const id = String(samples.note["_id"]);
const put = (body: object) => store.admin.write("PUT", `/${files}/${id}`, body);
const revOf = z.object({ _rev: z.string() });

it.each([
  ["in the same words", 0],
  ["in other words", 1],
])("sees what is new, changed and deleted, and no change where there is none, %s", async (_what, words) => {
  inOtherWords = words;
  const changes: (() => Promise<unknown>)[] = [
    () => put(samples.note),
    async () => put({ ...samples.note, ...revOf.parse(await store.admin.read(`/${files}/${id}`)) }),
    async () => put({ ...revOf.parse(await store.admin.read(`/${files}/${id}`)), _deleted: true }),
  ];
  for (const change of changes) {
    const since = { [files]: await placeIn(files), [names]: await placeIn(names) };
    expect(await standingsOf(since)).toMatchObject({
      [files]: { changed: false },
      [names]: { changed: false },
    });
    await change();
    expect(await standingsOf(since)).toMatchObject({
      [files]: { changed: true },
      [names]: { changed: false },
    });
  }
});

it("a place that the store does not know counts as changed", async () => {
  for (const unknown of ["0", "7-of-another-life", "999999-g1AAAA"])
    expect(await standingsOf({ directory: unknown })).toMatchObject({ directory: { changed: true } });
});

it("says nothing of what the caller may not read, not even that it is there", async () => {
  const told = await standingsOf({ [files]: "0", [above]: "0", "p-vn-gso-48": "0", "s-vn-gso-1": "0" });
  expect(Object.keys(told)).toEqual([files]);
  const supervisor = await door.signIn("supervisor");
  expect(Object.keys(await standingsOf({ [files]: "0", [above]: "0" }, supervisor)).toSorted()).toEqual(
    [files, above].toSorted(),
  );
});

it("answers members only, and only about databases of ours", async () => {
  expect((await door.ask("/api/changed", { body: { since: {} } })).status).toBe(401);
  for (const body of [
    { since: { "neo-ve": "0" } },
    { since: { _users: "0" } },
    { since: { "../directory": "0" } },
    { since: { [files]: "" } },
    { since: { [files]: 0 } },
    { since: { [files]: "x".repeat(2_001) } },
    { since: Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`s-vn-${String(n)}`, "0"])) },
    { since: { [files]: "0" }, more: true },
    [],
  ])
    expect((await door.ask("/api/changed", { body, cookie: cadre })).status).toBe(400);
});

it("asks the store a few questions at a time, however many databases there are", async () => {
  const since = Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`s-vn-gso-9${String(n)}`, "0"]));
  await (await ask(since)).text();
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(9);
  expect(door.accessLog.at(-1)).toMatchObject({
    user: "cadre",
    part: "api",
    endpoint: "changed",
    status: 200,
  });
});
