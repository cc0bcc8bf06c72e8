// One account asks without end: it is told to wait, and nobody else notices.
import { afterEach, beforeEach, expect, it } from "vitest";
import { openDoor, provisionedStore, site, type Store } from "./door.ts";

let store: Store;
beforeEach(async () => {
  store = await provisionedStore();
});
afterEach(() => {
  store.couch.close();
});

const database = `s-${site}`;
const id = "00000000-0000-4000-8000-000000000000";
const costly = [
  ["/api/transfers", { database, ids: [id] }],
  ["/api/transfers/late", { database, records: [] }],
  ["/api/bundles", {}],
  ["/api/forks", { database, ids: [id] }],
  ["/api/inbox", { database, records: [] }],
] as const;

it("whatever it asks for of what costs much, until some time has passed", async () => {
  let now = Date.now();
  const { ask, signIn } = openDoor(store, ".", undefined, () => now);
  const cookie = await signIn("cadre");
  const asked = async (index: number) => {
    const [path, body] = costly[index % costly.length] ?? costly[0];
    const response = await ask(path, { cookie, body });
    await response.arrayBuffer();
    return response;
  };
  for (let count = 0; count < 120; count++) expect((await asked(count)).status).not.toBe(429);
  for (const index of costly.keys()) {
    const held = await asked(index);
    expect(held.status).toBe(429);
    expect(held.headers.get("retry-after")).toBe("1");
  }
  const colleague = await ask("/api/transfers", {
    cookie: await signIn("supervisor"),
    body: { database, ids: [id] },
  });
  expect(colleague.status).toBe(200);
  for (const path of ["/api/session", `/db/${database}`])
    expect((await ask(path, { cookie })).status).toBe(200);
  now += 3_000;
  for (const expected of [200, 200, 200, 429]) expect((await asked(0)).status).toBe(expected);
});
