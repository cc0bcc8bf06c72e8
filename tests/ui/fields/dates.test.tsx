// @vitest-environment jsdom
// Dates as people write them: what is understood, shown in words, one tap away, and never stored wrong.
import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { daysInMonth, isDate } from "#src/domain/record/dates.ts";
import { readDate, writeDate } from "#src/ui/fields/read-date.ts";
import { instantAt, localTime, readTime } from "#src/ui/fields/zoned-time.ts";
import { localDate } from "#src/domain/record/dates.ts";
import { ask } from "#tests/support/on-screen.tsx";

const today = "2026-11-22";
const past = { coarsest: "year", usual: "past" } as const;
const future = { coarsest: "day", usual: "future" } as const;

const two = (number: number) => String(number).padStart(2, "0");
const someDate = fc
  .tuple(
    fc.integer({ min: 1900, max: 2199 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 31 }),
  )
  .map(([year, month, day]) => `${year}-${two(month)}-${two(Math.min(day, daysInMonth(year, month)))}`);
const ofAnyPrecision = fc
  .tuple(someDate, fc.constantFrom(4, 7, 10))
  .map(([date, length]) => date.slice(0, length));

describe("reading a date", () => {
  it.each([
    ["22/11/2026", "2026-11-22"],
    ["22-11-2026", "2026-11-22"],
    ["22.11.2026", "2026-11-22"],
    ["22 11 2026", "2026-11-22"],
    ["22112026", "2026-11-22"],
    [" 2/1/2026 ", "2026-01-02"],
    ["2026-11-22", "2026-11-22"],
    ["11/2026", "2026-11"],
    ["112026", "2026-11"],
    ["2026-11", "2026-11"],
    ["1998", "1998"],
    ["2/3/98", "1998-03-02"],
    ["2/3/25", "2025-03-02"],
    ["21/11", "2026-11-21"],
    ["23/11", "2025-11-23"],
  ])("understands %j among past dates as %s", (text, date) => {
    expect(readDate(text, past, today)).toEqual({ date });
  });

  it.each([
    ["25/11", "2026-11-25"],
    ["3/1", "2027-01-03"],
    ["22/11", "2026-11-22"],
    ["1/12/26", "2026-12-01"],
  ])("understands %j among future dates as %s", (text, date) => {
    expect(readDate(text, future, today)).toEqual({ date });
  });

  it.each(["31/2/2026", "22/13/2026", "hôm qua", "1/1/1850", "22/11/20261", "29/2/2025", "98", "1/2/3/2026"])(
    "does not guess what %j means",
    (text) => {
      expect(readDate(text, past, today)).toEqual({ problem: "notUnderstood" });
    },
  );

  it("asks for the day where a month will not do", () => {
    expect(readDate("11/2026", future, today)).toEqual({ problem: "tooCoarse" });
  });

  it("reads back what it writes, in every precision", () => {
    fc.assert(
      fc.property(ofAnyPrecision, (date) => {
        expect(readDate(writeDate(date), past, today)).toEqual({ date });
      }),
    );
  });

  it("never gives a date that is none, whatever is typed", () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from("0123456789/-. a")), maxLength: 12 });
    fc.assert(
      fc.property(text, fc.constantFrom(past, future), (typed, field) => {
        const read = readDate(typed, field, today);
        expect("date" in read ? isDate(read.date, field.coarsest) : true).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("time at a place", () => {
  it("comes back as it was typed, through UTC, in any zone", () => {
    const zone = fc.constantFrom("Asia/Ho_Chi_Minh", "Asia/Jayapura", "Asia/Kathmandu", "America/New_York");
    const minutes = fc.integer({ min: 0, max: 24 * 60 - 1 });
    fc.assert(
      fc.property(
        someDate.filter((date) => date > "1990"),
        minutes,
        zone,
        (date, minute, timeZone) => {
          const time = `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
          const instant = instantAt(date, time, timeZone);
          const back = `${localDate(instant, timeZone)} ${localTime(instant, timeZone)}`;
          // One hour a year does not exist where the clocks are put forward.
          fc.pre(timeZone !== "America/New_York" || !time.startsWith("02:"));
          expect(back).toBe(`${date} ${time}`);
          expect(back).toBe(`${date} ${time}`);
        },
      ),
    );
  });

  it.each([
    ["16:42", "16:42"],
    ["16.42", "16:42"],
    ["9h05", "09:05"],
    ["9h", "09:00"],
    ["0942", "09:42"],
    ["7", "07:00"],
  ])("reads %j as %s", (text, time) => {
    expect(readTime(text)).toBe(time);
  });

  it.each(["24:00", "9:60", "chiều", "9:5", ""])("does not read %j", (text) => {
    expect(readTime(text)).toBeUndefined();
  });
});

describe("a date on the screen", () => {
  const box = () => screen.getByRole<HTMLInputElement>("textbox");

  it("shows in words what was understood, and is tidied on leaving", async () => {
    const { kept } = await ask("person", "birthDate");
    await userEvent.type(box(), "3-1998");
    expect(kept.values).toEqual({ birthDate: "1998-03" });
    expect(screen.getByRole("status").textContent).toBe("tháng 3 năm 1998");
    await userEvent.tab();
    expect(box().value).toBe("03/1998");
  });

  it("speaks the reader's language", async () => {
    await ask("followup", "doneOn", { start: { doneOn: "2026-11-22" }, locale: "id" });
    expect(screen.getByRole("status").textContent).toBe("Minggu, 22 November 2026");
  });

  it("is written out in Vietnamese as offices write it", async () => {
    await ask("followup", "doneOn", { start: { doneOn: "2026-11-22" } });
    expect(screen.getByRole("status").textContent).toBe("Chủ nhật, ngày 22 tháng 11 năm 2026");
  });

  it("is one tap for the usual answers", async () => {
    const { kept } = await ask("case", "nextContactOn");
    await userEvent.click(screen.getByRole("button", { name: "Sau 1 tuần" }));
    expect(kept.values).toEqual({ nextContactOn: "2026-11-29" });
    expect(box().value).toBe("29/11/2026");
    expect(screen.getByRole("button", { name: "Sau 1 tuần", pressed: true })).not.toBeNull();
  });

  it("that is none says so, keeps what was typed and is no answer", async () => {
    const { kept } = await ask("followup", "dueOn");
    await userEvent.type(box(), "31/02/2026");
    await userEvent.tab();
    // With the form, as it was typed: to be put right, and in no record.
    expect(kept.values).toEqual({ typed: { dueOn: "31/02/2026" } });
    expect(box().value).toBe("31/02/2026");
    expect(screen.getByRole("alert").textContent).toBe("Ngày không hợp lệ. Hãy ghi như 22/11/2026.");
  });
});

describe("half a date", () => {
  it("is no mistake while it is typed, and is one when it is left", async () => {
    await ask("followup", "dueOn");
    await userEvent.type(screen.getByRole("textbox"), "98");
    expect(screen.queryByRole("alert")).toBeNull();
    await userEvent.tab();
    expect(screen.getByRole("alert").textContent).toContain("Ngày không hợp lệ");
  });
});

describe("a moment on the screen", () => {
  it("is the clock at the site, stored in UTC", async () => {
    const { kept } = await ask("urgentAction", "doneAt");
    await userEvent.type(screen.getByLabelText("Ngày"), "22/11/2026");
    await userEvent.type(screen.getByLabelText("Giờ"), "8h30");
    expect(kept.values).toEqual({ doneAt: "2026-11-22T01:30:00.000Z" });
    expect(screen.getByRole("status").textContent).toContain("08:30");
  });

  it.each([
    ["id", "Tanggal", "Jam", "09.16"],
    ["vi", "Ngày", "Giờ", "09:16"],
    ["en", "Date", "Time", "09:16"],
  ] as const)(
    "in %s has one way of writing times, and takes both",
    async (locale, dayLabel, label, shown) => {
      const { kept } = await ask("urgentAction", "doneAt", { locale });
      await userEvent.type(screen.getByLabelText(dayLabel), "22/11/2026");
      for (const typed of ["09:16", "9.16"]) {
        await userEvent.clear(screen.getByLabelText(label));
        await userEvent.type(screen.getByLabelText(label), typed);
        await userEvent.tab();
        expect(kept.values, typed).toEqual({ doneAt: "2026-11-22T02:16:00.000Z" });
        expect(screen.getByLabelText<HTMLInputElement>(label).value).toBe(shown);
        expect(screen.getByRole("status").textContent).toContain(shown);
      }
    },
  );

  it("is one tap for now", async () => {
    const { kept } = await ask("urgentAction", "doneAt");
    await userEvent.click(screen.getByRole("button", { name: "Bây giờ" }));
    expect(kept.values).toEqual({ doneAt: "2026-11-22T09:42:00.000Z" });
    expect(screen.getByLabelText<HTMLInputElement>("Giờ").value).toBe("16:42");
  });
});
