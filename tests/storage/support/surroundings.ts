// A clock that a test sets and strong chance.
import type { Surroundings } from "#src/domain/ports/surroundings.ts";

export interface TestSurroundings extends Surroundings {
  /** Milliseconds since 1970. */
  time: number;
}

export function testSurroundings(): TestSurroundings {
  return {
    time: Date.parse("2026-11-22T01:00:00.000Z"),
    now() {
      return this.time;
    },
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  };
}
