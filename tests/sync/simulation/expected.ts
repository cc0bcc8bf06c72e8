// What a course must have come to, and how much of it there must have been.
import { describe, expect, it } from "vitest";
import { faultNames } from "./faults.ts";
import { simulate } from "./run.ts";

/** Requests of one device in a minute: a round asks some ten things, and rounds follow each other by waiting. */
export const mostRequests = 150;

/** The tests of a share of the seeds: nothing lost, nothing divergent, nothing said that is not so, the centre not overrun. */
export function theseSeedsHold(seeds: readonly number[]): void {
  describe("four devices, a hundred operations each", () => {
    const struck = new Map<string, number>();

    it.each(seeds)("seed %i: nothing lost, nothing divergent, nothing untrue", async (seed) => {
      const { strikes, busiest, ...found } = await simulate({ seed, devices: 4, operations: 100 });
      for (const [name, count] of strikes) struck.set(name, (struck.get(name) ?? 0) + count);
      expect(found).toMatchObject({ lost: [], divergent: [], untrue: [] });
      expect(busiest).toBeLessThan(mostRequests);
    });

    it.each(faultNames)("%s really happened", (name) => {
      expect(struck.get(name) ?? 0).toBeGreaterThanOrEqual(5);
    });
  });
}
