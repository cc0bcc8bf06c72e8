// Half of the seeds that every change must hold; two files, for two processors. `npm run simulate` runs as many as wanted.
import { describe, expect, it } from "vitest";
import { sound, tally } from "./expected.ts";
import { faultNames } from "./faults.ts";
import { simulate } from "./run.ts";

const seeds = Array.from({ length: 25 }, (_, index) => 2 + 2 * index);

describe("four devices, a hundred operations each", () => {
  const seen = tally();

  it.each(seeds)("seed %i: nothing lost, nothing divergent, nothing untrue", async (seed) => {
    const outcome = await simulate({ seed, devices: 4, operations: 100 });
    seen.add(outcome);
    expect(outcome).toMatchObject(sound);
  });

  it.each(faultNames)("%s really happened", (name) => {
    expect(seen.of(name)).toBeGreaterThanOrEqual(5);
  });
});
