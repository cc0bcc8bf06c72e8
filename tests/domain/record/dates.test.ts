// Dates and instants against other ways of counting: day numbers, time zones' own rules, the calendar's leap years.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays, addMonths, daysBetween, daysInMonth, fullYears, instantOf, isDate, isInstant, localDate, precisionOf,
} from "#src/domain/record/dates.ts"; // prettier-ignore

const pad = (value: number) => String(value).padStart(2, "0");
/** A date from a count of days since 1900, stepping through the calendar one month at a time. */
function dateOfDay(day: number): string {
  let [year, month, rest] = [1900, 1, day];
  const length = () => [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  const isLeap = (of: number) => of % 400 === 0 || (of % 4 === 0 && of % 100 !== 0);
  while (rest >= length()) {
    rest -= length();
    month = month === 12 ? 1 : month + 1;
    if (month === 1) year++;
  }
  return `${year}-${pad(month)}-${pad(rest + 1)}`;
}
const lastDay = 109_572; // 2199-12-31
const dayNumbers = fc.integer({ min: 0, max: lastDay });

describe("days", () => {
  it("add and subtract as a calendar that is walked through", () => {
    fc.assert(
      fc.property(dayNumbers, dayNumbers, (a, b) => {
        expect(addDays(dateOfDay(a), b - a)).toBe(dateOfDay(b));
        expect(daysBetween(dateOfDay(a), dateOfDay(b))).toBe(b - a);
      }),
      { numRuns: 500 },
    );
  });

  it("exist only where the calendar has them", () => {
    fc.assert(
      fc.property(dayNumbers, (day) => {
        expect(precisionOf(dateOfDay(day))).toBe("day");
        expect(precisionOf(dateOfDay(day).slice(0, 7))).toBe("month");
        expect(precisionOf(dateOfDay(day).slice(0, 4))).toBe("year");
      }),
    );
    for (const none of ["2026-02-29", "1900-02-29", "2100-02-29", "2026-04-31", "2026-00-01", "2026-01-00", "1899-12-31", "2200-01-01", "2026-13", "26", "2026-1-1", "2026-01-01T", ""])
      expect(precisionOf(none), none).toBeUndefined();
    for (const some of ["2024-02-29", "2000-02-29"]) expect(precisionOf(some), some).toBe("day");
    expect(Array.from({ length: 12 }, (_, index) => daysInMonth(2026, index + 1))).toEqual([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
  });

  it("are as exact as asked, or more", () => {
    const taken = (["day", "month", "year"] as const).map((coarsest) => ["1998", "1998-03", "1998-03-09"].filter((date) => isDate(date, coarsest)));
    expect(taken).toEqual([["1998-03-09"], ["1998-03", "1998-03-09"], ["1998", "1998-03", "1998-03-09"]]);
  });
}); // prettier-ignore

describe("months", () => {
  it("keep the day, or take the month's last", () => {
    expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
    expect(addMonths("2028-01-31", 1)).toBe("2028-02-29");
    expect(addMonths("2026-11-22", 2)).toBe("2027-01-22");
    expect(addMonths("2026-12-31", 6)).toBe("2027-06-30");
    expect(addMonths("2026-01-15", -1)).toBe("2025-12-15");
  });

  it("never skip one", () => {
    fc.assert(
      fc.property(dayNumbers, fc.integer({ min: -24, max: 24 }), (number, months) => {
        const date = dateOfDay(number);
        const later = addMonths(date, months);
        const index = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
        expect(index(later) - index(date)).toBe(months);
        const day = Number(later.slice(8));
        const isLast = addDays(later, 1).endsWith("-01");
        expect(day === Number(date.slice(8)) || (isLast && day < Number(date.slice(8)))).toBe(true);
      }),
    );
  });
});

describe("age in full years", () => {
  it("grows on the birthday and not before", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), fc.integer({ min: 0, max: 100 }), (number, years) => {
        const birth = dateOfDay(number);
        const birthday = `${Number(birth.slice(0, 4)) + years}${birth.slice(4)}`;
        // On 29 February in a common year there is no such day: the age grows with 1 March.
        const on = precisionOf(birthday) === "day" ? birthday : `${birthday.slice(0, 4)}-03-01`;
        expect(fullYears(birth, on)).toBe(years);
        expect(fullYears(birth, addDays(on, -1))).toBe(years - 1);
      }),
    );
  });
});

describe("the date at a place", () => {
  const instants = fc.integer({ min: Date.parse("1990-01-01"), max: Date.parse("2100-01-01") });
  /** Neither place has changed its clocks since 1990. */
  it.each([["Asia/Ho_Chi_Minh", 7], ["Asia/Jakarta", 7], ["Asia/Makassar", 8], ["Asia/Jayapura", 9], ["UTC", 0]] as const)("in %s lies %i hours ahead", (zone, hours) => {
    fc.assert(
      fc.property(instants, (instant) => {
        const expected = new Date(instant + hours * 3_600_000).toISOString().slice(0, 10);
        expect(localDate(instant, zone)).toBe(expected);
        expect(localDate(instantOf(instant), zone)).toBe(expected);
      }),
    );
  });

  it("turns at local midnight, in summer time and in winter time", () => {
    expect(localDate("2026-07-01T21:59:59.999Z", "Europe/Berlin")).toBe("2026-07-01");
    expect(localDate("2026-07-01T22:00:00.000Z", "Europe/Berlin")).toBe("2026-07-02");
    expect(localDate("2026-12-01T22:59:59.999Z", "Europe/Berlin")).toBe("2026-12-01");
    expect(localDate("2026-12-01T23:00:00.000Z", "Europe/Berlin")).toBe("2026-12-02");
    expect(localDate("2026-03-08T04:59:59.999Z", "America/New_York")).toBe("2026-03-07");
    expect(localDate("2026-03-09T04:00:00.000Z", "America/New_York")).toBe("2026-03-09");
  });
}); // prettier-ignore

describe("an instant", () => {
  it("is what a clock writes, and only that", () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.parse("1900-01-01"), max: Date.parse("2199-12-31") }), (at) => {
        expect(isInstant(instantOf(at))).toBe(true);
      }),
    );
    for (const none of ["2026-02-29T00:00:00.000Z", "2026-11-22T24:00:00.000Z", "2026-11-22T07:60:00.000Z", "2026-11-22T07:05:60.000Z", "2026-11-22T07:05:00Z", "2026-11-22T07:05:00.000+07:00", "2026-11-22", "2026-11-22 07:05:00.000Z"])
      expect(isInstant(none), none).toBe(false);
  });
}); // prettier-ignore
