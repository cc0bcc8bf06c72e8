// Whose address counts for the lock-out: the caller's own, or the one a trusted proxy saw; and that a connection, which
// a proxy shares among phones, goes on after a refusal.
import { Agent, request } from "node:http";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { listen, type Listening } from "#server/start/listen.ts";
import {
  appFolder,
  openDoor,
  password,
  provisionedStore,
  type Store,
} from "#tests/server/front-door/door.ts";

const app = appFolder();
let store: Store;
let service: Listening;
const start = async (trustProxy: boolean) => {
  service = await listen(openDoor(store, app.path).door, 0, { trustProxy });
};
beforeEach(async () => {
  store = await provisionedStore();
});
afterEach(async () => {
  await service.close();
  store.couch.close();
});

afterAll(app.remove);

const signIn = async (secret: string, forwarded?: string) => {
  const response = await fetch(`http://127.0.0.1:${String(service.port)}/db/_session`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      ...(forwarded === undefined ? {} : { "X-Forwarded-For": forwarded }),
    },
    body: JSON.stringify({ name: "cadre", password: secret }),
  });
  await response.arrayBuffer();
  return response.status;
};
const guess = async (times: number, from: (number: number) => string | undefined) => {
  for (let number = 0; number < times; number++) await signIn(`wrong ${String(number)}`, from(number));
};

describe("without --trust-proxy", () => {
  it("an address that somebody writes into X-Forwarded-For opens no fresh five tries", async () => {
    await start(false);
    await guess(5, (number) => `203.0.113.${String(number)}`);
    expect(await signIn(password, "198.51.100.1")).toBe(403);
    expect(await signIn(password)).toBe(403);
  });
});

describe("with --trust-proxy", () => {
  it("one address is locked out, and the others behind the same proxy are not", async () => {
    await start(true);
    await guess(5, () => "203.0.113.9");
    expect(await signIn(password, "203.0.113.9")).toBe(403);
    expect(await signIn(password, "203.0.113.10")).toBe(200);
    expect(await signIn(password, "2001:db8::7")).toBe(200);
  });

  it("only the last address counts, which the proxy saw itself; those before it anybody may write", async () => {
    await start(true);
    await guess(5, (number) => `198.51.100.${String(number)}, 203.0.113.9`);
    expect(await signIn(password, "198.51.100.77, 203.0.113.9")).toBe(403);
    expect(await signIn(password, "203.0.113.9, 203.0.113.10")).toBe(200);
  });

  it("what is no address, or none at all, counts as the caller's own", async () => {
    await start(true);
    await guess(5, (number) => [undefined, "", "unknown", "x", "203.0.113.9,"][number]);
    expect(await signIn(password)).toBe(403);
    expect(await signIn(password, "203.0.113.9")).toBe(200);
  });
});

describe("a connection that a proxy keeps for whoever comes next", () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  afterAll(() => {
    agent.destroy();
  });
  const post = (path: string, body: string) =>
    new Promise<{ status: number | undefined; reused: boolean }>((resolve, reject) => {
      const asked = request({
        agent,
        host: "127.0.0.1",
        port: service.port,
        path,
        method: "POST",
        // Chunked, as a proxy passes it on: by the length alone it would be refused before anybody looks at it.
        headers: { "Content-Type": "application/json", "Transfer-Encoding": "chunked" },
      });
      asked.once("error", reject);
      asked.once("response", (answer) => {
        answer.resume();
        answer.once("end", () => {
          resolve({ status: answer.statusCode, reused: asked.reusedSocket });
        });
      });
      asked.end(body);
    });

  it.each([
    { what: "a batch without a session", path: "/db/directory/_bulk_docs", refused: 401 },
    { what: "a sign-in that is too large", path: "/db/_session", refused: 413 },
    { what: "what no address takes", path: "/db/_utils/", refused: 404 },
  ])("takes the next request after $what", async ({ path, refused }) => {
    await start(false);
    expect(await post(path, "x".repeat(1_000_000))).toMatchObject({ status: refused });
    const credentials = JSON.stringify({ name: "cadre", password });
    expect(await post("/db/_session", credentials)).toEqual({ status: 200, reused: true });
  });
});
