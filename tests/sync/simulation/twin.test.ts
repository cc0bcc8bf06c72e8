// The centre in memory answers as the real endpoint does, byte for byte: whole courses with all their faults are put to both.
import { expect, it } from "vitest";
import { simulate } from "./run.ts";
import { type Compared, twinCentre } from "./twin-centre.ts";

it.each([1, 2, 3])("every request of seed %i has the same answer from both", async (seed) => {
  const compared: Compared = { requests: new Map(), differences: [] };
  await simulate({ seed, devices: 4, operations: 40, centre: twinCentre(compared) });
  expect(compared.differences).toEqual([]);
  expect([...compared.requests.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(500);
});
