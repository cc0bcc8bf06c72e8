// Goes on with transfers that were broken off: when the service starts, and from time to time.
import { resumeOpenTransfers } from "#server/front-door/transfers-door.ts";
import type { TransfersDeps } from "#server/front-door/transfers.ts";

/** Between two looks. Devices ask as soon as something has happened; this is for what was broken off. */
const EVERY_MS = 10 * 60_000;

export interface Timers {
  /** Calls back again and again; returns how to stop. */
  every: (ms: number, ring: () => void) => () => void;
}

/** @param failed told why one could not go on now. @returns how to stop: what is being done is done to its end */
export function resumeTransfersForEver(
  deps: TransfersDeps,
  failed: (error: unknown) => void,
  { every }: Timers,
): () => Promise<void> {
  let running: Promise<void> | undefined;
  const look = () => {
    running ??= resumeOpenTransfers(deps, failed)
      .catch(failed)
      .finally(() => {
        running = undefined;
      });
  };
  look();
  const stop = every(EVERY_MS, look);
  return async () => {
    stop();
    await running;
  };
}

export const realTimers: Timers = {
  every(ms, ring) {
    const timer = setInterval(ring, ms);
    timer.unref();
    return () => {
      clearInterval(timer);
    };
  },
};
