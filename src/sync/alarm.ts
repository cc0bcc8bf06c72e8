// When the next round is due by itself: one moment at a time.
import type { SyncLog } from "./event-log.ts";
import type { After } from "./timers.ts";

export interface Alarm {
  /** In place of what was due so far. */
  set(delayMs: number): void;
  /** As `set`, unless something is due sooner: that may be the poll of others' work. */
  setSooner(delayMs: number): void;
  callOff(): void;
}

export interface AlarmDeps {
  readonly after: After;
  /** The device's own clock; milliseconds since 1970. */
  readonly deviceNow: () => number;
  readonly ring: () => void;
  readonly log: SyncLog;
}

export function createAlarm({ after, deviceNow, ring, log }: AlarmDeps): Alarm {
  let callOffTimer = (): void => undefined;
  let dueAtMs = Number.POSITIVE_INFINITY;

  function callOff(): void {
    callOffTimer();
    dueAtMs = Number.POSITIVE_INFINITY;
  }

  function set(delayMs: number): void {
    callOff();
    log({ event: "wait", ms: delayMs });
    dueAtMs = deviceNow() + delayMs;
    callOffTimer = after(delayMs, () => {
      dueAtMs = Number.POSITIVE_INFINITY;
      ring();
    });
  }

  return {
    set,
    setSooner(delayMs) {
      if (dueAtMs > deviceNow() + delayMs) set(delayMs);
    },
    callOff,
  };
}
