// The exchange with one database: whether it is still the one we know, then what waits, what came, and what the front door does.
import { ok, type Result } from "#src/domain/ports/result.ts";
import type { Standing } from "./changed.ts";
import { isToCompare, readCheckpoint } from "./checkpoint.ts";
import { compare, type CompareDeps, endComparison } from "./compare.ts";
import type { SyncLog } from "./event-log.ts";
import type { Forks } from "./forks.ts";
import type { HeldWords } from "./held-words.ts";
import type { MovedCases } from "./moved-cases.ts";
import { begunAnew, type Pull, type Pulled } from "./pull.ts";
import type { Push } from "./push.ts";
import type { ServerClock } from "./server-clock.ts";
import type { Transfers } from "./transfers.ts";
import type { Trouble } from "./trouble.ts";

export interface OneDatabaseDeps extends CompareDeps {
  readonly pull: Pull;
  readonly push: Push;
  readonly forks: Forks;
  readonly movedCases: MovedCases;
  readonly transfers: Transfers;
  readonly heldWords: HeldWords;
  readonly clock: Pick<ServerClock, "now">;
  /** The device's own clock; milliseconds since 1970. */
  readonly deviceNow: () => number;
  readonly log: SyncLog;
}

/**
 * So long a database is taken for the one as which it last described itself. It may be put back while nothing asks it: between
 * two requests, or while the app stands still.
 */
const trustedMs = 120_000;
const freshMs = 30_000;

/** Told of each page: how many changes came, and how many the centre still has. */
export type Moved = (changes: number, pending: number) => void;

export interface OneDatabase {
  /**
   * Everything; ok with how many rows the centre wants later, or must be asked about again.
   * @param standing what the centre says of it, where that is known already
   */
  exchange(
    database: string,
    signal: AbortSignal,
    moved: Moved,
    standing?: Standing,
  ): Promise<Result<number, Trouble>>;
  /** Ok with whether it is still the one we know; asked where that was not told a short while ago. */
  verify(database: string, signal: AbortSignal, standing?: Standing): Promise<Result<boolean, Trouble>>;
  /** Only what waits here; `alsoPull`: nobody follows it, so look for our own revisions at once. */
  sendOut(database: string, signal: AbortSignal, alsoPull: boolean): Promise<Result<number, Trouble>>;
  /** What comes next, waited for while nothing does; for a database that has been exchanged, and that nobody else reads meanwhile. */
  next(database: string, signal: AbortSignal): Promise<Result<Pulled, Trouble>>;
  /** Something here is to be sent, or done by the front door. */
  waits(database: string): boolean;
  /** The front door is to do something for us of it. */
  waitsForDoor(database: string): boolean;
  /** Nothing is to be fetched from it, and nothing to be told to it. */
  isQuiet(database: string, standing: Standing | undefined): boolean;
  /** It may have been put back or made anew meanwhile; without a name, any of them. */
  doubt(database?: string): void;
}

export function createOneDatabase(deps: OneDatabaseDeps): OneDatabase {
  const { replica, pull, push, forks, movedCases, transfers, heldWords, clock, deviceNow } = deps;
  /** When each described itself, since the centre was last out of reach. */
  const describedAt = new Map<string, number>();

  function isTrusted(database: string): boolean {
    const age = deviceNow() - (describedAt.get(database) ?? Number.NaN);
    return age >= 0 && age < trustedMs;
  }

  /** What was said a moment ago counts: stores that answer in turns must not send a device from one to the other without a pause. */
  function doubtOthers(now: number): void {
    for (const [database, at] of describedAt) if (Math.abs(now - at) > freshMs) describedAt.delete(database);
  }

  /** Ok with whether it is still the one we know. Where it is not, the others are perhaps not either. */
  async function verify(
    database: string,
    signal: AbortSignal,
    standing?: Standing,
  ): Promise<Result<boolean, Trouble>> {
    if (!standing && isTrusted(database)) return ok(true);
    const now = deviceNow();
    const checked = await pull.verify(database, signal, standing);
    if (!checked.ok) return checked;
    if (!checked.value) doubtOthers(now);
    describedAt.set(database, now);
    return checked;
  }

  async function page(
    database: string,
    wait: boolean,
    signal: AbortSignal,
  ): Promise<Result<Pulled, Trouble>> {
    const pulled = await pull.page(database, wait, signal);
    if (pulled.ok && pulled.value.startedOver) doubtOthers(deviceNow());
    return pulled;
  }

  async function pullAll(
    database: string,
    signal: AbortSignal,
    moved: Moved,
  ): Promise<Result<void, Trouble>> {
    for (;;) {
      const pulled = await page(database, false, signal);
      if (!pulled.ok) return pulled;
      moved(pulled.value.changes, pulled.value.pending);
      if (pulled.value.pending === 0) return ok(undefined);
    }
  }

  async function compareAll(
    database: string,
    signal: AbortSignal,
    moved: Moved,
  ): Promise<Result<void, Trouble>> {
    while (isToCompare(replica, database)) {
      const { suspected = 0 } = readCheckpoint(replica, database);
      const compared = await compare(database, deps, signal);
      if (!compared.ok) return compared;
      const pulled = await pullAll(database, signal, moved);
      if (!pulled.ok) return pulled;
      const ended = await endComparison(database, replica, suspected, clock.now());
      if (!ended.ok) return ended;
    }
    return ok(undefined);
  }

  /** What the front door does for us: puts versions together, brings on what is of cases that moved, goes on with transfers, keeps what others do not bring. */
  async function askDoor(database: string, signal: AbortSignal): Promise<Result<number, Trouble>> {
    let later = 0;
    for (const ask of [forks.mend, movedCases.bringOn, transfers.goOn, heldWords.handIn]) {
      const done = await ask(database, signal);
      if (!done.ok && !isAskedTooMuch(done.error)) return done;
      later += done.ok ? done.value : 1;
    }
    return ok(later);
  }

  /** By this account, perhaps on another device (`pace.ts`): it comes later, and records go and come meanwhile. */
  const isAskedTooMuch = (trouble: Trouble) => trouble.kind === "status" && trouble.status === 429;

  const hasOutbox = (database: string) => replica.outbox(database).length > 0;
  const waitsForDoor = (database: string) =>
    forks.pending(database).length > 0 ||
    movedCases.waits(database) ||
    transfers.waits(database) ||
    heldWords.waits(database);
  const waits = (database: string) => hasOutbox(database) || waitsForDoor(database);

  function isQuiet(database: string, standing: Standing | undefined): boolean {
    if (!standing || standing.changed || isToCompare(replica, database)) return false;
    return !waits(database);
  }

  return {
    verify,

    async exchange(database, signal, moved, standing) {
      const known = await verify(database, signal, standing);
      if (!known.ok) return known;
      if (isQuiet(database, standing)) return ok(0);
      const sent = await push.send(database, signal);
      if (!sent.ok) return sent;
      const pulled = await pullAll(database, signal, moved);
      if (!pulled.ok) return pulled;
      const compared = await compareAll(database, signal, moved);
      if (!compared.ok) return compared;
      const done = await askDoor(database, signal);
      return done.ok ? ok(sent.value + done.value) : done;
    },

    async sendOut(database, signal, alsoPull) {
      const sent = await push.send(database, signal);
      if (!sent.ok) return sent;
      const done = await askDoor(database, signal);
      if (!done.ok) return done;
      const pulled = alsoPull ? await pullAll(database, signal, () => undefined) : ok(undefined);
      return pulled.ok ? ok(sent.value + done.value) : pulled;
    },

    async next(database, signal) {
      const known = await verify(database, signal);
      if (!known.ok) return known;
      return known.value ? page(database, true, signal) : ok(begunAnew);
    },

    waits,
    waitsForDoor,
    isQuiet,

    doubt(database) {
      if (database === undefined) describedAt.clear();
      else describedAt.delete(database);
    },
  };
}
