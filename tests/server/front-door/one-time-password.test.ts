// A session opened with the password that was handed out, in the hands of somebody with no app of ours: what it opens.
import { createServer, type Server } from "node:http";
import { once } from "node:events";
import { getRequestListener } from "@hono/node-server";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { documentPath } from "#server/couch-client/couch-client.ts";
import type { CouchHandler } from "#server/front-door/couch-handler.ts";
import { remoteCouch } from "#server/front-door/remote-couch.ts";
import { listen, type Listening } from "#server/start/listen.ts";
import {
  appFolder,
  cookieOf,
  maxRequestBytes,
  openDoor,
  operator,
  password,
  provisionedStore,
  site,
  type Store,
} from "./door.ts";

const chosen = "mua thu ben song";
const held = { status: 403, error: "one_time_password" };

describe.each(["the embedded store", "a CouchDB elsewhere"])("before %s", (where) => {
  const app = appFolder();
  let store: Store;
  let upstream: Server | undefined;
  let service: Listening;
  let now = Date.now();
  let asked = 0;

  beforeEach(async () => {
    store = await provisionedStore();
    const behind = where === "the embedded store" ? store.couch.handle : await couchElsewhere();
    const couch: CouchHandler = (request, from) => {
      asked += 1;
      return behind(request, from);
    };
    service = await listen(openDoor(store, app.path, couch, () => now).door, 0, { trustProxy: false });
  });
  afterEach(async () => {
    await service.close();
    upstream?.closeAllConnections();
    upstream?.close();
    store.couch.close();
  });

  afterAll(app.remove);

  async function couchElsewhere(): Promise<CouchHandler> {
    const listener = getRequestListener((request) => store.couch.handle(request));
    upstream = createServer((incoming, outgoing) => void listener(incoming, outgoing));
    upstream.listen(0, "127.0.0.1");
    await once(upstream, "listening");
    const address = upstream.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    return remoteCouch({ url: new URL(`http://127.0.0.1:${String(port)}`), fetch, maxRequestBytes });
  }

  const ask = async (path: string, cookie: string, method = "GET", body?: unknown) => {
    const response = await fetch(`http://127.0.0.1:${String(service.port)}${path}`, {
      method,
      headers: { Cookie: cookie, "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const json: unknown = text.startsWith("{") ? JSON.parse(text) : {};
    const error = typeof json === "object" && json !== null && "error" in json ? json.error : undefined;
    return { status: response.status, error, text, response };
  };
  const signIn = async (name: string, secret: string) =>
    cookieOf((await ask("/db/_session", "", "POST", { name, password: secret })).response);
  const asNewcomer = () => signIn("newcomer", store.oneTime.get("newcomer") ?? "");

  const everything: [method: string, path: string, body?: unknown][] = [
    ["GET", `/db/s-${site}`],
    ["GET", `/db/s-${site}/_changes?include_docs=true`],
    ["GET", `/db/s-${site}/_changes?feed=longpoll&since=now&timeout=1000`],
    ["POST", `/db/s-${site}/_changes`, {}],
    ["POST", `/db/s-${site}/_bulk_docs`, { docs: [] }],
    ["POST", `/db/s-${site}/_bulk_docs?new_edits=false`, { docs: [], new_edits: false }],
    ["POST", `/db/s-${site}/_bulk_get`, { docs: [] }],
    ["POST", `/db/s-${site}/_all_docs`, { keys: [] }],
    ["POST", `/db/s-${site}/_revs_diff`, {}],
    ["GET", `/db/p-${site}/_all_docs?include_docs=true`],
    ["GET", `/db/%70-${site}/_all_docs`],
    ["GET", `/db/p-${site}/%5Fall_docs/`],
    ["GET", `/db/p-${site}/_session`],
    ["PUT", `/db/p-${site}/_local/x`, {}],
    ["PUT", `/db/p-${site}/anything`, {}],
    ["DELETE", `/db/p-${site}/anything`],
    ["GET", `/db/p-${site}/_security`],
    ["GET", "/db/directory/_all_docs"],
    ["GET", "/db/directory/recovery_key:agency"],
    ["GET", "/db/_users/org.couchdb.user:newcomer"],
    ["PUT", "/db/_users/org.couchdb.user:newcomer", { type: "user", name: "newcomer", roles: [] }],
    ["GET", "/db/_all_dbs"],
    ["GET", "/db/_up"],
    ["GET", "/db/"],
    ["GET", "/api/anything"],
  ];

  it("everything is refused with a word of its own, and nothing is told", async () => {
    const cookie = await asNewcomer();
    for (const [method, path, body] of everything) {
      const answer = await ask(path, cookie, method, body);
      expect({ path, status: answer.status, error: answer.error }).toEqual({ path, ...held });
    }
    expect((await ask(`/db/s-${site}`, cookie, "HEAD")).status).toBe(403);
    // The account itself is as good as any: it is the password that holds it back.
    await ask("/api/password", cookie, "POST", { old: store.oneTime.get("newcomer"), new: chosen });
    expect((await ask(`/db/p-${site}/_all_docs`, await signIn("newcomer", chosen))).status).toBe(200);
  });

  it("the session, signing out and another password are open, and the app's own files", async () => {
    const cookie = await asNewcomer();
    expect((await ask("/db/_session", cookie)).text).toContain('"newcomer"');
    expect((await ask("/api/session", cookie)).text).toContain('"oneTimePassword":true');
    expect((await ask("/api/health", cookie)).status).toBe(200);
    expect((await ask("/", cookie)).status).toBe(200);
    expect((await ask("/db/_session", cookie, "DELETE")).status).toBe(200);
  });

  it("another cookie beside it, in another order or twice, changes nothing", async () => {
    const cookie = await asNewcomer();
    const path = `/db/p-${site}/_all_docs`;
    expect(await ask(path, `theme=dark; ${cookie}; other=1`)).toMatchObject(held);
    expect(await ask(path, `${cookie}; ${cookie}`)).toMatchObject(held);
    expect(await ask(path, cookie.replace("=", '="').concat('"'))).toMatchObject(held);
    const [, value = ""] = cookie.split("=");
    const forged = Buffer.from(value, "base64url").toString("latin1").replace("newcomer", "cadre");
    const claim = `AuthSession=${Buffer.from(forged, "latin1").toString("base64url")}`;
    // A claim that is not true gets no more than nobody does.
    expect((await ask(path, claim)).status).toBe(401);
    expect((await ask(path, "AuthSession=bmV3Y29tZXI6MDpY")).status).toBe(401);
    expect((await ask(path, "AuthSession=x")).status).toBe(401);
  });

  it("sessions from before the change end with it, and the new one opens what the roles open", async () => {
    const before = await asNewcomer();
    const cookie = await asNewcomer();
    const body = { name: "newcomer", old: store.oneTime.get("newcomer"), new: chosen };
    const changed = await ask("/api/password", cookie, "POST", body);
    expect(changed.status).toBe(200);
    const path = `/db/p-${site}/_all_docs`;
    expect((await ask(path, cookieOf(changed.response))).status).toBe(200);
    for (const ended of [before, cookie]) expect((await ask(path, ended)).status).toBe(401);
  });

  it("a session that was free ends when a password is handed out, and the new one is held", async () => {
    const cookie = await signIn("cadre", password);
    const path = `/db/p-${site}/_all_docs`;
    expect((await ask(path, cookie)).status).toBe(200);
    await change("cadre", { password: "duoc phat mot lan", oneTimePassword: true });
    expect((await ask(path, cookie)).status).toBe(401);
    expect(await ask(path, await signIn("cadre", "duoc phat mot lan"))).toMatchObject(held);
  });

  it("a flag that an operator sets by hand holds a running session within half a minute", async () => {
    const cookie = await signIn("cadre", password);
    const path = `/db/p-${site}/_all_docs`;
    expect((await ask(path, cookie)).status).toBe(200);
    await change("cadre", { oneTimePassword: true });
    now += 30_000;
    expect(await ask(path, cookie)).toMatchObject(held);
  });

  it("costs a free session no more than one request at the store in a while", async () => {
    const cookie = await signIn("cadre", password);
    const path = `/db/p-${site}/_all_docs`;
    await ask(path, cookie);
    asked = 0;
    for (let times = 0; times < 5; times++) await ask(path, cookie);
    expect(asked).toBe(5);
  });

  it("the operator, who has no such document, is let through", async () => {
    const cookie = await signIn(operator.name, operator.password);
    expect((await ask("/db/_users/org.couchdb.user:cadre", cookie)).status).toBe(200);
  });

  async function change(name: string, fields: Record<string, string | boolean>): Promise<void> {
    const path = documentPath("_users", `org.couchdb.user:${name}`);
    const found = await store.admin.read(path);
    if (typeof found !== "object" || found === null || Array.isArray(found)) throw new Error("no account");
    await store.admin.write("PUT", path, { ...found, ...fields });
  }
});
