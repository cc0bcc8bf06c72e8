// How long to wait before the next try: longer after each failure, never in step with other devices.
import type { Trouble } from "./trouble.ts";

const firstMs = 1_000;
const longestMs = 5 * 60_000;
/** A phone on the move: nobody is burdened by the try, and coverage may last for a minute only. */
const longestUnreachableMs = 30_000;
/** Longer nobody is left alone for one word of a server, which may be a wrong date; and no timer of a browser lasts for years. */
const longestAskedMs = 60 * 60_000;
/** CouchDB forgets wrong passwords after five minutes; asking sooner would only lengthen the lock. */
const lockedOutMs = 5 * 60_000;

/**
 * Milliseconds until the next try.
 * @param failures tries that failed one after the other, from 1
 * @param chance evenly spread from 0 to 1
 */
export function waitBeforeRetry(failures: number, trouble: Trouble, chance: number): number {
  const longest = trouble.kind === "unreachable" ? longestUnreachableMs : longestMs;
  const growing = Math.min(longest, firstMs * 2 ** Math.min(failures - 1, 20));
  const jittered = growing * (0.5 + chance / 2);
  const asked = "waitMs" in trouble ? Math.min(trouble.waitMs ?? 0, longestAskedMs) : 0;
  const least = trouble.kind === "lockedOut" ? Math.max(asked, lockedOutMs) : asked;
  // After a wait that the centre set, many devices would come at the same moment: spread them behind it.
  return Math.round(least > jittered ? least + chance * Math.min(firstMs * 10, least) : jittered);
}

/** Milliseconds that a `Retry-After` header asks for (RFC 9110 §10.2.3), as seconds or as a date. */
export function retryAfterMs(header: string | null, serverNow: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,6}$/.test(header.trim())) return Number(header) * 1000;
  const until = Date.parse(header);
  return Number.isNaN(until) ? undefined : Math.max(0, until - serverNow);
}
