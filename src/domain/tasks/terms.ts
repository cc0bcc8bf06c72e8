// Counting terms: without the first day, and never ending on a day off (Civil Code 2015 art. 147–148, to be verified).
import { addDays, addMonths } from "#src/domain/record/dates.ts";
import type { Clock, Profile } from "#src/domain/profiles/profile.ts";

function isDayOff(date: string, profile: Profile): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  const { days } = profile.daysOff;
  return weekday === 0 || weekday === 6 || days.includes(date) || days.includes(date.slice(5));
}

/** The last day of a term that starts on `from` (a full date); hours count as the days they reach into. */
export function endOfTerm(from: string, clock: Clock, profile: Profile): string {
  if (clock.hours !== undefined) return addDays(from, Math.ceil(clock.hours / 24));
  let end = clock.months === undefined ? addDays(from, clock.days ?? 0) : addMonths(from, clock.months);
  // The product's own reminders end where they end; terms of law move to the next working day.
  if (clock.source.standing !== "ours") while (isDayOff(end, profile)) end = addDays(end, 1);
  return end;
}
