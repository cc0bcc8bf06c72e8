// A seed run twice tells the same story to the last request (D21); the long run prints what it found.
import { describe, expect, it } from "vitest";
import { main } from "./main.ts";
import { simulate } from "./run.ts";

it("a seed run twice gives the same events and the same logs", async () => {
  const course = { seed: 77, devices: 4, operations: 40 };
  const [first, second] = [await simulate(course), await simulate(course)];
  expect(second.events).toEqual(first.events);
  expect(second.logs).toEqual(first.logs);
});

describe("the command", () => {
  it("prints a line for each seed, the faults, and the sums", async () => {
    const lines: string[] = [];
    const failures = await main(["--seeds", "1", "--from", "5", "--devices", "2", "--ops", "10"], (text) => lines.push(text)); // prettier-ignore
    expect(failures).toBe(0);
    expect(lines.join("\n")).toMatch(/^1 seeds, 2 devices, 10 operations each\nseed .*\n5 /);
    expect(lines.at(-1)).toMatch(/^\n\d+ saves acknowledged, 0 lost, 0 divergent, 0 untrue$/);
  });

  it.each([["--seeds", "0"], ["--ops", "x"], ["--nothing"]])(
    "refuses %s %s with how to call it",
    async (...args) => {
      const lines: string[] = [];
      expect(await main(args, (text) => lines.push(text))).toBe(1);
      expect(lines.join("\n")).toContain("npm run simulate -- [--seeds N]");
    },
  );
});
