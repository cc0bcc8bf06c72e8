// Signing in: Basic, cookies and their renewal, changed passwords and roles, lock-out, what `_users` keeps.
import { describe, expect, it } from "vitest";
import { ADMIN, startHarness, textOf, type Harness } from "#tests/server/couch/harness.ts";

const SECURITY = { members: { roles: ["staff"] }, admins: { roles: [] } };

async function withMember() {
  const harness = startHarness();
  await harness.ask("PUT", "/db");
  await harness.ask("PUT", "/db/_security", { body: SECURITY });
  return { ...harness, mai: await harness.addUser("mai", ["staff"]) };
}

async function signIn({ ask }: Harness, name: string, password: string, more = {}) {
  const answer = await ask("POST", "/_session", { as: null, body: { name, password }, ...more });
  return { ...answer, cookie: (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "" };
}

const withCookie = (cookie: string) => ({ headers: { cookie } });

describe("a session", () => {
  it("is opened with JSON or a form, and told by GET", async () => {
    const harness = await withMember();
    const answer = await signIn(harness, "mai", "mai password");
    expect(answer).toMatchObject({
      status: 200,
      body: { ok: true, name: "mai", roles: ["staff"] },
    });
    const form = await harness.ask("POST", "/_session", {
      as: null,
      raw: "name=mai&password=mai+password",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    });
    expect(form.status).toBe(200);
    const told = await harness.ask("GET", "/_session", withCookie(answer.cookie));
    expect(told.body).toEqual({
      ok: true,
      userCtx: { name: "mai", roles: ["staff"] },
      info: { authentication_handlers: ["cookie", "default"], authenticated: "cookie" },
    });
    expect((await harness.ask("GET", "/db", withCookie(answer.cookie))).status).toBe(200);
  });

  it("tells nobody from somebody", async () => {
    const { ask } = await withMember();
    const anonymous = await ask("GET", "/_session", { as: null });
    expect(anonymous.body).toMatchObject({ ok: true, userCtx: { name: null, roles: [] } });
    const operator = await ask("GET", "/_session", { as: ADMIN });
    expect(operator.body).toMatchObject({ userCtx: { name: "operator", roles: ["_admin"] } });
  });

  it("has a cookie that scripts, other sites and plain HTTP do not get", async () => {
    const harness = await withMember();
    const plain = await signIn(harness, "mai", "mai password");
    const attributes = plain.headers.get("set-cookie") ?? "";
    expect(attributes).toMatch(/Max-Age=600; Path=\/; HttpOnly; SameSite=Strict$/);
    const tls = await signIn(harness, "mai", "mai password", {
      headers: { "X-Forwarded-Proto": "https" },
    });
    expect(tls.headers.get("set-cookie")).toMatch(/; Secure$/);
  });

  it("ends after ten minutes, and is renewed while it is used", async () => {
    const harness = await withMember();
    const { cookie } = await signIn(harness, "mai", "mai password");
    harness.clock.ms += 30_000;
    const early = await harness.ask("GET", "/db", withCookie(cookie));
    expect(early.headers.get("set-cookie")).toBeNull();
    harness.clock.ms += 400_000;
    const later = await harness.ask("GET", "/db", withCookie(cookie));
    const renewed = (later.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    expect(renewed).toMatch(/^AuthSession=.+/);
    harness.clock.ms += 300_000;
    expect((await harness.ask("GET", "/db", withCookie(cookie))).status).toBe(401);
    expect((await harness.ask("GET", "/db", withCookie(renewed))).status).toBe(200);
  });

  it("is over with a new password, at once", async () => {
    const harness = await withMember();
    const { cookie } = await signIn(harness, "mai", "mai password");
    const own = await harness.ask("GET", "/_users/org.couchdb.user:mai");
    await harness.ask("PUT", "/_users/org.couchdb.user:mai", {
      body: { ...(own.body as object), password: "another password" },
    });
    expect((await harness.ask("GET", "/db", withCookie(cookie))).status).toBe(401);
    expect((await signIn(harness, "mai", "mai password")).status).toBe(401);
    expect((await signIn(harness, "mai", "another password")).status).toBe(200);
  });

  it("loses a removed role with the next request", async () => {
    const harness = await withMember();
    const { cookie } = await signIn(harness, "mai", "mai password");
    const own = await harness.ask("GET", "/_users/org.couchdb.user:mai");
    await harness.ask("PUT", "/_users/org.couchdb.user:mai", {
      body: { ...(own.body as object), roles: [] },
    });
    const refused = await harness.ask("GET", "/db", withCookie(cookie));
    expect(refused).toMatchObject({
      status: 403,
      body: { error: "forbidden", reason: "You are not allowed to access this db." },
    });
  });

  it("cannot be forged, stretched or mangled", async () => {
    const harness = await withMember();
    const { cookie } = await signIn(harness, "mai", "mai password");
    const bytes = Buffer.from(cookie.replace("AuthSession=", ""), "base64url");
    for (let index = 0; index < bytes.length; index++) {
      const forged = Buffer.from(bytes);
      forged[index] = (forged[index] ?? 0) ^ 1;
      const value = `AuthSession=${forged.toString("base64url")}`;
      const answer = await harness.ask("GET", "/db", withCookie(value));
      expect([400, 401]).toContain(answer.status);
    }
    const malformed = await harness.ask("GET", "/", withCookie("AuthSession=abc"));
    expect(malformed.body).toEqual({
      error: "bad_request",
      reason: "Malformed AuthSession cookie. Please clear your cookies.",
    });
  });

  it("is closed by DELETE", async () => {
    const { ask } = await withMember();
    const answer = await ask("DELETE", "/_session", { as: null });
    expect(answer.body).toEqual({ ok: true });
    expect(answer.headers.get("set-cookie")).toMatch(/^AuthSession=;.*Max-Age=0/);
  });

  it.each([
    [{}, 400, "request body must contain a username"],
    [{ name: "a", username: "b" }, 400, "request body contains different usernames"],
    [{ name: 5 }, 400, "name and password must be strings"],
    [{ name: "nobody", password: "x" }, 401, "Name or password is incorrect."],
    [{ name: "mai", password: "wrong" }, 401, "Name or password is incorrect."],
  ])("is refused for %j", async (body, status, reason) => {
    const { ask } = await withMember();
    const answer = await ask("POST", "/_session", { as: null, body });
    expect(answer).toMatchObject({ status, body: { reason } });
  });

  it("sends on to another path of this server, after success and after failure", async () => {
    const harness = await withMember();
    const post = (query: string, password: string) =>
      harness.ask("POST", `/_session?${query}`, { as: null, body: { name: "mai", password } });
    const next = await post("next=/_up&fail=/", "mai password");
    expect(next).toMatchObject({ status: 302, body: { ok: true, name: "mai" } });
    expect(next.headers.get("location")).toBe("http://127.0.0.1/_up");
    expect(next.headers.get("set-cookie")).toMatch(/^AuthSession=.+;/);
    const fail = await post("next=/&fail=/_up", "wrong");
    expect(fail).toMatchObject({ status: 302, body: { error: "unauthorized" } });
    expect(fail.headers.get("location")).toBe("http://127.0.0.1/_up");
    const out = await harness.ask("DELETE", "/_session?next=//elsewhere.example/", { as: null });
    expect(out).toMatchObject({ status: 302, body: { ok: true } });
    expect(out.headers.get("location")).toBe("http://127.0.0.1//elsewhere.example/");
    expect((await post("next=https://elsewhere.example/", "mai password")).status).toBe(400);
  });

  it("is opened with nothing but JSON or a form", async () => {
    const { ask } = await withMember();
    const headers = { "Content-Type": "text/plain" };
    expect(await ask("POST", "/_session", { as: null, raw: "name=mai", headers })).toMatchObject({
      status: 415,
      body: {
        error: "bad_content_type",
        reason: "Content-Type must be 'application/x-www-form-urlencoded' or 'application/json'",
      },
    });
  });
});

describe("Basic authentication", () => {
  it("answers 401 to a wrong password on any path, and 400 to another scheme", async () => {
    const { ask } = await withMember();
    const wrong = await ask("GET", "/", { as: { name: "mai", password: "wrong" } });
    expect(wrong).toMatchObject({
      status: 401,
      body: { error: "unauthorized", reason: "Name or password is incorrect." },
    });
    const bearer = await ask("GET", "/", { as: null, headers: { Authorization: "Bearer x" } });
    expect(bearer.body).toMatchObject({ reason: "Authorization header is invalid" });
    const broken = await ask("GET", "/", { as: null, headers: { Authorization: "Basic %%%" } });
    expect(broken).toMatchObject({
      status: 400,
      body: { reason: "Authorization header has invalid base64 value" },
    });
  });
});

describe("five wrong passwords", () => {
  const LOCKED = {
    status: 403,
    body: {
      error: "forbidden",
      reason: "Account is temporarily locked due to multiple authentication failures",
    },
  };

  it("lock the user at that address, for the right password too, for five minutes", async () => {
    const harness = await withMember();
    for (let count = 0; count < 5; count++) expect((await signIn(harness, "mai", "wrong")).status).toBe(401);
    expect(await signIn(harness, "mai", "mai password")).toMatchObject(LOCKED);
    expect(await harness.ask("GET", "/", { as: harness.mai })).toMatchObject(LOCKED);
    const elsewhere = await signIn(harness, "mai", "mai password", { address: "10.0.0.2" });
    expect(elsewhere.status).toBe(200);
    expect((await harness.ask("GET", "/", { as: ADMIN })).status).toBe(200);
    harness.clock.ms += 300_000;
    expect((await signIn(harness, "mai", "mai password")).status).toBe(200);
  });

  it("count together wherever they come from in the network of one subscriber", async () => {
    const harness = await withMember();
    const from = (address: string, password = "wrong") => signIn(harness, "mai", password, { address });
    for (let count = 0; count < 5; count++)
      expect((await from(`2001:db8:1:2:${String(count)}::${String(count)}`)).status).toBe(401);
    expect(await from("2001:db8:1:2:ffff::9", "mai password")).toMatchObject(LOCKED);
    expect((await from("2001:db8:1:3::1", "mai password")).status).toBe(200);
  });

  it("count together for one IPv4 address, written in either way", async () => {
    const harness = await withMember();
    for (let count = 0; count < 5; count++)
      await signIn(harness, "mai", "wrong", { address: "::ffff:10.0.0.7" });
    expect(await signIn(harness, "mai", "mai password", { address: "10.0.0.7" })).toMatchObject(LOCKED);
    expect((await signIn(harness, "mai", "mai password", { address: "::ffff:10.0.0.8" })).status).toBe(200);
  });

  it("cannot be got around by asking all at once", async () => {
    const harness = await withMember();
    const tries = Array.from({ length: 20 }, () => signIn(harness, "mai", "wrong"));
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 403)).toHaveLength(15);
  });

  it("are not counted for the right one, however many requests bring it at once", async () => {
    const { ask, mai } = await withMember();
    const tries = Array.from({ length: 30 }, () => ask("GET", "/db", { as: mai }));
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it("of ever new names meet a bound at that address, and the others go on", async () => {
    const harness = await withMember();
    const tries = Array.from({ length: 60 }, (_, each) => signIn(harness, `nobody-${String(each)}`, "wrong"));
    const elsewhere = signIn(harness, "mai", "mai password", { address: "10.0.0.2" });
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(20);
    expect(statuses.filter((status) => status === 429)).toHaveLength(40);
    expect((await elsewhere).status).toBe(200);
    expect((await signIn(harness, "mai", "mai password")).status).toBe(200);
  });

  it("do not tell names that exist from names that do not", async () => {
    const harness = await withMember();
    for (const name of ["mai", "nobody"]) {
      for (let count = 0; count < 5; count++) expect((await signIn(harness, name, "wrong")).status).toBe(401);
      expect((await signIn(harness, name, "wrong")).status).toBe(403);
    }
  });
});

describe("_users", () => {
  it("keeps a hash, never the password", async () => {
    const { ask, mai } = await withMember();
    const own = await ask("GET", "/_users/org.couchdb.user:mai", { as: mai });
    expect(own.body).toEqual({
      _id: "org.couchdb.user:mai",
      _rev: expect.stringMatching(/^1-/),
      type: "user",
      name: "mai",
      roles: ["staff"],
      pbkdf2_prf: "sha256",
      password_scheme: "pbkdf2",
      iterations: 10,
      derived_key: expect.stringMatching(/^[0-9a-f]{64}$/),
      salt: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    await ask("POST", "/_users/_bulk_docs", {
      body: { docs: [{ ...(own.body as object), password: "new password" }] },
    });
    const again = await ask("GET", "/_users/org.couchdb.user:mai");
    expect(JSON.stringify(again.body)).not.toContain("new password");
    expect(textOf(again.body, "derived_key")).not.toBe(textOf(own.body, "derived_key"));
  });

  it.each([
    ["GET", "/_users"],
    ["GET", "/_users/org.couchdb.user:lan"],
    ["GET", "/_users/org.couchdb.user:mai/file"],
    ["PUT", "/_users/org.couchdb.user:mai"],
    ["POST", "/_users/_bulk_get"],
  ])("is closed to users but for their own account: %s %s", async (method, path) => {
    const { ask, addUser, mai } = await withMember();
    await addUser("lan", []);
    const body = method === "GET" ? {} : { body: {} };
    expect((await ask(method, path, { as: mai, ...body })).status).toBe(403);
    expect((await ask(method, path, { as: null, ...body })).status).toBe(401);
  });

  it.each([
    ["GET", "/_users/_all_docs"],
    ["POST", "/_users/_all_docs"],
    ["GET", "/_users/_changes"],
  ])("tells those who ask for all accounts that they are no server admin: %s %s", async (method, path) => {
    const { ask, mai } = await withMember();
    const body = method === "GET" ? {} : { body: {} };
    for (const as of [mai, null])
      expect(await ask(method, path, { as, ...body })).toMatchObject({
        status: 401,
        body: { error: "unauthorized", reason: "You are not a server admin." },
      });
  });

  it("keeps a password that is null", async () => {
    const { ask } = await withMember();
    const body = { type: "user", name: "lan", roles: [], password: null };
    await ask("PUT", "/_users/org.couchdb.user:lan", { body });
    expect((await ask("GET", "/_users/org.couchdb.user:lan")).body).toMatchObject(body);
  });

  const good = { type: "user", name: "lan", roles: [] };
  it.each([
    [{ ...good, type: "x" }, "doc.type must be user"],
    [{ ...good, name: "" }, "doc.name is required"],
    [{ type: "user", name: "lan" }, "doc.roles must exist"],
    [{ ...good, roles: null }, "doc.roles must exist"],
    [{ ...good, roles: "x" }, "doc.roles must be an array"],
    [{ ...good, password_scheme: "md5" }, "Password scheme `md5` not supported."],
    [
      { ...good, password_sha: "x" },
      "Users with password_sha must have a salt.See /_utils/script/couch.js for example code.",
    ],
    [{ ...good, roles: [1] }, "doc.roles can only contain strings"],
    [{ ...good, name: "other" }, "Doc ID must be of the form org.couchdb.user:name"],
    [{ ...good, roles: ["_admin"] }, "No system roles (starting with underscore) in users db."],
    [{ ...good, password: 5 }, "Password value is invalid."],
  ])("refuses %j", async (body, reason) => {
    const { ask } = await withMember();
    const answer = await ask("PUT", "/_users/org.couchdb.user:lan", { body });
    expect(answer).toMatchObject({ status: 403, body: { error: "forbidden", reason } });
  });
});
