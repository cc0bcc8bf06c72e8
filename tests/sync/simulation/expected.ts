// What a course must have come to, and how much of it there must have been.
import { describe, expect, it } from "vitest";
import { type Course, faultNames, type Outcome, simulate } from "./run.ts";

/** What a course must have found: nothing lost, nothing divergent, nothing said that is not so. */
const nothing = { lost: [], divergent: [], untrue: [] };
const found = ({ lost, divergent, untrue }: Outcome) => ({ lost, divergent, untrue });

/** The tests of one half of the seeds. */
export function theseSeedsHold(seeds: readonly number[]): void {
  describe("four devices, a hundred operations each", () => {
    const struck = new Map<string, number>();

    it.each(seeds)("seed %i: nothing lost, nothing divergent, nothing untrue", async (seed) => {
      const outcome = await simulate({ seed, devices: 4, operations: 100 });
      for (const [name, count] of outcome.strikes) struck.set(name, (struck.get(name) ?? 0) + count);
      expect(found(outcome)).toEqual(nothing);
    });

    it.each(faultNames)("%s really happened", (name) => {
      expect(struck.get(name) ?? 0).toBeGreaterThanOrEqual(5);
    });
  });
}

/** Courses with other parts than those that are quick. */
export function alsoHold(what: string, seeds: readonly number[], course: Omit<Course, "seed">): void {
  it.each(seeds)(`seed %i ${what}: nothing lost, nothing divergent, nothing untrue`, async (seed) => {
    const outcome = await simulate({ ...course, seed });
    expect(found(outcome)).toEqual(nothing);
    expect(outcome.saves).toBeGreaterThan(0);
  });
}
