// The same work for several databases, one after the other: what stops everything ends it, the trouble of one alone is noted.
import { err, type Result } from "#src/domain/ports/result.ts";
import type { SyncLog } from "./event-log.ts";
import type { OneDatabase } from "./one-database.ts";
import type { Resting } from "./resting.ts";
import type { Session } from "./session.ts";
import { isPerhapsItsOwn, stopsEverything, type Trouble } from "./trouble.ts";

/** How a round ended: what is in order, and the gravest trouble met, if any. */
export interface RoundEnd {
  readonly trouble?: Trouble;
  /** The trouble is one of the whole way: the other databases were not asked. */
  readonly halted?: true;
  /** Databases that can be followed live. */
  readonly sound: readonly string[];
  /** Rows that the centre wants later, or that it must be asked about again. */
  readonly later: number;
}

export interface EachDatabase {
  /** @param work ok with how many rows are to be tried later */
  work(
    databases: readonly string[],
    signal: AbortSignal,
    work: (database: string) => Promise<Result<number, Trouble>>,
  ): Promise<RoundEnd>;
  /** The end of a round that met this before any database. */
  failed(trouble: Trouble): RoundEnd;
}

export interface EachDatabaseDeps {
  readonly session: Pick<Session, "confirm">;
  readonly resting: Resting;
  readonly one: Pick<OneDatabase, "doubt">;
  readonly onBug: (error: unknown) => void;
  readonly log: SyncLog;
}

export function createEachDatabase(deps: EachDatabaseDeps): EachDatabase {
  const { session, resting, one, onBug, log } = deps;

  function report(trouble: Trouble, database?: string): void {
    one.doubt(stopsEverything(trouble) ? undefined : database);
    log({
      event: "trouble",
      kind: trouble.kind,
      ...(database !== undefined && { database }),
      ...(trouble.kind === "status" && { status: trouble.status }),
    });
  }

  /**
   * Whether a trouble that looks like one of the whole way is this database's alone: the centre itself answers. Two in a
   * row are not believed to be.
   */
  async function isItsOwn(trouble: Trouble, before: Trouble | undefined, signal: AbortSignal) {
    if (!isPerhapsItsOwn(trouble) || (before && isPerhapsItsOwn(before))) return false;
    return (await session.confirm(signal)).ok;
  }

  /** What the engine breaks at may lie in this database alone: the others are not to wait for it. */
  async function unlessBroken(
    work: () => Promise<Result<number, Trouble>>,
    signal: AbortSignal,
  ): Promise<Result<number, Trouble>> {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted) return err({ kind: "stopped" });
      onBug(error);
      return err({ kind: "broken" });
    }
  }

  return {
    async work(databases, signal, work) {
      const sound: string[] = [];
      let later = 0;
      let trouble: Trouble | undefined;
      let before: Trouble | undefined;
      for (const database of databases) {
        const rests = resting.troubleOf(database);
        trouble ??= rests;
        if (rests) continue;
        const done = await unlessBroken(() => work(database), signal);
        if (done.ok) {
          resting.worked(database);
          before = undefined;
          sound.push(database);
          later += done.value;
          continue;
        }
        report(done.error, database);
        if (stopsEverything(done.error) && !(await isItsOwn(done.error, before, signal)))
          return { trouble: done.error, halted: true, sound, later };
        resting.failed(database, done.error);
        before = done.error;
        trouble ??= done.error;
      }
      return { ...(trouble && { trouble }), sound, later };
    },

    failed(trouble) {
      report(trouble);
      return { trouble, halted: true, sound: [], later: 0 };
    },
  };
}
