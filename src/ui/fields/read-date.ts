// Understands dates the way people write them, and writes them back the same way.
import { addMonths, isDate, precisionOf } from "#src/domain/record/dates.ts";
import type { DateField } from "#src/domain/record/field.ts";

export type DateProblem = "notUnderstood" | "tooCoarse";
export type ReadDate =
  | { readonly date: string }
  | { readonly problem: DateProblem }
  /** Nothing was typed. */
  | { readonly empty: true };

const two = (text: string) => text.padStart(2, "0");

/** `98` → 1998 or 2098: the nearest year on the usual side of today. */
function fullYear(text: string, usual: DateField["usual"], today: string): string {
  if (text.length === 4) return text;
  const thisYear = Number(today.slice(0, 4));
  const year = Math.floor(thisYear / 100) * 100 + Number(text);
  if (usual === "past") return String(year > thisYear ? year - 100 : year);
  return String(year < thisYear ? year + 100 : year);
}

/** `22/11` without a year: the nearest such day on the usual side of today, today included. */
function withoutYear(day: string, month: string, usual: DateField["usual"], today: string): string {
  const inThisYear = `${today.slice(0, 4)}-${two(month)}-${two(day)}`;
  if (precisionOf(inThisYear) !== "day") return inThisYear;
  if (usual === "past") return inThisYear > today ? addMonths(inThisYear, -12) : inThisYear;
  return inThisYear < today ? addMonths(inThisYear, 12) : inThisYear;
}

function candidate(text: string, usual: DateField["usual"], today: string): string | undefined {
  if (/^\d{4}(-\d{1,2}){0,2}$/.test(text)) return text.split("-").map(two).join("-");
  // A numeric keypad may have no separator at all.
  const [, d8, m8, y8] = /^(\d{2})(\d{2})(\d{4})$/.exec(text) ?? [];
  if (d8 && m8 && y8) return `${y8}-${m8}-${d8}`;
  const [, m6, y6] = /^(\d{2})(\d{4})$/.exec(text) ?? [];
  if (m6 && y6) return `${y6}-${m6}`;
  const parts = text.split(/[\s/.-]+/);
  const [first = "", second = "", third] = parts;
  if (parts.length > 3 || !parts.every((part) => /^\d+$/.test(part)) || first.length > 2) return undefined;
  if (third !== undefined) {
    const plausible = second.length <= 2 && (third.length === 4 || third.length === 2);
    return plausible ? `${fullYear(third, usual, today)}-${two(second)}-${two(first)}` : undefined;
  }
  if (second.length === 4) return `${second}-${two(first)}`;
  return second.length > 0 && second.length <= 2 ? withoutYear(first, second, usual, today) : undefined;
}

/**
 * `22/11/2026`, `22-11-26`, `22 11 2026`, `22112026`, `22/11`, `11/2026`, `2026` and ISO 8601, day before month;
 * `today` is `YYYY-MM-DD`.
 */
export function readDate(
  text: string,
  field: Pick<DateField, "coarsest" | "usual">,
  today: string,
): ReadDate {
  const typed = text.trim();
  if (typed === "") return { empty: true };
  const date = candidate(typed, field.usual, today);
  if (date === undefined || precisionOf(date) === undefined) return { problem: "notUnderstood" };
  return isDate(date, field.coarsest) ? { date } : { problem: "tooCoarse" };
}

/** `2026-11-22` → `22/11/2026`, `2026-11` → `11/2026`, `2026` → `2026`. */
export function writeDate(date: string): string {
  return date.split("-").reverse().join("/");
}
