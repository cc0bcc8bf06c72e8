// A bug in the engine itself: it is said, it is reported, and the exchange goes on by itself.
import { describe, expect, it } from "vitest";
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
});
