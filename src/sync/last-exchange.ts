// When everything was last exchanged, and when it first was, kept over restarts without a write for every sign of life.
import type { Replica } from "#src/storage/replica.ts";
import { firstExchangeName } from "#src/domain/ports/exchange.ts";
import { instantOf } from "./server-clock.ts";

const name = "lastExchangeAt";
/** A value this old on the disk is near enough. */
const worthKeepingMs = 5 * 60_000;

export interface LastExchange {
  /** UTC instant of the centre. */
  readonly at: string | undefined;
  /** The first one; some sites may have been out of reach in it. */
  readonly firstAt: string | undefined;
  /** @param atMs the centre's time; milliseconds */
  mark(atMs: number): Promise<void>;
  /** All has come but from sites that are in trouble of their own, which may last for weeks. */
  markFirst(atMs: number): Promise<void>;
}

export function createLastExchange(replica: Replica): LastExchange {
  const stored = replica.local(name);
  let at = typeof stored === "string" ? stored : undefined;
  const first = replica.local(firstExchangeName);
  let firstAt = typeof first === "string" ? first : undefined;
  let keptMs = at === undefined ? Number.NEGATIVE_INFINITY : Date.parse(at);
  return {
    get at() {
      return at;
    },
    get firstAt() {
      return firstAt;
    },
    async mark(atMs) {
      at = instantOf(atMs);
      const isFirst = firstAt === undefined;
      firstAt ??= at;
      if (!isFirst && Math.abs(atMs - keptMs) < worthKeepingMs) return;
      keptMs = atMs;
      await keep({ [name]: at, ...(isFirst ? { [firstExchangeName]: at } : {}) });
    },
    async markFirst(atMs) {
      if (firstAt !== undefined) return;
      firstAt = instantOf(atMs);
      await keep({ [firstExchangeName]: firstAt });
    },
  };

  // A full disk costs this hint only; the next record to be kept will say so.
  async function keep(marks: Readonly<Record<string, string>>): Promise<void> {
    await replica.setLocal(marks);
  }
}
