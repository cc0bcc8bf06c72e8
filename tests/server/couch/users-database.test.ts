// The database of accounts can be deleted and made again while the server runs, as in CouchDB.
import { expect, it } from "vitest";
import { ADMIN, startHarness } from "#tests/server/couch/harness.ts";

it("without accounts only administrators get in; with a new one, its accounts do", async () => {
  const { ask, addUser } = startHarness();
  const before = await addUser("mai", ["staff"]);
  const told = (as: typeof before) => ask("GET", "/_session", { as });
  expect((await told(before)).status).toBe(200);
  expect((await ask("DELETE", "/_users")).body).toEqual({ ok: true });
  expect((await ask("GET", "/")).status).toBe(200);
  expect((await ask("GET", "/_all_dbs")).body).toEqual([]);
  expect((await told(before)).status).toBe(401);
  expect((await told(ADMIN)).status).toBe(200);
  expect((await ask("PUT", "/_users")).status).toBe(201);
  const after = await addUser("lan", ["staff"]);
  expect((await told(after)).body).toMatchObject({ userCtx: { name: "lan", roles: ["staff"] } });
  expect((await told(before)).status).toBe(401);
});
