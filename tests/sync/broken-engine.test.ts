// A bug in the engine itself: it is said, it is reported, and the exchange goes on by itself.
import { describe, expect, it } from "vitest";
import { putAtCentre } from "./support/documents.ts";
import { hoaVang } from "./support/test-centre.ts";
import { createWorld } from "./support/world.ts";

/** An answer at which the engine itself breaks, once it looks inside. */
const poisoned = (error: Error): Response => {
  const answer = Response.json({});
  answer.headers.get = (name) => {
    if (name === "content-type") throw error;
    return null;
  };
  return answer;
};
const aBug = new Error("a bug");

describe("an engine with a bug", () => {
  it.each([
    ["in a round", () => true],
    ["while it follows a database", (request: Request) => request.url.includes("feed=longpoll")],
  ])("%s says so, reports it, keeps what is saved, and goes on by itself", async (_when, strikes) => {
    const { time, device } = await createWorld();
    const an = await device("an");
    await time.pass(20_000);
    let broken = true;
    const bugs: unknown[] = [];
    an.way = (request, next) =>
      broken && strikes(request) ? Promise.resolve(poisoned(aBug)) : next(request);
    an.onBug = (error) => bugs.push(error);
    const { id } = await an.newCase();
    void an.exchange.run();
    await time.pass(60_000);
    expect(bugs).toContain(aBug);
    expect(an.log).toContainEqual({ event: "phase", phase: "error", fault: "broken" });
    expect(an.exchange.state.phase).not.toBe("syncing");
    const requests = an.requests.length;
    await time.pass(60_000);
    // Ever more rarely, not as fast as it can.
    expect(an.requests.length - requests).toBeLessThan(60);

    broken = false;
    await time.pass(10 * 60_000);
    expect(an.exchange.state.phase).toBe("idle");
    expect(an.case(id)?.sync.state).toBe("central");
    expect(an.exchange.counts.waiting).toBe(0);
  });

  it("in one database keeps no other waiting, and is not met as fast as it can", async () => {
    const { time, centre, device } = await createWorld();
    const an = await device("an");
    await time.pass(20_000);
    const bugs: unknown[] = [];
    an.onBug = (error) => bugs.push(error);
    an.way = (request, next) =>
      request.url.includes(`/s-${hoaVang}`) ? Promise.resolve(poisoned(aBug)) : next(request);
    await time.pass(60_000);
    const at = new Date(time.now()).toISOString();
    const stamps = { createdAt: at, createdBy: "an", updatedAt: at, updatedBy: "an", deviceTime: at };
    const id = "3f2a8f5e-0000-4000-8000-000000000001";
    const person = { type: "person", version: 1, id, device: "another", displayName: "Người mẫu", ...stamps };
    await putAtCentre(centre, `p-${hoaVang}`, person);
    await time.pass(60_000);
    expect(an.store.read.get("person", id)).toBeDefined();
    expect(an.exchange.state).toMatchObject({ phase: "error", fault: { kind: "broken" } });
    expect(bugs).toContain(aBug);
    expect(bugs.length).toBeLessThan(20);

    const file = await an.newCase();
    an.way = (request, next) => next(request);
    await time.pass(10 * 60_000);
    expect(an.exchange.state.phase).toBe("idle");
    expect(an.case(file.id)?.sync.state).toBe("central");
  });

  it("in whoever watches it goes on all the same, and tells the others", async () => {
    const { time, device } = await createWorld();
    const an = await device("an");
    await time.pass(20_000);
    const bugs: unknown[] = [];
    an.onBug = (error) => bugs.push(error);
    an.exchange.watch(() => {
      throw aBug;
    });
    let told = 0;
    an.exchange.watch(() => (told += 1));
    const { id } = await an.newCase();
    await time.pass(60_000);
    expect(an.case(id)?.sync.state).toBe("central");
    expect(told).toBeGreaterThan(0);
    expect(bugs).toContain(aBug);
    expect(an.exchange.state.phase).toBe("idle");
  });
});
