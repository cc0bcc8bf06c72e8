// Each mode of the TCP proxy, seen from an HTTP client in front of it and a server behind it.
import { Agent, createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startProxy, type Proxy } from "#tests/support/tcp-proxy.ts";

const answer = "x".repeat(100_000);
/** Time in milliseconds after which a request without an answer counts as silent. */
const patience = 300;

let server: Server;
let proxy: Proxy;
let seen: string[];
let agent: Agent;

beforeEach(async () => {
  seen = [];
  agent = new Agent({ keepAlive: true, maxSockets: 1 });
  server = createServer((asked, reply) => {
    let body = "";
    asked.setEncoding("utf8").on("data", (piece: string) => (body += piece));
    asked.on("end", () => {
      seen.push(`${asked.method} ${asked.url} ${body}`);
      reply.end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  proxy = await startProxy({ target: { port: (server.address() as AddressInfo).port } });
});

afterEach(async () => {
  agent.destroy();
  await proxy.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** How a request ends: its answer, the error's code with what came of the answer, or "silence". */
async function ask(path: string, body = "", through = agent, wait = 20_000) {
  let received = "";
  const ended = new Promise<string>((resolve) => {
    const asked = request(`${proxy.url}${path}`, { method: "PUT", agent: through }, (reply) => {
      reply.setEncoding("utf8").on("data", (piece: string) => (received += piece));
      reply.on("end", () => resolve("answered"));
      reply.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    });
    asked.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    asked.end(body);
  });
  const how = await Promise.race([ended, sleep(wait, "silence", { ref: false })]);
  return { how, received: received.length };
}

const whole = { how: "answered", received: answer.length };
const nothing = (how: string) => ({ how, received: 0 });

describe("the proxy", () => {
  it("passes requests and answers whole", async () => {
    const long = "y".repeat(2_000_000);
    expect(await ask("/a", long)).toEqual(whole);
    expect(seen).toEqual([`PUT /a ${long}`]);
    expect(proxy.spoiled()).toBe(0);
  });

  it("resets a connection when the server is not there", async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(await ask("/a")).toEqual(nothing("ECONNRESET"));
    server.listen(0, "127.0.0.1");
  });

  it("refuses: resets new connections and those already open", async () => {
    await ask("/a");
    proxy.mode({ kind: "refuse" });
    expect(await ask("/b")).toEqual(nothing("ECONNRESET"));
    expect(await ask("/c", "", new Agent())).toEqual(nothing("ECONNRESET"));
    expect(seen).toEqual(["PUT /a "]);
    expect(proxy.spoiled()).toBeGreaterThanOrEqual(2);

    proxy.mode({ kind: "pass" });
    expect(await ask("/d")).toEqual(whole);
  });

  it("drops: takes what comes and lets nothing through", async () => {
    await ask("/a");
    proxy.mode({ kind: "drop" });
    const fresh = new Agent();
    expect(await ask("/b", "", agent, patience)).toEqual(nothing("silence"));
    expect(await ask("/c", "", fresh, patience)).toEqual(nothing("silence"));
    fresh.destroy();
    agent.destroy();

    proxy.mode({ kind: "pass" });
    expect(await ask("/d")).toEqual(whole);
    expect(seen).toEqual(["PUT /a ", "PUT /d "]);
  });

  it("half-open: open connections stay silent for good, new ones pass", async () => {
    await ask("/a");
    proxy.mode({ kind: "half-open" });
    expect(await ask("/b", "", agent, patience)).toEqual(nothing("silence"));
    const fresh = new Agent();
    expect(await ask("/c", "", fresh)).toEqual(whole);
    fresh.destroy();

    proxy.mode({ kind: "pass" });
    expect(seen).toEqual(["PUT /a ", "PUT /c "]);
    expect(proxy.spoiled()).toBe(1);
  });

  it("loses the answer after the server has done the work", async () => {
    await ask("/a");
    proxy.mode({ kind: "lose-answer" });
    expect(await ask("/b", "work")).toEqual(nothing("ECONNRESET"));
    expect(await ask("/c", "work")).toEqual(nothing("ECONNRESET"));
    expect(seen).toEqual(["PUT /a ", "PUT /b work", "PUT /c work"]);
    expect(proxy.spoiled()).toBe(2);
  });

  it("delays every piece and keeps their order", async () => {
    proxy.mode({ kind: "delay", ms: 10_000 });
    expect(await ask("/a", "", agent, patience)).toEqual(nothing("silence"));
    proxy.mode({ kind: "delay", ms: 10 });
    const long = Array.from({ length: 100_000 }, (_, index) => index).join();
    expect(await ask("/b", long, new Agent())).toEqual(whole);
    expect(seen).toContain(`PUT /b ${long}`);
  });

  it("cuts an answer after so many bytes", async () => {
    await ask("/a");
    proxy.mode({ kind: "cut-after", bytes: 50_000 });
    const { how, received } = await ask("/b");
    expect(how).not.toBe("answered");
    expect(received).toBeGreaterThan(49_000);
    expect(received).toBeLessThanOrEqual(50_000);
    expect(seen).toEqual(["PUT /a ", "PUT /b "]);

    proxy.mode({ kind: "pass" });
    expect(await ask("/c")).toEqual(whole);
  });
});
