// A district hub and the centre replicate with each other, each behind its front door, as deploy/hub sets it up.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rolesOf } from "#deploy/hub/replicate.mjs";
import { replicate, type Side } from "#tests/server/couch/couch-replicator.ts";
import { textOf } from "#tests/server/couch/harness.ts";
import { samples, type Doc } from "#tests/server/rule/sample-site.ts";
import {
  appFolder,
  cookieOf,
  openDoor,
  password as secretOfAll,
  provisionedStore,
  site,
  type Store,
} from "./door.ts";

const app = appFolder();
const secret = "made up for this hub and nobody else";
/** As deploy/hub asks: the rule stays at home. */
const recordsOnly = { _id: { $ne: "_design/neo-ve" } };
const database = `s-${site}`;

interface Place {
  store: Store;
  door: ReturnType<typeof openDoor>;
  cadre: string;
}

async function startPlace(): Promise<Place> {
  const store = await provisionedStore();
  const door = openDoor(store, app.path);
  const account = { type: "user", name: "hub", password: secret, roles: rolesOf([site]) };
  await store.admin.write("PUT", "/_users/org.couchdb.user:hub", account);
  return { store, door, cadre: await door.signIn("cadre") };
}

/** Signed in as CouchDB's replicator does, at the hubs' address, which the proxy leads below /db. */
async function sideOf({ door }: Place, name = "hub", password = secret): Promise<Side> {
  const signedIn = await door.ask("/db/_session", {
    body: new URLSearchParams({ name, password }).toString(),
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
  });
  const Cookie = cookieOf(signedIn);
  return (method, path, { headers, body }) =>
    door.door(
      new Request(`http://127.0.0.1:8000/db/${database}${path}`, {
        method,
        headers: { ...headers, Cookie },
        ...(body === undefined ? {} : { body }),
      }),
      { address: "192.0.2.8" },
    );
}

const { case: file, note, urgent_check: check } = samples;
const idOf = (doc: Doc) => String(doc["_id"]);

/** The samples share one id. */
function numbered(doc: Doc, digit: number): Doc {
  const id = idOf(doc).replace(/.$/, String(digit));
  return { ...doc, _id: id, id };
}

const byCadre = (doc: Doc): Doc => ({
  ...doc,
  createdBy: "cadre",
  ...("updatedBy" in doc ? { updatedBy: "cadre" } : {}),
});

async function save({ door, cadre }: Place, doc: Doc): Promise<string> {
  const path = `/db/${database}/${idOf(doc)}`;
  const answer = await door.ask(path, { method: "PUT", body: byCadre(doc), cookie: cadre });
  const body: unknown = await answer.json();
  if (answer.status !== 201) throw new Error(JSON.stringify(body));
  return textOf(body, "rev");
}

async function read({ door, cadre }: Place, id: string): Promise<unknown> {
  return (await door.ask(`/db/${database}/${id}?conflicts=true`, { cookie: cadre })).json();
}

/** The case with another time of reception, as its history tells. */
function receivedAnew(to: string, digit: number): Doc {
  const at = "2026-03-03T01:00:00.000Z";
  const id = idOf(file).replace(/.$/, String(digit));
  const entry = {
    id,
    at,
    by: "cadre",
    device: "d",
    field: "receivedAt",
    from: file["receivedAt"],
    to,
    after: [],
  };
  return { ...file, receivedAt: to, updatedAt: at, history: [entry] };
}

let hub: Place;
let centre: Place;
beforeAll(async () => {
  [hub, centre] = [await startPlace(), await startPlace()];
});
afterAll(() => {
  for (const { store } of [hub, centre]) store.couch.close();
  app.remove();
});

async function exchange() {
  const [there, here] = [await sideOf(centre), await sideOf(hub)];
  const push = await replicate(here, there, "push", recordsOnly);
  const pull = await replicate(there, here, "pull", recordsOnly);
  return { push, pull };
}

describe("a hub and its centre", () => {
  it("exchange what others wrote, both ways", async () => {
    const records = [file, numbered(note, 7), numbered(check, 8)] as const;
    await save(hub, records[0]);
    await save(hub, records[1]);
    await save(centre, records[2]);
    const { push, pull } = await exchange();
    expect(push).toMatchObject({ docsWritten: 2, failures: [] });
    expect(pull).toMatchObject({ docsWritten: 1, failures: [] });
    for (const id of records.map(idOf)) {
      const found = await read(hub, id);
      expect(found).toHaveProperty("createdBy", "cadre");
      expect(await read(centre, id)).toEqual(found);
    }
    expect(await exchange()).toMatchObject({ push: { docsWritten: 0 }, pull: { docsWritten: 0 } });
  });

  it("keep both versions of what was changed at both", async () => {
    const _id = idOf(file);
    const _rev = textOf(await read(hub, _id), "_rev");
    const revisions = new Set([
      await save(hub, { ...receivedAnew("2026-03-02T02:00:00.000Z", 1), _rev }),
      await save(centre, { ...receivedAnew("2026-03-02T03:00:00.000Z", 2), _rev }),
    ]);
    await exchange();
    const found = await read(centre, _id);
    expect(await read(hub, _id)).toEqual(found);
    expect(new Set([textOf(found, "_rev"), textOf(found, "_conflicts", 0)])).toEqual(revisions);
  });

  it("put them together at the word of a device, each by itself and to the very same", async () => {
    const _id = idOf(file);
    for (const { door, cadre } of [hub, centre]) {
      const answer = await door.ask("/api/forks", { body: { database, ids: [_id] }, cookie: cadre });
      expect(await answer.json()).toEqual({ ok: true, merged: 1, pruned: 1 });
    }
    const found = await read(hub, _id);
    expect(await read(centre, _id)).toEqual(found);
    expect(found).not.toHaveProperty("_conflicts");
    expect(found).toHaveProperty("history.length", 2);
    await exchange();
    expect(await read(hub, _id)).toEqual(found);
    expect(await read(centre, _id)).toEqual(found);
  });

  it("let nobody else do that, nor a hub of other sites", async () => {
    const [from, to] = [await sideOf(hub), await sideOf(centre, "cadre", secretOfAll)];
    await save(hub, numbered(note, 9));
    await expect(replicate(from, to, "cadre", recordsOnly)).rejects.toThrow("403");
    const account = { type: "user", name: "elsewhere", password: secret, roles: rolesOf(["vn-gso-48"]) };
    await centre.store.admin.write("PUT", "/_users/org.couchdb.user:elsewhere", account);
    await expect(replicate(await sideOf(centre, "elsewhere"), from, "elsewhere")).rejects.toThrow("403");
  });

  it("leave each other's rule alone, which is an administrator's", async () => {
    await hub.store.admin.write("PUT", `/${database}/_design/other`, { language: "javascript" });
    const { failures } = await replicate(await sideOf(hub), await sideOf(centre), "all");
    expect(failures).toEqual([expect.objectContaining({ error: "forbidden" })]);
  });
});
