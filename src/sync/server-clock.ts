// What time it is at the centre, learned from the `Date` of its answers (D17).

/** Stored offsets follow the measured one only past this: answers come late by a second or two. */
const worthStoringMs = 5_000;

export const offsetName = "clockOffset";

export interface ServerClock {
  /** An answer said `serverMs` when the device's clock said `deviceMs`. */
  heard(serverMs: number, deviceMs: number): void;
  /** Milliseconds since 1970 at the centre, as well as we know. */
  now(): number;
  /** Milliseconds to add to the device's clock. */
  readonly offsetMs: number;
  /** The offset where it must be stored anew, else undefined. */
  unstored(): number | undefined;
  /** No offset was ever stored: what waits was stamped by the device's clock alone. */
  isFirstContact(): boolean;
}

export function createServerClock(now: () => number, stored: () => unknown): ServerClock {
  let measured: number | undefined;
  const kept = () => {
    const value = stored();
    return typeof value === "number" ? value : undefined;
  };
  const offset = () => measured ?? kept() ?? 0;
  return {
    heard(serverMs, deviceMs) {
      measured = serverMs - deviceMs;
    },
    now: () => now() + offset(),
    get offsetMs() {
      return offset();
    },
    unstored() {
      const known = kept();
      if (measured === undefined) return undefined;
      return known === undefined || Math.abs(measured - known) > worthStoringMs ? measured : undefined;
    },
    isFirstContact: () => kept() === undefined,
  };
}

export const instantOf = (ms: number): string => new Date(ms).toISOString();
