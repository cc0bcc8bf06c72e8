// Takes over what changed in one database, page by page, each page with its checkpoint in one transaction.
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import { directoryDatabase } from "#src/domain/record/databases.ts";
import type { Replica } from "#src/storage/replica.ts";
import type { Attempts } from "./attempts.ts";
import type { Centre, Changes, DatabaseInfo } from "./centre.ts";
import {
  type Checkpoint,
  checkpointValue,
  isBehind,
  isMadeAnew,
  isSamePlace,
  isSuspected,
  readCheckpoint,
  suspectedWith,
  suspicion,
} from "./checkpoint.ts";
import { lacksShown } from "./compare.ts";
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
  /** The device's own clock; milliseconds since 1970. */
  readonly deviceNow: () => number;
  readonly log: SyncLog;
}

/** So long a database that comes less far under its old identity, and has what it has shown last, is not read anew for it again. */
const believedMs = 86_400_000;

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

export function createPull(deps: PullDeps): Pull {
  const { centre, replica, attempts, author, forks, deviceNow, log } = deps;
  /** Ok with whether it was kept: what was asked for from another place than this device is at now, is not. */
  async function keep(
    database: string,
    changes: Changes,
    asked: Checkpoint,
    at: string,
  ): Promise<Result<boolean, Trouble>> {
    const versions = new Map<string, Version>();
    const forked: string[] = [];
    for (const { doc } of changes.results) {
      const version = doc && versionOf(doc);
      if (!version) continue;
      versions.set(version.id, version);
      if (doc._conflicts?.length) forked.push(version.id);
    }
    const skipped = changes.results.length - versions.size;
    let isFollowing = false;
    const kept = await replica.exchange(
      database,
      [...versions.keys()],
      (id, current, place) => {
        const version = versions.get(id);
        if (!version) return undefined;
        const sent = attempts.of(database, id);
        const anew = isSuspected(asked);
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
      () => {
        isFollowing = isSamePlace(asked, readCheckpoint(replica, database));
        if (!isFollowing) return undefined;
        const shown = lastShown(asked.shown, changes);
        const checkpoint = checkpointValue(database, { ...asked, since: changes.last_seq, shown });
        return { ...checkpoint, ...forks.seen(database, forked) };
      },
    );
    if (!kept.ok) return err(storage(kept.error));
    if (isFollowing) log({ event: "pulled", database, changes: changes.results.length, skipped });
    return ok(isFollowing);
  }

  /** In one write with whatever else is suspected then: nothing of it may be known alone. */
  async function startOver(database: string, instance?: string): Promise<Result<void, Trouble>> {
    let suspected: readonly string[] = [];
    const kept = await replica.setLocal(() => {
      suspected = suspectedWith(replica, database);
      return suspicion(replica, suspected, { [database]: instance });
    });
    if (!kept.ok) return err(storage(kept.error));
    for (const each of suspected) log({ event: "startOver", database: each });
    return ok(undefined);
  }

  /** Read from the beginning since the centre last took a place that it had given. */
  const restarted = new Set<string>();

  async function restart(database: string, trouble: Trouble): Promise<Result<Pulled, Trouble>> {
    // It does not take its own last word either: not at once again.
    if (restarted.delete(database)) return err(trouble);
    restarted.add(database);
    const begun = await startOver(database);
    return begun.ok ? ok(begunAnew) : begun;
  }

  /** What is suspected already need not be once more, but for the directory, which stands for all that lies here. */
  async function isAnotherOne(
    database: string,
    checkpoint: Checkpoint,
    info: DatabaseInfo,
    signal: AbortSignal,
  ): Promise<Result<boolean, Trouble>> {
    const isKnown = isSuspected(checkpoint) && checkpoint.since === "0" && database !== directoryDatabase;
    if (isMadeAnew(checkpoint, info)) return ok(!isKnown);
    return isPutBackTo(database, checkpoint, info.update_seq, signal);
  }

  /** When each was last read anew though it had all that it had shown. */
  const believedAt = new Map<string, number>();

  /**
   * Under its old identity. What it has shown last may have been brought back by those who wrote it, while the rest is missing;
   * a copy of a cluster that counts otherwise must not have all of it read anew all day.
   */
  async function isPutBackTo(
    database: string,
    checkpoint: Checkpoint,
    seq: string,
    signal: AbortSignal,
  ): Promise<Result<boolean, Trouble>> {
    if (!isBehind(seq, checkpoint.since)) return ok(false);
    const lacks = await lacksShown(database, checkpoint.shown ?? [], centre, signal);
    if (!lacks.ok || lacks.value) return lacks;
    const now = deviceNow();
    const age = now - (believedAt.get(database) ?? Number.NaN);
    if (age >= 0 && age < believedMs) return ok(false);
    believedAt.set(database, now);
    return ok(true);
  }

  return {
    async verify(database, signal, told) {
      const info = told ? ok({ body: told }) : await centre.describe(database, signal);
      if (!info.ok) return info;
      const { body } = info.value;
      const { instance_start_time: instance } = body;
      const before = readCheckpoint(replica, database);
      const isAnother = await isAnotherOne(database, before, body, signal);
      if (!isAnother.ok) return isAnother;
      if (isAnother.value) {
        const begun = await startOver(database, instance);
        return begun.ok ? ok(false) : begun;
      }
      if (before.instance === instance) return ok(true);
      const kept = await replica.setLocal(() =>
        isSamePlace(before, readCheckpoint(replica, database))
          ? checkpointValue(database, { ...before, instance })
          : undefined,
      );
      return kept.ok ? ok(true) : err(storage(kept.error));
    },

    async page(database, wait, signal) {
      const checkpoint = readCheckpoint(replica, database);
      const answer = await centre.changes(database, checkpoint.since, wait, signal);
      if (!answer.ok) {
        const isUnknown = isUnknownSequence(answer.error) && checkpoint.since !== "0";
        return isUnknown ? restart(database, answer.error) : answer;
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
        // Put back between two requests, it goes on from where the copy ends.
        const isPutBack = await isPutBackTo(database, checkpoint, body.last_seq, signal);
        if (!isPutBack.ok) return isPutBack;
        if (isPutBack.value) {
          const begun = await startOver(database);
          return begun.ok ? ok(begunAnew) : begun;
        }
        const kept = await keep(database, body, checkpoint, instantOf(at));
        if (!kept.ok) return kept;
        if (!kept.value) return ok({ changes: 0, pending: 1, at });
      }
      return ok({ changes, pending: changes === 0 ? 0 : (body.pending ?? 1), at });
    },
  };
}

/** As many as make it unlikely that a store which was put back has each of them again. */
const mostShown = 10;

function lastShown(before: Checkpoint["shown"] = [], { results }: Changes): NonNullable<Checkpoint["shown"]> {
  const news = new Map(results.flatMap(({ id, doc }) => (doc ? [[id, doc._rev]] : [])));
  return [...before.filter(([id]) => !news.has(id)), ...news].slice(-mostShown);
}

/** A checkpoint from another life of the database. A database that is gone answers 404 from its beginning too. */
function isUnknownSequence(trouble: Trouble): boolean {
  return trouble.kind === "status" && (trouble.status === 400 || trouble.status === 404);
}
