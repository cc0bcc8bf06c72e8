// How long a device waits before it tries again: longer each time, within bounds, and never in step with others.
import { describe, expect, it } from "vitest";
import { retryAfterMs, waitBeforeRetry } from "#src/sync/backoff.ts";
import type { Trouble } from "#src/sync/trouble.ts";

const broken: Trouble = { kind: "status", status: 500, reason: "" };
const busy = (waitMs: number): Trouble => ({ kind: "status", status: 429, reason: "", waitMs });
const minute = 60_000;

describe("waitBeforeRetry", () => {
  it.each([
    ["the centre's own trouble", broken, 5 * minute],
    ["no answer at all", { kind: "unreachable" } as const, 30_000],
  ])("after %s grows twofold up to a bound, and is spread over its half", (_what, trouble, longest) => {
    for (let failures = 1; failures < 2_000; failures += failures < 12 ? 1 : 400) {
      const growing = Math.min(longest, 1_000 * 2 ** (failures - 1));
      expect(waitBeforeRetry(failures, trouble, 0)).toBe(growing / 2);
      expect(waitBeforeRetry(failures, trouble, 1)).toBe(growing);
      expect(waitBeforeRetry(failures, trouble, 0.5)).toBe(growing * 0.75);
    }
  });

  it("is never shorter than what the centre asks for, and many devices do not come back at one moment", () => {
    expect(waitBeforeRetry(1, busy(20_000), 0)).toBe(20_000);
    expect(waitBeforeRetry(1, busy(20_000), 0.5)).toBe(25_000);
    expect(waitBeforeRetry(1, busy(3_000), 1)).toBe(6_000);
    expect(waitBeforeRetry(9, busy(2_000), 0)).toBe(128_000);
  });

  it("outlasts the time for which an account is locked", () => {
    expect(waitBeforeRetry(1, { kind: "lockedOut" }, 0)).toBe(5 * minute);
    expect(waitBeforeRetry(1, { kind: "lockedOut", waitMs: 20 * minute }, 0)).toBe(20 * minute);
  });
});

it.each([
  ["120", 120_000],
  [" 7 ", 7_000],
  ["Sun, 22 Nov 2026 08:01:00 GMT", minute],
  ["Sun, 22 Nov 2026 07:00:00 GMT", 0],
  ["soon", undefined],
  ["99999999999999999999", undefined],
  [null, undefined],
])("Retry-After %s", (header, ms) => {
  expect(retryAfterMs(header, Date.parse("2026-11-22T08:00:00Z"))).toBe(ms);
});
