// Which of two versions of the app is older.
import { expect, it } from "vitest";
import { isOlder, newestOf } from "#src/domain/app-version.ts";

it("compares versions by number, part by part", () => {
  expect(isOlder("1.9.0", "1.10.0")).toBe(true);
  expect(isOlder("1.10.0", "1.9.0")).toBe(false);
  expect(isOlder("2.0.0", "1.9.9")).toBe(false);
  expect(isOlder("1.4.0", "1.4.0")).toBe(false);
  expect(newestOf(["1.4.0", undefined, "1.10.0", "1.9.0"])).toBe("1.10.0");
  expect(newestOf([undefined])).toBeUndefined();
});
