// What a course must have come to, and how much of it there must have been.
import { expect } from "vitest";
import type { Outcome } from "./run.ts";

/** Requests of one device in a minute: a round asks some ten things, and rounds follow each other by waiting. */
export const mostRequests = 150;

/** Of an outcome: nothing lost, nothing divergent, nothing said that is not so, the centre not overrun. */
export const sound = {
  lost: [],
  divergent: [],
  untrue: [],
  busiest: expect.toSatisfy((requests: number) => requests < mostRequests) as unknown,
};

/** Adds up what several seeds saw. */
export function tally(): { add(outcome: Outcome): void; of(name: string): number } {
  const sums = new Map<string, number>();
  return {
    add({ strikes }) {
      for (const [name, count] of strikes) sums.set(name, (sums.get(name) ?? 0) + count);
    },
    of: (name) => sums.get(name) ?? 0,
  };
}
