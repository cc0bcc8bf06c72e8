// A supervisor's device with a hundred sites: how often it asks, what it tells of its work, and that no site waits for another.
import { describe, expect, it } from "vitest";
import { chanceFrom } from "./support/chance.ts";
import { noteBy, putAtCentre } from "./support/documents.ts";
import { communeOf, makeProvince } from "./support/province.ts";
import type { TestDevice, Way } from "./support/test-device.ts";
import { throughDoor } from "./support/through-door.ts";
import { answeredBy, couchError, html, silence } from "./support/ways.ts";
import { createWorld } from "./support/world.ts";

const app = { device: "phone-of-lan", appVersion: "1.0.0" };
/** The city and its two communes of every centre of tests. */
const before = 3;
/** The city is none of the places where people are received. */
const office = 1;

async function province(sites: number, records: number) {
  const { time, centre, device } = await createWorld();
  await makeProvince(centre, time, { sites, records });
  const lan = await device("lan", { app, online: false });
  const door = await throughDoor(centre, time);
  lan.way = door;
  return { time, centre, lan, door, ids: Array.from({ length: sites }, (_, index) => communeOf(index + 1)) };
}

/** How many requests of each kind since the last time; the names of databases are left out. */
function asked(device: TestDevice): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const request of device.requests.splice(0)) {
    const kind = request.replace(/\/[sp]-[a-z0-9-]+/, "/:database");
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

const notesOf = (device: TestDevice, siteId: string) => device.store.rows(`s-${siteId}`).length;

describe("a hundred sites", () => {
  it("cost one request each at first, four a poll afterwards, and one more for each that has something new", async () => {
    const { time, centre, lan, ids } = await province(97, 3);
    lan.connection(true);
    await time.pass(1_000);
    expect(lan.store.read.list("note")).toHaveLength(97 * 3);
    expect(asked(lan)).toEqual({
      "GET /_session": 1,
      "POST /_session": 1,
      "GET /directory": 1,
      "GET /directory/_changes": 1,
      "POST /api/changed": 1,
      "GET /:database/_changes": 97 + before,
    });

    await time.pass(600_000);
    const { "POST /api/changed": polls = 0, "POST /api/devices": _contact, ...idle } = asked(lan);
    expect(polls).toBeGreaterThan(8);
    expect(polls).toBeLessThan(17);
    expect(idle).toEqual({
      "GET /_session": polls,
      "GET /directory": polls,
      "GET /directory/_changes": polls,
    });

    const note = noteBy("an", time.now(), chanceFrom(6));
    await putAtCentre(centre, `s-${ids[50] ?? ""}`, note);
    await time.pass(70_000);
    expect(lan.store.read.get("note", note.id)?.sync.state).toBe("central");
    expect(asked(lan)["GET /:database/_changes"]).toBe(1);
  });

  it("after a time out of reach: what they are is asked in one request, not of each", async () => {
    const { time, lan } = await province(30, 1);
    lan.connection(true);
    await time.pass(1_000);
    lan.connection(false);
    await time.pass(3_600_000);
    asked(lan);
    lan.connection(true);
    await time.pass(1_000);
    const again = asked(lan);
    expect(again["POST /api/changed"]).toBe(1);
    expect(again["GET /:database"]).toBeUndefined();
    expect(again["GET /:database/_changes"]).toBeUndefined();
  });

  it("without a front door each is asked, as ever", async () => {
    const { time, lan } = await province(10, 2);
    lan.way = (request, next) =>
      request.url.includes("/api/") ? Promise.resolve(couchError(404, "not_found")()) : next(request);
    lan.connection(true);
    await time.pass(60_000);
    expect(lan.store.read.list("note")).toHaveLength(20);
    const first = asked(lan);
    expect(first["POST /api/changed"]).toBe(1);
    expect(first["GET /:database"]).toBe(10 + before);
    expect(lan.exchange.state.phase).toBe("idle");
  });

  it("do not come in step: a poll comes a quarter sooner or later", async () => {
    const { time, lan } = await province(20, 0);
    lan.connection(true);
    await time.pass(300_000);
    const waits = lan.log.flatMap((each) => (each.event === "wait" ? [each.ms] : []));
    const even = (20 + before + 1) * 500;
    expect(new Set(waits).size).toBeGreaterThan(waits.length / 2);
    for (const ms of waits) {
      expect(ms).toBeGreaterThanOrEqual(even * 0.75);
      expect(ms).toBeLessThanOrEqual(even * 1.25);
    }
  });
});

describe("what it tells of its work", () => {
  it("sites and records only ever grow, and count what is here; cut in the middle, it goes on where it was", async () => {
    const { time, lan, door, ids } = await province(12, 4);
    const told: { done: number; sites: number; here: number }[] = [];
    const listen = () =>
      lan.exchange.watch(() => {
        const { progress } = lan.exchange.state;
        if (!progress?.sites) return;
        expect(progress.sites.of).toBe(12 + before - office);
        const here = ids.filter((id) => notesOf(lan, id) === 4).length;
        told.push({ done: progress.done, sites: progress.sites.done, here });
      });
    listen();
    let pages = 0;
    lan.way = (request, next) => {
      if (/\/s-.*_changes/.test(request.url) && (pages += 1) === 9) lan.online = false;
      return lan.online ? door(request, next) : Promise.reject(new TypeError("fetch failed"));
    };
    lan.connection(true);
    await time.pass(500);
    const reached = told.at(-1);
    expect(reached?.sites).toBe(8);
    for (const [index, each] of told.entries()) {
      expect(each.sites).toBeGreaterThanOrEqual(told[index - 1]?.sites ?? 0);
      expect(each.done).toBeGreaterThanOrEqual(told[index - 1]?.done ?? 0);
      // Besides the new communes there are the three of every centre.
      expect(each.here).toBeGreaterThanOrEqual(each.sites - before);
    }

    await lan.kill();
    await lan.start();
    lan.way = door;
    lan.online = true;
    listen();
    told.length = 0;
    lan.requests.length = 0;
    lan.connection(true);
    await time.pass(5_000);
    // What was there already counts from the beginning, and is not fetched again.
    expect(told[0]?.sites).toBeGreaterThanOrEqual(8);
    expect(told.at(-1)?.sites).toBe(12 + before - office);
    expect(asked(lan)["GET /:database/_changes"]).toBe(12 + before - 8);
    expect(ids.every((id) => notesOf(lan, id) === 4)).toBe(true);
    expect(lan.exchange.state.progress).toBeUndefined();
  });
});

describe("one site that is not in order", () => {
  const bad = communeOf(2);
  const at = (way: (door: Way) => Way) => (door: Way) => (request: Request, next: Parameters<Way>[1]) =>
    way(door)(request, next);
  const answering = (answer: () => Response) => (door: Way) => (request: Request, next: Parameters<Way>[1]) =>
    answeredBy(`/s-${bad}/`, answer)(request, (passed) => door(passed, next));

  it.each([
    ["500", answering(couchError(500, "internal_server_error"))],
    ["403", answering(couchError(403, "forbidden"))],
    ["502 with a page", answering(html(502))],
    ["JSON that is no answer", answering(() => Response.json({ results: "?" }))],
    [
      "JSON cut off",
      answering(() => new Response('{"resul', { headers: { "content-type": "application/json" } })),
    ],
    [
      "nothing, ever",
      at((door) => (request, next) => silence(`/s-${bad}/`)(request, (passed) => door(passed, next))),
    ],
  ])(
    "answers %s: all others are exchanged, it is said by name, and it is tried ever more rarely",
    async (_what, way) => {
      const { time, centre, lan, door, ids } = await province(5, 2);
      lan.way = way(door);
      lan.connection(true);
      await time.pass(120_000);
      for (const id of ids) expect(notesOf(lan, id)).toBe(id === bad ? 0 : 2);
      expect(lan.exchange.state.aside).toMatchObject([{ siteId: bad }]);
      // The first exchange is over as far as it can be: what others do from now on is new. It is not said to be complete.
      expect(lan.exchange.state.firstExchangeAt).toBeDefined();
      expect(lan.exchange.state.lastExchangeAt).toBeUndefined();

      // The others go on being followed at their own pace.
      const note = noteBy("an", time.now(), chanceFrom(6));
      await putAtCentre(centre, `s-${communeOf(4)}`, note);
      await time.pass(30_000);
      expect(lan.store.read.get("note", note.id)?.sync.state).toBe("central");
      lan.requests.length = 0;
      await time.pass(600_000);
      const tries = lan.requests.filter((request) => request.includes(`/s-${bad}/_changes`)).length;
      expect(tries).toBeGreaterThan(1);
      expect(tries).toBeLessThan(12);

      expect(lan.log).toContainEqual({ event: "phase", phase: "error", fault: "someSites" });

      lan.way = door;
      await lan.exchange.run();
      expect(notesOf(lan, bad)).toBe(2);
      expect(lan.exchange.state).toMatchObject({ phase: "idle" });
      expect(lan.exchange.state.aside).toBeUndefined();
      expect(lan.exchange.state.lastExchangeAt).toBeDefined();
    },
  );
});

describe("many sites that are not in order", () => {
  it("and fail are asked together, not each in a round of its own", async () => {
    const answer = couchError(500, "internal_server_error");
    const { time, lan, door, ids } = await province(40, 1);
    const bad = new Set(ids.slice(0, 30));
    const isBad = ({ url }: Request) => [...bad].some((id) => url.includes(`/s-${id}/`));
    lan.way = (request, next) => (isBad(request) ? Promise.resolve(answer()) : door(request, next));
    lan.connection(true);
    for (const _minute of [1, 2]) {
      await time.pass(60_000);
      const { "GET /directory": rounds = 0 } = asked(lan);
      expect(rounds).toBeGreaterThan(1);
      expect(rounds).toBeLessThan(15);
      expect(lan.exchange.state.aside).toHaveLength(bad.size);
    }
    lan.way = door;
    await time.pass(600_000);
    expect(lan.exchange.state).toMatchObject({ phase: "idle" });
    expect(lan.exchange.state.aside).toBeUndefined();
  });

  it("one that asks for patience is not asked along with others before its time", async () => {
    const { time, lan, door, ids } = await province(10, 1);
    const [bad = ""] = ids;
    lan.way = (request, next) =>
      answeredBy(`/s-${bad}/`, couchError(503, "service_unavailable", { "retry-after": "50" }))(
        request,
        (passed) => door(passed, next),
      );
    lan.connection(true);
    await time.pass(49_000);
    expect(asked(lan)["GET /:database/_changes"]).toBe(10 + before);
    await time.pass(30_000);
    expect(asked(lan)["GET /:database/_changes"]).toBe(1);
  });
});
