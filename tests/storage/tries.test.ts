// Waiting after wrong passphrases: grows, survives restarts, and cannot be talked down through the clock.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { admitTry, noTries, type Tries } from "#src/storage/tries.ts";

const start = Date.parse("2026-11-22T01:00:00.000Z");

/** Tries as soon as it is allowed; returns the waits in seconds. */
function waits(count: number): number[] {
  let tries: Tries = noTries;
  let now = start;
  return Array.from({ length: count }, () => {
    const { waitSeconds } = admitTry(tries, now);
    now += waitSeconds * 1000;
    tries = admitTry(tries, now).tries;
    return waitSeconds;
  });
}

describe("tries", () => {
  it("lets three mistakes pass, then waits twice as long each time, up to a quarter of an hour", () => {
    expect(waits(14)).toEqual([0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
  });

  it("a clock put back neither lets a try in early nor makes anybody wait longer than the delay", () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 20 }), fc.integer({ min: 1, max: 2e11 }), (failed, back) => {
        const full = admitTry({ failed, lastAt: start }, start).waitSeconds;
        const put = admitTry({ failed, lastAt: start }, start - back);
        expect(put.waitSeconds).toBe(full);
        // From there the wait runs down as usual, by the clock that is now.
        expect(admitTry(put.tries, start - back + full * 1000).waitSeconds).toBe(0);
      }),
    );
  });
});
