// Time that passes only when a test lets it: timers ring in order, and everything they cause has happened before the next.
import type { After } from "#src/sync/timers.ts";

export interface VirtualTime {
  /** Milliseconds since 1970; the true time. */
  now(): number;
  readonly after: After;
  /** Lets so much time pass. */
  pass(ms: number): Promise<void>;
  /** Lets everything happen that needs no time. */
  settle(): Promise<void>;
  /** Real work (a password hash) that must be waited for before time goes on. */
  busy<T>(work: Promise<T>): Promise<T>;
}

/** The same with real time, for tests over real sockets. */
export const realTime: VirtualTime = {
  now: () => Date.now(),
  after(delayMs, ring) {
    const timer = setTimeout(ring, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
  pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  settle: () => new Promise((resolve) => setTimeout(resolve, 20)),
  busy: (work) => work,
};

const turnsOfRealParts = 4;

/**
 * @param quietTurns so many turns of the event loop without work end what needs no time; one is enough where nothing but
 *   promises is waited for
 */
export function createVirtualTime(
  start = Date.parse("2026-11-22T08:00:00.000Z"),
  quietTurns = turnsOfRealParts,
): VirtualTime {
  let now = start;
  let order = 0;
  let working = 0;
  const timers = new Map<number, { at: number; order: number; ring: () => void }>();

  async function settle(): Promise<void> {
    for (let quiet = 0; quiet < quietTurns;) {
      await new Promise((resolve) => setImmediate(resolve));
      quiet = working > 0 ? 0 : quiet + 1;
    }
  }

  /** Of several at one moment the one that was set first: they stand in that order. */
  function earliest() {
    let found: { at: number; order: number; ring: () => void } | undefined;
    for (const timer of timers.values()) if (!found || timer.at < found.at) found = timer;
    return found;
  }

  return {
    now: () => now,
    after(delayMs, ring) {
      const timer = { at: now + Math.max(0, delayMs), order: (order += 1), ring };
      timers.set(timer.order, timer);
      return () => {
        timers.delete(timer.order);
      };
    },
    async pass(ms) {
      const until = now + ms;
      for (;;) {
        await settle();
        const next = earliest();
        if (!next || next.at > until) break;
        timers.delete(next.order);
        now = next.at;
        next.ring();
      }
      now = until;
    },
    settle,
    async busy(work) {
      working += 1;
      try {
        return await work;
      } finally {
        working -= 1;
      }
    },
  };
}
