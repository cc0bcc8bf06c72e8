// Between the clock on the wall at a place and UTC.
import { instantOf, knownTimeZone, localDate } from "#src/domain/record/dates.ts";

/** "16:42", "16.42", "1642", "9:05" or "9" → `HH:MM`; undefined for anything else. */
export function readTime(text: string): string | undefined {
  const [, hours, minutes = "00"] =
    /^(\d{1,2})(?:\s*[:.h]\s*(\d{2})?)?$/i.exec(text.trim()) ?? /^(\d{2})(\d{2})$/.exec(text.trim()) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return `${hours.padStart(2, "0")}:${minutes}`;
}

/** Time of day at a place, `HH:MM`. */
export function localTime(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: knownTimeZone(timeZone),
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(new Date(instant));
}

/** The UTC instant at which the clock at a place shows this date and time; ISO 8601. */
export function instantAt(date: string, time: string, timeZone: string): string {
  const wanted = Date.parse(`${date}T${time}:00Z`);
  const shownAt = (moment: number) => {
    const instant = instantOf(moment);
    return Date.parse(`${localDate(instant, timeZone)}T${localTime(instant, timeZone)}:00Z`);
  };
  const guess = wanted - (shownAt(wanted) - wanted);
  // Once more, for a guess that fell on the other side of a change of the clocks.
  return instantOf(guess - (shownAt(guess) - wanted));
}
