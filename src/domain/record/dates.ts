// Dates and instants as records hold them (D17): what is a real one, and what lies between two.

const partial = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** How exact a date is; undefined when it is not a date between the years 1900 and 2199. */
export function precisionOf(text: string): "year" | "month" | "day" | undefined {
  const [, yearText, monthText, dayText] = partial.exec(text) ?? [];
  const year = Number(yearText);
  if (!yearText || year < 1900 || year > 2199) return undefined;
  if (!monthText) return "year";
  const month = Number(monthText);
  if (month < 1 || month > 12) return undefined;
  if (!dayText) return "month";
  const day = Number(dayText);
  return day >= 1 && day <= daysInMonth(year, month) ? "day" : undefined;
}

const exactness = { year: 0, month: 1, day: 2 } as const;

export function isDate(text: string, coarsest: "day" | "month" | "year"): boolean {
  const precision = precisionOf(text);
  return precision !== undefined && exactness[precision] >= exactness[coarsest];
}

/** `2026-11-22T07:05:00.000Z`, with a real date and time in it. */
export function isInstant(text: string): boolean {
  if (!instantPattern.test(text) || precisionOf(text.slice(0, 10)) !== "day") return false;
  return (
    Number(text.slice(11, 13)) < 24 && Number(text.slice(14, 16)) < 60 && Number(text.slice(17, 19)) < 60
  );
}

/** The instant of so many milliseconds since 1970. */
export function instantOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

const zones = new Map<string, string>();
/** The zone itself where this browser knows it, else the device's own: one odd name must not stop every screen. */
export function knownTimeZone(timeZone: string): string {
  let known = zones.get(timeZone);
  if (known === undefined) {
    try {
      known = new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
    } catch {
      known = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    }
    zones.set(timeZone, known);
  }
  return known;
}

/** The date at a place, `YYYY-MM-DD`; `timeZone` is an IANA name. */
export function localDate(instant: string | number, timeZone: string): string {
  let known = dates.get(timeZone);
  if (!known) dates.set(timeZone, (known = new Map<string | number, string>()));
  let date = known.get(instant);
  if (date === undefined) {
    date = dateParts(new Date(instant), timeZone);
    if (known.size >= mostDates) known.clear();
    known.set(instant, date);
  }
  return date;
}

// A supervisor's lists ask for the same few thousand instants after every save.
const dates = new Map<string, Map<string | number, string>>();
const mostDates = 20_000;

function dateParts(instant: Date, timeZone: string): string {
  const format = formatter(timeZone);
  const text = format.format(instant);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  // Some browsers write this locale in another order; taking it apart costs four times as much.
  const parts = format.formatToParts(instant);
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

// Making a formatter costs far more than using one, and lists ask thousands of times.
const formatters = new Map<string, Intl.DateTimeFormat>();
function formatter(timeZone: string): Intl.DateTimeFormat {
  let known = formatters.get(timeZone);
  if (!known) {
    const zone = knownTimeZone(timeZone);
    known = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    });
    formatters.set(timeZone, known);
  }
  return known;
}

/** A full date so many days later (or earlier). */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The same day so many months later; the month's last day where it has no such day. */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const index = year * 12 + (month - 1) + months;
  const toYear = Math.floor(index / 12);
  const toMonth = (index % 12) + 1;
  const toDay = Math.min(day, daysInMonth(toYear, toMonth));
  return [toYear, String(toMonth).padStart(2, "0"), String(toDay).padStart(2, "0")].join("-");
}

/** Whole days from one full date to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** Full years from one full date to another, negative when `to` is earlier; an age, where the first is a birth date. */
export function fullYears(from: string, to: string): number {
  const isBefore = to.slice(5) < from.slice(5);
  return Number(to.slice(0, 4)) - Number(from.slice(0, 4)) - (isBefore ? 1 : 0);
}
