// What devices tell the front door after an exchange, what a supervisor's device learns of it, and what an old app may do.
import { describe, expect, it } from "vitest";
import type { TestDevice, Way } from "./support/test-device.ts";
import { throughDoor } from "./support/through-door.ts";
import { answeredBy, answerLost, couchError, html, silence } from "./support/ways.ts";
import { createWorld } from "./support/world.ts";

const version = "1.4.0";
const appOf = (device: string) => ({ device, appVersion: version });
const minuteMs = 60_000;

const reports = ({ requests }: { requests: readonly string[] }) =>
  requests.filter((request) => request === "POST /api/devices").length;

describe("a device that exchanges", () => {
  it("is seen by the supervisor with its last contact, what waits on it and its version", async () => {
    const { time, centre, device } = await createWorld();
    const way = await throughDoor(centre, time);
    const an = await device("an", { app: appOf("phone-of-an"), online: false });
    const lan = await device("lan", { app: appOf("desk-of-lan"), online: false });
    an.way = lan.way = way;
    an.connection(true);
    await time.pass(10_000);
    lan.connection(true);
    await time.pass(10_000);
    const seen = await lan.exchange.devices();
    if (!seen.ok) throw new Error(seen.error.type);
    expect(seen.value).toEqual([
      expect.objectContaining({ account: "lan", device: "desk-of-lan", waiting: 0, appVersion: version }),
      expect.objectContaining({ account: "an", device: "phone-of-an", waiting: 0, tooOld: false }),
    ]);
    // A worker reads nothing of this.
    expect(await an.exchange.devices()).toEqual({ ok: false, error: { type: "NotAllowed" } });
  });

  it("was cloned: each of the two is seen, with what waits on it, and goes on being one", async () => {
    const { time, centre, device } = await createWorld();
    const way = await throughDoor(centre, time);
    const start = async (name: "an" | "lan", seed: number, disk?: TestDevice["disk"]) => {
      const app = appOf(`phone-of-${name}`);
      const made = await device(name, { app, online: false, seed, ...(disk && { disk }) });
      made.way = way;
      made.connection(true);
      await time.pass(minuteMs);
      return made;
    };
    const lan = await start("lan", 1);
    const first = await start("an", 2);
    await first.kill();
    const disk = { envelopes: new Map(first.disk.envelopes) };
    await first.start();
    await time.pass(minuteMs);
    const second = await start("an", 3, disk);
    const ofAn = async () => {
      const seen = await lan.exchange.devices();
      if (!seen.ok) throw new Error(seen.error.type);
      return seen.value.filter(({ account }) => account === "an");
    };
    expect(await ofAn()).toHaveLength(2);
    for (const each of [first, second, second, first]) {
      each.connection(false);
      await each.kill();
      await each.start();
      each.connection(true);
      await time.pass(minuteMs);
    }
    expect(new Set((await ofAn()).map((each) => each.device)).size).toBe(2);
    expect(await ofAn()).toHaveLength(2);
  });

  it("was put back from an old copy: it is another, beside the one it was", async () => {
    const { time, centre, device } = await createWorld();
    const way = await throughDoor(centre, time);
    const app = appOf("phone-of-an");
    const lan = await device("lan", { app: appOf("desk-of-lan"), online: false });
    const an = await device("an", { app, online: false, seed: 2 });
    an.way = lan.way = way;
    lan.connection(true);
    an.connection(true);
    await time.pass(minuteMs);
    const old = { envelopes: new Map(an.disk.envelopes) };
    for (let starts = 0; starts < 3; starts++) {
      await an.kill();
      await an.start();
      await time.pass(minuteMs);
    }
    await an.kill();
    const back = await device("an", { app, online: false, seed: 3, disk: old });
    back.way = way;
    back.connection(true);
    await time.pass(minuteMs);
    const seen = await lan.exchange.devices();
    expect(seen.ok && seen.value.filter(({ account }) => account === "an")).toHaveLength(2);
  });

  it("is one where the centre was put back to what it had heard before", async () => {
    const { time, centre, device } = await createWorld();
    const an = await device("an", { app: appOf("phone-of-an"), online: false });
    an.way = await throughDoor(centre, time);
    an.connection(true);
    await time.pass(minuteMs);
    const id = "device:an:phone-of-an";
    const contacts = async () =>
      [...(await centre.documents("neo-ve")).keys()].filter((key) => key.startsWith("device:an"));
    const { _rev, ...before } = (await centre.documents("neo-ve")).get(id) ?? {};
    for (let starts = 0; starts < 3; starts++) {
      await an.kill();
      await an.start();
      await time.pass(minuteMs);
    }
    const after = (await centre.documents("neo-ve")).get(id);
    expect(after?.["turn"]).not.toBe(before["turn"]);
    await centre.operate("PUT", `/neo-ve/${id}`, { ...before, _rev: after?.["_rev"] });
    await an.kill();
    await an.start();
    await time.pass(minuteMs);
    expect(await contacts()).toEqual([id]);
  });

  it("is one however often its reports are lost on the way there or back, and it starts again", async () => {
    const { time, centre, device } = await createWorld();
    const way = await throughDoor(centre, time);
    const an = await device("an", { app: appOf("phone-of-an"), online: false });
    const lan = await device("lan", { app: appOf("desk-of-lan"), online: false });
    lan.way = way;
    const door = (request: Request) => way(request, () => Promise.reject(new Error("no other way")));
    const lost: Way = (request) => answerLost("/api/devices")(request, door);
    const trouble: Way = (request) => answeredBy("/api/devices", couchError(500, "no"))(request, door);
    for (const bad of [way, lost, trouble, lost, lost, way]) {
      an.way = bad;
      an.connection(true);
      await time.pass(2 * minuteMs);
      await an.kill();
      await an.start();
    }
    lan.connection(true);
    await time.pass(minuteMs);
    const seen = await lan.exchange.devices();
    expect(seen.ok && seen.value.filter(({ account }) => account === "an")).toHaveLength(1);
  });

  it("tells it a few times an hour, and not with each of many saves", async () => {
    const { time, centre, device } = await createWorld();
    const an = await device("an", { app: appOf("phone-of-an"), online: false });
    an.way = await throughDoor(centre, time);
    an.connection(true);
    await time.pass(60 * minuteMs);
    expect(reports(an)).toBeGreaterThanOrEqual(3);
    expect(reports(an)).toBeLessThanOrEqual(5);
    const before = reports(an);
    for (let saved = 0; saved < 20; saved++) {
      await an.newCase();
      await time.pass(3_000);
    }
    expect(reports(an) - before).toBeLessThanOrEqual(3);
  });

  it.each([
    ["a CouchDB by itself", couchError(404, "not_found"), 1],
    ["a CouchDB that wants another method", couchError(405, "method_not_allowed"), 1],
    ["trouble", couchError(500, "internal_server_error"), 9],
    ["a page", html(200), 9],
    ["a front door that takes none from this account", couchError(403, "forbidden"), 1],
  ])("exchanges as well where its report meets %s", async (_what, answer, most) => {
    const { time, device } = await createWorld();
    const an = await device("an", { app: appOf("phone-of-an"), online: false });
    an.way = answeredBy("/api/", answer);
    an.connection(true);
    const saved = await an.newCase();
    await time.pass(2 * minuteMs);
    await an.newCase();
    await time.pass(2 * minuteMs);
    expect(an.case(saved.id)?.sync.state).toBe("central");
    expect(an.exchange.state.phase).toBe("idle");
    expect(reports(an)).toBeGreaterThanOrEqual(1);
    expect(reports(an)).toBeLessThanOrEqual(most);
  });

  it("is not held up by a report that never gets an answer", async () => {
    const { time, device } = await createWorld();
    const an = await device("an", { app: appOf("phone-of-an"), online: false });
    an.way = silence("/api/");
    an.connection(true);
    await time.pass(10_000);
    const saved = await an.newCase();
    await time.pass(10_000);
    expect(an.case(saved.id)?.sync.state).toBe("central");
  });
});

describe("the supervisor's question", () => {
  it.each([
    ["NotOfferedHere", couchError(404, "not_found")],
    ["NotAllowed", couchError(403, "forbidden")],
    ["CentreFault", couchError(503, "service_unavailable")],
    ["NoConnection", html(200)],
  ])("is answered with %s", async (type, answer) => {
    const { time, device } = await createWorld();
    const lan = await device("lan", { app: appOf("desk-of-lan") });
    lan.way = answeredBy("/api/", answer);
    await time.pass(1_000);
    expect(await lan.exchange.devices()).toEqual({ ok: false, error: { type } });
  });

  it("is answered without a network and without a front door too", async () => {
    const { device } = await createWorld();
    const lan = await device("lan", { app: appOf("desk-of-lan"), online: false });
    expect(await lan.exchange.devices()).toEqual({ ok: false, error: { type: "NoConnection" } });
    const alone = await device("lan");
    expect(await alone.exchange.devices()).toEqual({ ok: false, error: { type: "NotOfferedHere" } });
  });
});

describe("an app that is too old", () => {
  it("saves, exchanges nothing, says so, and tells how much waits; updated, it sends everything", async () => {
    const { time, centre, device } = await createWorld();
    const an = await device("an", { app: appOf("phone-of-an"), online: false });
    an.way = await throughDoor(centre, time, { minimumApp: "1.5.0" });
    const saved = await an.newCase();
    an.connection(true);
    await time.pass(10 * minuteMs);
    expect(an.exchange.state).toMatchObject({ phase: "error", fault: { kind: "appTooOld" } });
    const later = await an.newNote(saved.id, "Viết trong lúc ứng dụng đã cũ");
    expect(an.store.read.get("note", later.id)?.sync.state).toBe("local");
    expect(an.exchange.counts.waiting).toBe(2);
    await time.pass(20 * minuteMs);
    expect((await centre.documents("s-vn-gso-20194")).size).toBe(0);
    expect(await centre.documents("neo-ve")).toEqual(
      new Map([
        [expect.stringMatching(/^device:an:/), expect.objectContaining({ waiting: 2, appVersion: version })],
      ]),
    );
    // Nobody knocks all the time.
    expect(an.requests.filter((request) => request.includes("directory")).length).toBeLessThan(60);
    an.way = await throughDoor(centre, time, { minimumApp: version });
    await an.exchange.run();
    await time.pass(minuteMs);
    expect(an.exchange.counts.waiting).toBe(0);
    expect(an.exchange.state).toMatchObject({ phase: "idle" });
  });
});
