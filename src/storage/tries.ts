// How long to wait after wrong passphrases. Nothing is ever erased: a thief must not be able to destroy intakes.

/** Kept on the disk, so that a restart does not shorten the wait. `lastAt` is the device's clock. */
export interface Tries {
  readonly failed: number;
  readonly lastAt: number;
}

export const noTries: Tries = { failed: 0, lastAt: 0 };

const free = 3;
const longest = 900;
/** Where nothing can be noted, as many count as make the first try wait twenty seconds. */
const leastUnnoted = free + 3;

/** Seconds to wait after so many wrong tries in a row: three are free, then 5, 10, 20 … up to a quarter of an hour. */
const delayAfter = (failed: number): number =>
  failed <= free ? 0 : Math.min(longest, 5 * 2 ** (failed - free - 1));

/**
 * Whether one more try is let in now, and what to keep on the disk before it is made: a try counts as wrong until
 * it has proved right, so that ending the program in the middle gains nothing.
 *
 * A clock that was put back neither shortens the wait nor makes it longer than the delay itself: it starts anew.
 */
export function admitTry(tries: Tries, now: number): { readonly waitSeconds: number; readonly tries: Tries } {
  const since = Math.min(tries.lastAt, now);
  const waitSeconds = Math.ceil(delayAfter(tries.failed) - (now - since) / 1000);
  return waitSeconds > 0
    ? { waitSeconds, tries: { failed: tries.failed, lastAt: since } }
    : { waitSeconds: 0, tries: { failed: tries.failed + 1, lastAt: now } };
}

/** From what to count where a page cannot note tries on the disk: whoever loads it anew begins with the whole wait again. */
export const slowTries = (known: Tries, now: number): Tries => ({
  failed: Math.max(known.failed, leastUnnoted),
  lastAt: now,
});
