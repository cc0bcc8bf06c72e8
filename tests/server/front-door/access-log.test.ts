// What the access log says, and what it never says.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appFolder, openDoor, password, provisionedStore, site } from "./door.ts";

const app = appFolder();
let store: Awaited<ReturnType<typeof provisionedStore>>;
beforeAll(async () => {
  store = await provisionedStore();
});
afterAll(() => {
  store.couch.close();
  app.remove();
});

describe("the access log", () => {
  it("says who asked for what kind of thing, and neither id nor query nor anything sent", async () => {
    const quiet = openDoor(store, app.path);
    const cookie = await quiet.signIn("cadre");
    const asked = [
      await quiet.ask(`/db/s-${site}/canary-id?rev=1-canary`, { cookie }),
      await quiet.ask(`/db/s-${site}/_changes?filter=canary`, { cookie }),
      await quiet.ask("/db/canary-database", { cookie }),
      await quiet.ask("/cases/canary-case?name=canary"),
      await quiet.ask("/db/_session", { body: { name: "canary", password: "canary password" } }),
      await quiet.ask("/db/s-vn-gso-48", { cookie }),
      await quiet.ask("/api/session", { cookie }),
    ];
    for (const response of asked) await response.arrayBuffer();
    expect(JSON.stringify(quiet.accessLog)).not.toContain("canary");
    expect(
      quiet.accessLog
        .slice(1)
        .map(({ user, part, database, endpoint, status }) => ({ user, part, database, endpoint, status })),
    ).toEqual([
      { user: "cadre", part: "db", database: `s-${site}`, endpoint: "document", status: 404 },
      { user: "cadre", part: "db", database: `s-${site}`, endpoint: "_changes", status: 400 },
      { user: "cadre", part: "db", database: "other", endpoint: "database", status: 404 },
      { user: null, part: "app", database: undefined, endpoint: undefined, status: 200 },
      { user: null, part: "db", database: undefined, endpoint: "_session", status: 401 },
      { user: "cadre", part: "db", database: "s-vn-gso-48", endpoint: "database", status: 403 },
      { user: "cadre", part: "api", database: undefined, endpoint: "session", status: 200 },
    ]);
  });

  it("tells what was asked for, however the address is written", async () => {
    const quiet = openDoor(store, app.path);
    const cookie = await quiet.signIn("cadre");
    for (const path of [
      `/db/s%2D${site}/%5Fchanges`,
      `/db/x/../s-${site}/_changes/`,
      `/db//x/s-${site}/_changes`,
    ])
      await (await quiet.ask(path, { cookie })).arrayBuffer();
    expect(
      quiet.accessLog.slice(1).map(({ database, endpoint, status }) => [database, endpoint, status]),
    ).toEqual([
      [`s-${site}`, "_changes", 200],
      [`s-${site}`, "_changes", 200],
      ["other", "other", 404],
    ]);
  });

  it("says who signed in and who failed, whatever else the address of the session asks for", async () => {
    const quiet = openDoor(store, app.path);
    const cookie = await quiet.signIn("supervisor");
    for (const query of ["?next=/cases&fail=/cases", "?a=1;next=/cases;fail=/cases"])
      for (const typed of [password, "another password"]) {
        const body = { name: "cadre", password: typed };
        await (await quiet.ask(`/db/_session${query}`, { cookie, body })).arrayBuffer();
      }
    expect(quiet.accessLog.slice(1).map(({ user, status }) => [user, status])).toEqual([
      ["cadre", 200],
      [null, 401],
      ["cadre", 200],
      [null, 401],
    ]);
  });

  it("is not fooled by a cookie that somebody made up", async () => {
    const quiet = openDoor(store, app.path);
    const cookie = `AuthSession=${Buffer.from("cadre:6B000000:forged signature").toString("base64url")}`;
    for (const path of [`/db/s-${site}`, "/db/s-nowhere", "/db/_session", "/api/session"])
      await (await quiet.ask(path, { cookie })).arrayBuffer();
    expect(quiet.accessLog.map(({ user }) => user)).toEqual([null, null, null, null]);
  });
});
