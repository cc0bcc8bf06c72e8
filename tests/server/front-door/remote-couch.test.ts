// The front door before a CouchDB elsewhere: what reaches that server, and what comes back. An embedded store on a
// socket stands in for it, and notes every request as it arrives.
import { createServer, type IncomingMessage, type Server } from "node:http";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { getRequestListener } from "@hono/node-server";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { documentPath } from "#server/couch-client/couch-client.ts";
import { remoteCouch } from "#server/front-door/remote-couch.ts";
import { listen, type Listening } from "#server/start/listen.ts";
import {
  appFolder,
  maxRequestBytes,
  openDoor,
  operator,
  password,
  provisionedStore,
  site,
  type Store,
} from "./door.ts";

const app = appFolder();
const arrived: IncomingMessage[] = [];
const batches: string[] = [];
let store: Store;
let upstream: Server;
let door: ReturnType<typeof openDoor>;
let service: Listening;
let url: string;

beforeAll(async () => {
  store = await provisionedStore();
  const answer = async (request: Request): Promise<Response> => {
    if (!request.url.includes("/_bulk_docs")) return store.couch.handle(request);
    const body = await request.text();
    batches.push(body);
    const { url: target, method, headers } = request;
    return store.couch.handle(new Request(target, { method, headers, body }));
  };
  const listener = getRequestListener(answer);
  upstream = createServer((incoming, outgoing) => {
    arrived.push(incoming);
    void listener(incoming, outgoing);
  });
  upstream.listen(0, "127.0.0.1");
  await once(upstream, "listening");
  const address = upstream.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const couchUrl = new URL(`http://127.0.0.1:${String(port)}`);
  door = openDoor(store, app.path, remoteCouch({ url: couchUrl, fetch, maxRequestBytes }));
  service = await listen(door.door, 0, { trustProxy: false });
  url = `http://127.0.0.1:${String(service.port)}`;
  await store.admin.write("PUT", documentPath("_users", "org.couchdb.user:hub"), {
    type: "user",
    name: "hub",
    roles: ["replicator", "staff", `cadre@${site}`],
    password,
  });
});
afterAll(async () => {
  await service.close();
  upstream.closeAllConnections();
  upstream.close();
  store.couch.close();
  app.remove();
});
beforeEach(() => {
  arrived.length = 0;
  batches.length = 0;
});

it("passes on the caller's own session, and no other credential, cookie or header of the way", async () => {
  const cookie = await door.signIn("cadre");
  arrived.length = 0;
  const response = await door.ask("/db/directory/_all_docs?limit=1", {
    cookie: `theme=dark; ${cookie}; other=1`,
    headers: {
      Authorization: "Basic b3BlcmF0b3I6eA==",
      "Proxy-Authorization": "Basic eA==",
      "X-Auth-CouchDB-UserName": "operator",
      "X-Forwarded-For": "203.0.113.9",
      Connection: "keep-alive",
      Referer: "http://127.0.0.1:8000/cases/canary",
      "X-Anything": "1",
    },
  });
  expect(response.status).toBe(200);
  // Whose session it is was asked first, with the same headers.
  expect(arrived.map((request) => request.url)).toEqual(["/_session", "/directory/_all_docs?limit=1"]);
  for (const { headers } of arrived) {
    expect(headers.cookie).toBe(cookie);
    expect(headers["x-forwarded-for"]).toBe("192.0.2.7");
    const sent = Object.keys(headers).filter((name) => !["host", "connection", "cookie"].includes(name));
    expect(sent.toSorted()).toEqual([
      "accept",
      "accept-encoding",
      "accept-language",
      "sec-fetch-mode",
      "user-agent",
      "x-forwarded-for",
    ]);
  }
});

it("names the network of a caller by IPv6, in which any address is the caller's: CouchDB counts by address", async () => {
  const request = new Request("http://127.0.0.1:8000/db/_session");
  await (await door.door(request, { address: "2001:db8:1:2:3:4:5:6" })).text();
  expect(arrived.map(({ headers }) => headers["x-forwarded-for"])).toEqual(["2001:db8:1:2::"]);
});

it("never lends the administrator's rights: nobody stays nobody", async () => {
  const response = await door.ask(`/db/p-${site}/_all_docs`);
  expect(response.status).toBe(401);
  expect(
    arrived.every(({ headers }) => headers.authorization === undefined && headers.cookie === undefined),
  ).toBe(true);
});

it("makes the session cookie as strict as ours", async () => {
  const response = await door.ask("/db/_session", {
    body: { name: "cadre", password },
    headers: { "X-Forwarded-Proto": "https" },
  });
  expect(response.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^AuthSession=[\w-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Strict; Secure$/),
  ]);
});

const replicated = { _id: "x", _rev: "1-0123456789abcdef0123456789abcdef" };

it.each([
  ["plainly", JSON.stringify({ new_edits: false, docs: [replicated] }), ""],
  ["in other letters", '{"new\\u005fedits":false,"docs":[]}', ""],
  ["in the query", JSON.stringify({ docs: [replicated] }), "?new_edits=false"],
])("refuses revisions made elsewhere from who is no replicator, said %s", async (_how, body, query) => {
  const cookie = await door.signIn("cadre");
  const response = await door.ask(`/db/s-${site}/_bulk_docs${query}`, { cookie, body });
  expect(response.status).toBe(403);
  expect(batches).toEqual([]);
});

it.each(["%5Fbulk_docs", "_bulk_docs/", "%5fbulk%5fdocs"])(
  "refuses them at every spelling of the address: %s",
  async (spelled) => {
    const cookie = await door.signIn("cadre");
    const body = { new_edits: false, docs: [replicated] };
    expect((await door.ask(`/db/s-${site}/${spelled}`, { cookie, body })).status).toBe(403);
    expect(batches).toEqual([]);
  },
);

it("writes a query anew, so that a member said twice or parted otherwise is read there as here", async () => {
  const cookie = await door.signIn("cadre");
  const put = { method: "PUT", body: replicated, cookie };
  const twice = await door.ask(`/db/s-${site}/x?new_edits=true&new_edits=false`, put);
  expect(twice.status).toBe(403);
  await door.ask(`/db/s-${site}/x?batch=no;new_edits=false`, put);
  expect(arrived.map((request) => request.url)).toContain(`/s-${site}/x?batch=no%3Bnew_edits%3Dfalse`);
});

it("writes a batch anew, so that a member said twice is judged here and read there alike", async () => {
  const cookie = await door.signIn("cadre");
  const body = '{"new_edits":false,"docs":[],"new_edits":true}';
  expect((await door.ask(`/db/s-${site}/_bulk_docs`, { cookie, body })).status).toBe(201);
  expect(batches).toEqual(['{"new_edits":true,"docs":[]}']);
});

it("refuses them for a single document too, and takes them from a replicator", async () => {
  const cookie = await door.signIn("cadre");
  const put = { method: "PUT", body: replicated };
  expect((await door.ask(`/db/s-${site}/x?new_edits=false`, { ...put, cookie })).status).toBe(403);
  const hub = await door.signIn("hub");
  const batch = { new_edits: false, docs: [] };
  expect((await door.ask(`/db/s-${site}/_bulk_docs`, { cookie: hub, body: batch })).status).toBe(201);
});

it("refuses packed bodies, which it could not judge, and broken ones", async () => {
  const cookie = await door.signIn("cadre");
  const path = `/db/s-${site}/_bulk_docs`;
  expect((await door.ask(path, { cookie, body: "{}", headers: { "Content-Encoding": "gzip" } })).status).toBe(
    415,
  );
  expect((await door.ask(path, { cookie, body: "{" })).status).toBe(400);
  expect((await door.ask(path, { cookie, body: "[]" })).status).toBe(400);
  const large = JSON.stringify({ docs: ["x".repeat(maxRequestBytes)] });
  expect((await door.ask(path, { cookie, body: large })).status).toBe(413);
});

it("hands a feed on as it comes, and ends it upstream when the client goes away", async () => {
  const cookie = await door.signIn("cadre");
  const { seq } = await lastSeq(cookie);
  const leave = new AbortController();
  const feed = await fetch(`${url}/db/s-${site}/_changes?feed=longpoll&heartbeat=100&since=${seq}`, {
    headers: { Cookie: cookie },
    signal: leave.signal,
  });
  const reader = feed.body?.getReader();
  const first = await reader?.read();
  expect(first?.done).toBe(false);
  await until(() => store.couch.feeds().open === 1);
  leave.abort();
  await until(() => store.couch.feeds().open === 0);
});

it("says so where nothing answers", async () => {
  const nowhere = remoteCouch({ url: new URL("http://127.0.0.1:59"), fetch, maxRequestBytes });
  const lonely = openDoor(store, app.path, nowhere);
  const response = await lonely.ask("/db/directory");
  expect(response.status).toBe(502);
  expect(await response.json()).toMatchObject({ error: "bad_gateway" });
  expect((await lonely.ask("/api/health")).status).toBe(503);
});

it("changes a password and tells the session as before the embedded store", async () => {
  const oneTime = store.oneTime.get("newcomer") ?? "";
  const cookie = await door.signIn("newcomer", oneTime);
  expect(await (await door.ask("/api/session", { cookie })).json()).toMatchObject({ oneTimePassword: true });
  const body = { old: oneTime, new: "mua thu ben song" };
  expect((await door.ask("/api/password", { cookie, body })).status).toBe(200);
  expect(await door.signIn("newcomer", "mua thu ben song")).toMatch(/^AuthSession=\w/);
  expect(arrived.some(({ headers }) => headers.authorization !== undefined)).toBe(false);
  expect(await door.signIn(operator.name, operator.password)).toMatch(/^AuthSession=\w/);
});

async function lastSeq(cookie: string): Promise<{ seq: string }> {
  const response = await door.ask(`/db/s-${site}/_changes?limit=0&since=now`, { cookie });
  const { last_seq: seq } = z.object({ last_seq: z.string() }).parse(await response.json());
  return { seq: encodeURIComponent(seq) };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(20);
}
