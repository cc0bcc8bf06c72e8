// Old names of provinces: of those there were before 1 July 2025, each leads to one of today's.
import { expect, it } from "vitest";
import { properNames, provinces } from "#src/domain/profiles/areas.ts";
import { formerAreas } from "#src/domain/profiles/former-areas.ts";

/** Those of before that merger were already part of another, or only renamed. */
const older = ["Hà Tây", "Thừa Thiên Huế"];

it("lead to provinces of today, and with them make the 63 of before", () => {
  const names = Object.values(formerAreas).flat();
  for (const code of Object.keys(formerAreas)) expect(provinces.codes).toContain(code);
  const today = Object.keys(properNames).filter((code) => code.startsWith("vn-gso-"));
  expect(today).toHaveLength(34);
  expect(today.length + names.filter((name) => !older.includes(name)).length).toBe(63);
});

it("are each said once, and are no name of today", () => {
  const names = Object.values(formerAreas).flat();
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => Object.values(properNames).includes(name))).toEqual([]);
});
