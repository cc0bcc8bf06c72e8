// A hundred thousand hostile requests to one server: no 5xx, no memory that grows, no feed that outlives its client.
import v8 from "node:v8";
import vm from "node:vm";
import fc from "fast-check";
import { expect, it } from "vitest";
import { z } from "zod";
import { startHarness, type Harness } from "#tests/server/couch/harness.ts";
import { hostileRequests, type HostileRequest } from "#tests/server/couch/hostile-request.ts";

const REQUESTS = 100_000;
const ROUNDS = 10;
const REFUSAL = z.strictObject({ error: z.string(), reason: z.string() });
/** What the heap may differ by between two quiet moments. */
const SLACK_BYTES = 40_000_000;

v8.setFlagsFromString("--expose-gc");
const collectGarbage: unknown = vm.runInNewContext("gc");

function heapBytes(): number {
  if (typeof collectGarbage !== "function") throw new Error("no way to collect garbage");
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** A database as it was before, whatever was done to the last one. */
async function refill({ ask }: Harness): Promise<void> {
  await ask("DELETE", "/db");
  await ask("PUT", "/db");
  await ask("PUT", "/db/doc", { body: { foo: "bar" } });
  await ask("PUT", "/db/pic/a.txt", { raw: "text", headers: { "Content-Type": "text/plain" } });
}

const FEED = /feed=(?:continuous|longpoll|live)/;

/** @throws where the server answers what a client of CouchDB cannot read; `expect` is slow a hundred thousand times */
async function sendHostile({ send, ask }: Harness, request: HostileRequest): Promise<void> {
  const { method, path, headers, body, admin } = request;
  const client = FEED.test(path) ? new AbortController() : null;
  const response = await send(method, path, {
    ...(admin && headers["Authorization"] === undefined ? {} : { as: null }),
    ...(body === null ? {} : { raw: body }),
    ...(client === null ? {} : { signal: client.signal }),
    headers,
  });
  const { status } = response;
  if (status >= 500) throw new Error(`answered ${String(status)}`);
  if (client !== null) {
    // This client goes away, before or after the first words.
    if (admin) await response.body?.getReader().read();
    client.abort();
    return;
  }
  const text = await response.text();
  if (status >= 400 && method !== "HEAD" && !REFUSAL.safeParse(JSON.parse(text)).success)
    throw new Error(`refused with ${text}`);
  if (admin && method === "DELETE") await ask("PUT", "/db");
}

it(`${String(REQUESTS)} hostile requests`, { timeout: 900_000 }, async () => {
  const failures: unknown[] = [];
  const harness = startHarness({
    log: (event) => {
      if (event.type === "failed") failures.push(event.error);
    },
  });
  const heaps: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    await refill(harness);
    await fc.assert(
      fc.asyncProperty(hostileRequests, async (request) => {
        await sendHostile(harness, request);
        if (failures.length > 0) throw failures[0];
      }),
      { numRuns: REQUESTS / ROUNDS },
    );
    heaps.push(heapBytes());
  }
  expect((await harness.ask("GET", "/db")).status).toBe(200);
  await expect.poll(() => harness.couch.feeds()).toEqual({ open: 0, waiting: 0 });
  const [early = 0] = heaps.slice(1);
  expect(Math.max(...heaps.slice(1)) - early).toBeLessThan(SLACK_BYTES);
  harness.couch.close();
});
