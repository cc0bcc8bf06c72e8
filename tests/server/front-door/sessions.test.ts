// Who may do what through the front door: sessions, other sites' pages, sizes.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appFolder, maxRequestBytes, openDoor, operator, password, provisionedStore, site } from "./door.ts";

const app = appFolder();
let store: Awaited<ReturnType<typeof provisionedStore>>;
let door: ReturnType<typeof openDoor>;
beforeAll(async () => {
  store = await provisionedStore();
  door = openDoor(store, app.path);
});
afterAll(() => {
  store.couch.close();
  app.remove();
});

describe("sessions", () => {
  it("are good for /db and /api, out of reach of scripts and other sites", async () => {
    const response = await door.ask("/db/_session", { body: { name: "cadre", password } });
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^AuthSession=[\w-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Strict$/),
    ]);
    const cookie = await door.signIn("cadre");
    expect(await (await door.ask("/api/session", { cookie })).json()).toEqual({
      name: "cadre",
      roles: [`cadre@${site}`, "staff"],
      displayName: "Phan Mẫu Lâm",
      oneTimePassword: false,
    });
    expect((await door.ask(`/db/p-${site}`, { cookie })).status).toBe(200);
    expect((await door.ask("/db/s-vn-gso-48", { cookie })).status).toBe(403);
  });

  it("travel over TLS only, where there is TLS in front", async () => {
    const headers = { "X-Forwarded-Proto": "https" };
    const response = await door.ask("/db/_session", { body: { name: "cadre", password }, headers });
    expect(response.headers.getSetCookie()[0]).toMatch(/; Secure$/);
  });

  it("are the only credential: Basic and proxy headers are not passed on", async () => {
    const basic = Buffer.from(`${operator.name}:${operator.password}`).toString("base64");
    const headers = { Authorization: `Basic ${basic}`, "X-Auth-CouchDB-UserName": "cadre" };
    expect((await door.ask("/db/directory", { headers })).status).toBe(401);
    expect((await door.ask("/api/session", { headers })).status).toBe(401);
  });
});

describe("another site's page", () => {
  const foreign = [
    { "Sec-Fetch-Site": "cross-site" },
    { "Sec-Fetch-Site": "same-site" },
    { Origin: "https://elsewhere.example" },
    { Origin: "null" },
  ];
  it.each(foreign)("may change nothing: %o", async (headers) => {
    const cookie = await door.signIn("cadre");
    const change = { old: password, new: "another long phrase" };
    expect((await door.ask("/api/password", { cookie, headers, body: change })).status).toBe(403);
    expect((await door.ask(`/db/s-${site}/_bulk_docs`, { cookie, headers, body: { docs: [] } })).status).toBe(
      403,
    );
    expect((await door.ask("/db/_session", { method: "DELETE", cookie, headers })).status).toBe(403);
  });

  it("is told from our own, and from programs that are no browser", async () => {
    const cookie = await door.signIn("cadre");
    for (const headers of [{ "Sec-Fetch-Site": "same-origin" }, { Origin: "http://127.0.0.1:8000" }, {}])
      expect(
        (await door.ask(`/db/s-${site}/_bulk_docs`, { cookie, headers, body: { docs: [] } })).status,
      ).toBe(201);
  });

  it("gets nothing by a form, which cannot say that it sends JSON", async () => {
    const cookie = await door.signIn("cadre");
    const headers = { "Content-Type": "text/plain" };
    const body = JSON.stringify({ old: password, new: "another long phrase" });
    expect((await door.ask("/api/password", { cookie, headers, body })).status).toBe(415);
  });
});

describe("accounts", () => {
  it("are the operator's alone: nobody reads the hash of a password, nor ends a one-time one by hand", async () => {
    const own = "/db/_users/org.couchdb.user:cadre";
    const body = { type: "user", name: "cadre", roles: [] };
    for (const each of [own, "/db/%5Fusers/org.couchdb.user%3Acadre", "/db/_users/_all_docs"]) {
      const cookie = await door.signIn("cadre");
      expect([403, 404]).toContain((await door.ask(each, { cookie })).status);
      expect((await door.ask(each)).status).not.toBe(200);
    }
    const cookie = await door.signIn("cadre");
    expect((await door.ask(own, { method: "PUT", cookie, body })).status).toBe(403);
    const hers = await door.signIn(operator.name, operator.password);
    expect((await door.ask(own, { cookie: hers })).status).toBe(200);
  });
});

describe("limits", () => {
  it("refuses a request that is too large, as a whole or by what it says", async () => {
    const cookie = await door.signIn("cadre");
    const body = JSON.stringify({ docs: [{ text: "x".repeat(maxRequestBytes) }] });
    expect((await door.ask(`/db/s-${site}/_bulk_docs`, { cookie, body })).status).toBe(413);
    const headers = { "Content-Length": String(maxRequestBytes + 1) };
    expect((await door.ask("/api/password", { cookie, body: {}, headers })).status).toBe(413);
  });
});
