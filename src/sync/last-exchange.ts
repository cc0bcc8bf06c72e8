// When everything was last exchanged, kept over restarts without a write for every sign of life.
import { directoryDatabase } from "#src/domain/record/databases.ts";
import type { Replica } from "#src/storage/replica.ts";
import { firstExchangeName } from "#src/domain/ports/exchange.ts";
import { instantOf } from "./server-clock.ts";

const name = "lastExchangeAt";
/** A value this old on the disk is near enough. */
const worthKeepingMs = 5 * 60_000;

export interface LastExchange {
  /** UTC instant of the centre. */
  readonly at: string | undefined;
  /** @param atMs the centre's time; milliseconds */
  mark(atMs: number): Promise<void>;
}

export function createLastExchange(replica: Replica): LastExchange {
  const stored = replica.local(name);
  let at = typeof stored === "string" ? stored : undefined;
  let keptMs = at === undefined ? Number.NEGATIVE_INFINITY : Date.parse(at);
  return {
    get at() {
      return at;
    },
    async mark(atMs) {
      at = instantOf(atMs);
      const isFirst = replica.local(firstExchangeName) === undefined;
      if (!isFirst && Math.abs(atMs - keptMs) < worthKeepingMs) return;
      keptMs = atMs;
      // A full disk costs this hint only; the next record to be kept will say so.
      const marks = { [name]: at, ...(isFirst ? { [firstExchangeName]: at } : {}) };
      await replica.exchange(directoryDatabase, [], () => undefined, marks);
    },
  };
}
