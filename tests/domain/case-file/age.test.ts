// Age: what is certain of it, and whoever may be under 18 counts as under 18 until it is certain.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AgeFacts, ageOn, contradiction, isPerhapsMinor } from "#src/domain/case-file/age.ts";
import { addDays, fullYears } from "#src/domain/record/dates.ts";

const on = "2026-11-22";
const isMinor = (facts: AgeFacts) => {
  const age = ageOn(facts, on);
  return age && isPerhapsMinor(age);
};

describe("age", () => {
  it.each<[what: string, facts: AgeFacts, from: number, to: number, minor: boolean]>([
    ["born in 2008, nobody knows when", { birthDate: "2008" }, 17, 18, true],
    ["born in 2007", { birthDate: "2007" }, 18, 19, false],
    ["born in November 2008", { birthDate: "2008-11" }, 17, 18, true],
    ["born in October 2008", { birthDate: "2008-10" }, 18, 18, false],
    ["18 today", { birthDate: "2008-11-22" }, 18, 18, false],
    ["18 tomorrow", { birthDate: "2008-11-23" }, 17, 17, true],
    ["17 when asked today", { ageYears: 17 }, 17, 17, true],
    ["17 when asked a month ago", { ageYears: 17, ageAsOf: "2026-10-22" }, 17, 18, true],
    ["17 when asked a year ago", { ageYears: 17, ageAsOf: "2025-11-22" }, 18, 18, false],
    ["born in 2008, and 18 when asked", { birthDate: "2008", ageYears: 18, ageAsOf: on }, 18, 18, false],
    ["a year and an age that contradict", { birthDate: "2008", ageYears: 25, ageAsOf: on }, 17, 25, true],
    ["born this year", { birthDate: "2026" }, 0, 0, true],
  ])("%s", (_, facts, from, to, minor) => {
    expect(ageOn(facts, on)).toMatchObject({ from, to });
    expect(isMinor(facts)).toBe(minor);
  });

  it("that was told lately is said with its day, and later only as what it has become", () => {
    expect(ageOn({ ageYears: 24, ageAsOf: "2026-10-01" }, on)?.toldOn).toBe("2026-10-01");
    expect(ageOn({ ageYears: 24, ageAsOf: "2025-10-01" }, on)).toMatchObject({ from: 25, to: 26 });
    expect(ageOn({ ageYears: 24, ageAsOf: "2025-10-01" }, on)?.toldOn).toBeUndefined();
  });

  it("does not pass for known by the year of birth alone where an age was told too", () => {
    const bornIn = { birthDate: "2001", ageYears: 24 };
    expect(ageOn({ ...bornIn, ageAsOf: "2025-12-01" }, on)).toMatchObject({ from: 24, to: 25, by: "both" });
    expect(ageOn({ birthDate: "2001" }, on)?.by).toBe("year");
    expect(ageOn({ birthDate: "2001", ageYears: 40 }, on)?.by).toBe("apart");
  });

  it.each<[birthDate: string, ageYears: number, agree: boolean]>([
    ["1998", 27, true],
    ["1998", 28, true],
    ["1998", 29, false],
    ["1998", 25, false],
    ["1998-12-01", 27, true],
    ["1998-12-01", 28, false],
  ])("born %s and %i years old can both be true: %s", (birthDate, ageYears, agree) => {
    expect(contradiction({ birthDate, ageYears }, on) === undefined).toBe(agree);
  });

  it("is not known where nothing was said", () => {
    expect(ageOn({}, on)).toBeUndefined();
  });

  it("always holds the true age, however little of the birth date is known", () => {
    const days = fc.integer({ min: 0, max: 36_500 }).map((count) => addDays("1926-01-01", count));
    fc.assert(
      fc.property(days, fc.constantFrom(4, 7, 10), (birth, length) => {
        const age = ageOn({ birthDate: birth.slice(0, length) }, on);
        const years = Math.max(fullYears(birth, on), 0);
        expect(age && age.from <= years && years <= age.to, birth).toBe(true);
      }),
    );
  });

  it("always holds the true age where it was told on an earlier day", () => {
    const days = fc.integer({ min: 0, max: 20_000 }).map((count) => addDays("1970-01-01", count));
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 3_000 }), (birth, ago) => {
        const ageAsOf = addDays(on, -ago);
        fc.pre(birth <= ageAsOf);
        const age = ageOn({ ageYears: fullYears(birth, ageAsOf), ageAsOf }, on);
        const years = fullYears(birth, on);
        expect(age && age.from <= years && years <= age.to, `${birth} ${ageAsOf}`).toBe(true);
      }),
    );
  });
});
