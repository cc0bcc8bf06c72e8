// Takes over what changed in one database, page by page, each page with its checkpoint in one transaction.
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import type { Replica } from "#src/storage/replica.ts";
import type { Attempts } from "./attempts.ts";
import type { Centre, Changes, DatabaseInfo } from "./centre.ts";
import { checkAgainst, type Checkpoint, checkpointValue, readCheckpoint } from "./checkpoint.ts";
import { type Version, versionOf } from "./document.ts";
import type { SyncLog } from "./event-log.ts";
import { instantOf } from "./server-clock.ts";
import type { Forks } from "./forks.ts";
import type { Author } from "./offer.ts";
import { storage } from "./storage-trouble.ts";
import { takeOver } from "./take-over.ts";
import type { Trouble } from "./trouble.ts";

export interface PullDeps {
  readonly centre: Centre;
  readonly replica: Replica;
  readonly attempts: Attempts;
  readonly author: Author;
  readonly forks: Pick<Forks, "seen">;
  readonly log: SyncLog;
}

export interface Pulled {
  readonly changes: number;
  /** Changes the centre still has for us. */
  readonly pending: number;
  /** The centre's time of the answer; milliseconds. */
  readonly at: number;
  /** The centre does not know where we were: it is read from the beginning, and has to be compared then. */
  readonly startedOver?: true;
}
/** Nothing was read yet: all is still to come. */
export const begunAnew: Pulled = { changes: 0, pending: 1, at: 0, startedOver: true };

export interface Pull {
  /**
   * Ok with whether the database is still the one we know; where it is not, reading starts over.
   * @param told what it says of itself, where that is known already
   */
  verify(
    database: string,
    signal: AbortSignal,
    told: DatabaseInfo | undefined,
  ): Promise<Result<boolean, Trouble>>;
  /** One page; `wait` holds the request open until there is a change. */
  page(database: string, wait: boolean, signal: AbortSignal): Promise<Result<Pulled, Trouble>>;
}

export function createPull({ centre, replica, attempts, author, forks, log }: PullDeps): Pull {
  async function keep(
    database: string,
    changes: Changes,
    checkpoint: Checkpoint,
    at: string,
  ): Promise<Result<void, Trouble>> {
    const versions = new Map<string, Version>();
    const forked: string[] = [];
    for (const { doc } of changes.results) {
      const version = doc && versionOf(doc);
      if (!version) continue;
      versions.set(version.id, version);
      if (doc._conflicts?.length) forked.push(version.id);
    }
    const skipped = changes.results.length - versions.size;
    log({ event: "pulled", database, changes: changes.results.length, skipped });
    const kept = await replica.exchange(
      database,
      [...versions.keys()],
      (id, current, place) => {
        const version = versions.get(id);
        if (!version) return undefined;
        const sent = attempts.of(database, id);
        const anew = checkpoint.anew === true;
        return takeOver(current, {
          database,
          version,
          at,
          state: "central",
          attempts: sent,
          author,
          place,
          anew,
        });
      },
      { ...checkpointValue(database, checkpoint), ...forks.seen(database, forked) },
    );
    return kept.ok ? kept : err(storage(kept.error));
  }

  async function startOver(database: string, checkpoint: Checkpoint): Promise<Result<void, Trouble>> {
    log({ event: "startOver", database });
    return keepCheckpoint(database, checkpoint);
  }

  async function keepCheckpoint(database: string, checkpoint: Checkpoint): Promise<Result<void, Trouble>> {
    const value = checkpointValue(database, checkpoint);
    const kept = await replica.exchange(database, [], () => undefined, value);
    return kept.ok ? kept : err(storage(kept.error));
  }

  /** Read from the beginning since the centre last took a place that it had given. */
  const restarted = new Set<string>();

  async function restart(
    database: string,
    checkpoint: Checkpoint,
    trouble: Trouble,
  ): Promise<Result<Pulled, Trouble>> {
    // It does not take its own last word either: not at once again.
    if (restarted.delete(database)) return err(trouble);
    restarted.add(database);
    const begun = await startOver(database, { ...checkpoint, since: "0", anew: true });
    return begun.ok ? ok(begunAnew) : begun;
  }

  return {
    async verify(database, signal, told) {
      const info = told ? ok({ body: told }) : await centre.describe(database, signal);
      if (!info.ok) return info;
      const before = readCheckpoint(replica, database);
      const checked = checkAgainst(before, info.value.body);
      const isSame = checked.anew === before.anew;
      if (isSame && checked.instance === before.instance) return ok(true);
      const kept = await (isSame ? keepCheckpoint : startOver)(database, checked);
      return kept.ok ? ok(isSame) : kept;
    },

    async page(database, wait, signal) {
      const checkpoint = readCheckpoint(replica, database);
      const answer = await centre.changes(database, checkpoint.since, wait, signal);
      if (!answer.ok) {
        const isUnknown = isUnknownSequence(answer.error) && checkpoint.since !== "0";
        return isUnknown ? restart(database, checkpoint, answer.error) : answer;
      }
      if (checkpoint.since !== "0") restarted.delete(database);
      const { body, at } = answer.value;
      const changes = body.results.length;
      // Given up meanwhile: whoever did so must not find rows afterwards that he did not know of.
      if (signal.aborted) return err({ kind: "stopped" });
      // Behind the place that was asked for comes another one: this is an old answer, which somebody between has kept.
      if (changes > 0 && body.last_seq === checkpoint.since)
        return body.pending ? err({ kind: "notTheCentre" }) : ok({ changes: 0, pending: 0, at });
      if (changes > 0) {
        const next = { ...checkpoint, since: body.last_seq };
        const kept = await keep(database, body, next, instantOf(at));
        if (!kept.ok) return kept;
      }
      return ok({ changes, pending: changes === 0 ? 0 : (body.pending ?? 1), at });
    },
  };
}

/** A checkpoint from another life of the database. A database that is gone answers 404 from its beginning too. */
function isUnknownSequence(trouble: Trouble): boolean {
  return trouble.kind === "status" && (trouble.status === 400 || trouble.status === 404);
}
