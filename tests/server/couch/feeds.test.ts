// Long polls and continuous feeds: they bring what comes, end with their client or their rights, and leak nothing.
import { describe, expect, it } from "vitest";
import { startHarness, textOf, type Harness } from "#tests/server/couch/harness.ts";

/** Timers that ring when the test says so. */
function manualTimers() {
  const rings = new Set<() => void>();
  return {
    startTimer: (_delayMs: number, ring: () => void) => {
      rings.add(ring);
      return () => {
        rings.delete(ring);
      };
    },
    ringAll: () => {
      for (const ring of [...rings]) {
        rings.delete(ring);
        ring();
      }
    },
    count: () => rings.size,
  };
}

async function prepare(limits = {}) {
  const timers = manualTimers();
  const harness = startHarness({ startTimer: timers.startTimer, limits });
  const { ask, addUser } = harness;
  await ask("PUT", "/db");
  await ask("PUT", "/db/_security", { body: { members: { roles: ["staff"] } } });
  await ask("PUT", "/db/old", { body: {} });
  return { ...harness, timers, mai: await addUser("mai", ["staff"]) };
}

async function settled({ couch }: Harness, waiting: number) {
  await expect.poll(() => couch.feeds().waiting, { interval: 1 }).toBe(waiting);
}

const LONGPOLL = "/db/_changes?feed=longpoll&since=now";

function reader(response: Response) {
  if (response.body === null) throw new Error("no body");
  const chunks = response.body.pipeThrough(new TextDecoderStream()).getReader();
  return {
    next: async () => (await chunks.read()).value,
    cancel: () => chunks.cancel(),
  };
}

describe("a long poll", () => {
  it("answers at once what is there already", async () => {
    const { ask } = await prepare();
    const answer = await ask("GET", "/db/_changes?feed=longpoll&since=0");
    expect(answer.body).toMatchObject({ results: [{ id: "old" }], pending: 0 });
  });

  it("waits, answers the first change, and its last_seq leads on", async () => {
    const harness = await prepare();
    const { ask, mai } = harness;
    const waiting = ask("GET", LONGPOLL, { as: mai });
    await settled(harness, 1);
    await ask("PUT", "/db/new", { body: {} });
    const answer = await waiting;
    expect(answer.body).toMatchObject({ results: [{ id: "new" }] });
    const since = encodeURIComponent(textOf(answer.body, "last_seq"));
    const after = await ask("GET", `/db/_changes?since=${since}`);
    expect(after.body).toMatchObject({ results: [] });
    expect(harness.couch.feeds()).toEqual({ open: 0, waiting: 0 });
    expect(harness.timers.count()).toBe(0);
  });

  it("ignores changes its filter does not pass", async () => {
    const harness = await prepare();
    const waiting = harness.ask("POST", `${LONGPOLL}&filter=_selector`, {
      body: { selector: { wanted: true } },
    });
    await settled(harness, 1);
    await harness.ask("PUT", "/db/a", { body: { wanted: false } });
    await settled(harness, 1);
    await harness.ask("PUT", "/db/b", { body: { wanted: true } });
    expect((await waiting).body).toMatchObject({ results: [{ id: "b" }] });
  });

  it("ends empty when its time is over", async () => {
    const harness = await prepare();
    const waiting = harness.ask("GET", `${LONGPOLL}&timeout=5000`);
    await settled(harness, 1);
    harness.timers.ringAll();
    expect((await waiting).body).toEqual({
      results: [],
      last_seq: expect.stringMatching(/^1-g1/),
      pending: 0,
    });
  });

  it("gives signs of life between, and JSON in the end", async () => {
    const harness = await prepare();
    const response = await harness.send("GET", `${LONGPOLL}&heartbeat=1000`);
    const text = response.text();
    for (let beat = 0; beat < 3; beat++) {
      await settled(harness, 1);
      harness.timers.ringAll();
    }
    await settled(harness, 1);
    await harness.ask("PUT", "/db/new", { body: {} });
    expect(await text).toMatch(/^\{"results":\[\n\n\n\n\{.*"id":"new"/);
    expect(JSON.parse(await text)).toMatchObject({ results: [{ id: "new" }] });
  });

  it("ends when its client goes, and leaves no waiter and no timer", async () => {
    const harness = await prepare();
    const controllers = Array.from({ length: 20 }, () => new AbortController());
    const texts = controllers.map(async ({ signal }) =>
      (await harness.send("GET", LONGPOLL, { signal })).text(),
    );
    await settled(harness, 20);
    for (const controller of controllers) controller.abort();
    await Promise.all(texts);
    expect(harness.couch.feeds()).toEqual({ open: 0, waiting: 0 });
    expect(harness.timers.count()).toBe(0);
  });

  it("ends when its answer is no longer read", async () => {
    const harness = await prepare();
    const feed = reader(await harness.send("GET", LONGPOLL));
    await settled(harness, 1);
    await feed.cancel();
    await settled(harness, 0);
    expect(harness.couch.feeds()).toEqual({ open: 0, waiting: 0 });
    expect(harness.timers.count()).toBe(0);
  });

  it.each([
    [
      "the role is taken away",
      async ({ ask }: Harness) => {
        const own = await ask("GET", "/_users/org.couchdb.user:mai");
        const body = { ...(own.body as object), roles: [] };
        await ask("PUT", "/_users/org.couchdb.user:mai", { body });
      },
    ],
    [
      "the password changes",
      async ({ ask }: Harness) => {
        const own = await ask("GET", "/_users/org.couchdb.user:mai");
        const body = { ...(own.body as object), password: "changed" };
        await ask("PUT", "/_users/org.couchdb.user:mai", { body });
      },
    ],
    [
      "the database is closed to the user",
      async ({ ask }: Harness) => {
        await ask("PUT", "/db/_security", { body: { members: { roles: ["other"] } } });
      },
    ],
    [
      "the database is deleted",
      async ({ ask }: Harness) => {
        await ask("DELETE", "/db");
      },
    ],
  ])("says nothing more once %s", async (_what, happen) => {
    const harness = await prepare();
    const waiting = harness.ask("GET", LONGPOLL, { as: harness.mai });
    await settled(harness, 1);
    await happen(harness);
    await harness.ask("PUT", "/db/secret", { body: {} });
    expect((await waiting).body).toMatchObject({ results: [], pending: 0 });
    expect(harness.couch.feeds()).toEqual({ open: 0, waiting: 0 });
  });

  it("is refused with 429 when one user has too many, and others are not in the way", async () => {
    const harness = await prepare({ maxFeedsPerUser: 2, maxFeeds: 3 });
    const { send, mai } = harness;
    const abort = new AbortController();
    await send("GET", LONGPOLL, { as: mai, signal: abort.signal });
    await send("GET", LONGPOLL, { as: mai });
    expect((await send("GET", LONGPOLL, { as: mai })).status).toBe(429);
    expect((await send("GET", LONGPOLL)).status).toBe(200);
    expect((await send("GET", LONGPOLL)).status).toBe(429);
    abort.abort();
    expect((await send("GET", LONGPOLL, { as: mai })).status).toBe(200);
    harness.couch.close();
  });
});

describe("a continuous feed", () => {
  it("brings a line for each change, and a last line at the limit", async () => {
    const harness = await prepare();
    const feed = reader(await harness.send("GET", "/db/_changes?feed=continuous&limit=3"));
    expect(await feed.next()).toMatch(/^\{.*"id":"old".*\}\n$/);
    await settled(harness, 1);
    await harness.ask("PUT", "/db/b", { body: {} });
    expect(await feed.next()).toMatch(/"id":"b"/);
    await settled(harness, 1);
    await harness.ask("PUT", "/db/c", { body: {} });
    expect(await feed.next()).toMatch(/"id":"c"/);
    expect(await feed.next()).toMatch(/^\{"last_seq":"3-g1.*","pending":0\}\n$/);
    expect(await feed.next()).toBeUndefined();
    expect(harness.couch.feeds()).toEqual({ open: 0, waiting: 0 });
  });

  it("ends when the server closes", async () => {
    const harness = await prepare();
    const text = harness.send("GET", "/db/_changes?feed=continuous&since=now").then((each) => each.text());
    await settled(harness, 1);
    harness.couch.close();
    expect(await text).toMatch(/^\{"last_seq":"1-g1/);
    expect(harness.timers.count()).toBe(0);
  });

  it("brings many changes in order, each once", async () => {
    const harness = await prepare();
    const docs = Array.from({ length: 200 }, (_, index) => ({ _id: `d${String(index)}` }));
    for (let round = 0; round < 3; round++)
      await harness.ask("POST", "/db/_bulk_docs", {
        body: { docs: docs.map(({ _id }) => ({ _id: `${_id}-${String(round)}` })) },
      });
    const response = await harness.send("GET", "/db/_changes?feed=continuous&limit=601");
    const lines = (await response.text()).trim().split("\n");
    expect(lines).toHaveLength(602);
    const seqs = lines.slice(0, 601).map((line) => Number.parseInt(textOf(JSON.parse(line), "seq"), 10));
    expect(seqs).toEqual(Array.from({ length: 601 }, (_, index) => index + 1));
  });
});
