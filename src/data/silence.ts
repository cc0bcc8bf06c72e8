// After how long without a sign somebody should call: a phone may be lost, or out of reach.
import { daysBetween, localDate } from "#src/domain/record/dates.ts";

const silentDays = 7;

/** @param at UTC instant of the last sign; undefined for none ever. @param now milliseconds since 1970 */
export function isSilent(at: string | undefined, now: number, timeZone: string): boolean {
  if (at === undefined) return true;
  return daysBetween(localDate(at, timeZone), localDate(now, timeZone)) >= silentDays;
}
