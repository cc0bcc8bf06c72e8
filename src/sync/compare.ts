// After a database was made anew or put back from a backup: what lies here as taken and the centre does not know any more.
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import type { Replica } from "#src/storage/replica.ts";
import { z } from "zod";
import type { Centre } from "./centre.ts";
import { type Checkpoint, checkpointValue, readCheckpoint } from "./checkpoint.ts";
import { generationOf } from "./document.ts";
import type { SyncLog } from "./event-log.ts";
import type { Author } from "./offer.ts";
import { storage } from "./storage-trouble.ts";
import { takeLoss } from "./take-over.ts";
import type { Trouble } from "./trouble.ts";

export interface CompareDeps {
  readonly centre: Pick<Centre, "known">;
  readonly replica: Replica;
  readonly author: Author;
  readonly log: SyncLog;
}

const askedTogether = 200;

/** Since when this device knows what the centre lost. */
const comparedName = (database: string) => `compared:${database}`;
const comparedValue = (database: string, now: number) => ({ [comparedName(database)]: now });
/** Unix time in milliseconds, by the centre's clock; 0 where it was never compared. */
export const comparedAt = (replica: Pick<Replica, "local">, database: string): number =>
  z.number().safeParse(replica.local(comparedName(database))).data ?? 0;

/** Whether the centre lacks something of what it has shown last, or has another version of it that does not follow on it. */
export async function lacksShown(
  database: string,
  shown: NonNullable<Checkpoint["shown"]>,
  centre: Pick<Centre, "known">,
  signal: AbortSignal,
): Promise<Result<boolean, Trouble>> {
  // Nothing would prove that it is the same.
  if (shown.length === 0) return ok(true);
  const ids = shown.map(([id]) => id);
  const answer = await centre.known(database, ids, signal);
  if (!answer.ok) return answer;
  const { body: known } = answer.value;
  const isThere = ([id, rev]: readonly [string, string]): boolean =>
    known.get(id) === rev || generationOf(known.get(id)) > generationOf(rev);
  return ok(!shown.every(isThere));
}

/**
 * To be called when all changes since the beginning were taken over. It asks by ids alone, and may be ended at any moment:
 * that the database is another one is forgotten with `endComparison` only.
 */
export async function compare(
  database: string,
  { centre, replica, author, log }: CompareDeps,
  signal: AbortSignal,
): Promise<Result<void, Trouble>> {
  const revs = new Map(
    replica.rows(database).flatMap(({ record, rev }) => (rev === undefined ? [] : [[record.id, rev]])),
  );
  const ids = [...revs.keys()];
  let lost = 0;
  for (let at = 0; at < ids.length; at += askedTogether) {
    const asked = ids.slice(at, at + askedTogether);
    const answer = await centre.known(database, asked, signal);
    if (!answer.ok) return answer;
    const { body: known } = answer.value;
    const missing = asked.filter((id) => !known.has(id));
    lost += missing.length;
    const kept = await replica.exchange(database, missing, (id, current, place) =>
      current?.rev === revs.get(id) ? current && takeLoss(current, author, place) : undefined,
    );
    if (!kept.ok) return err(storage(kept.error));
  }
  log({ event: "compared", database, rows: ids.length, lost });
  return ok(undefined);
}

/**
 * To be called when all changes up to the comparison were taken over too: what somebody brought back while this device
 * compared begins its revisions again, and looks older than what is known here.
 * @param suspected how often the database was suspected when the comparison began: what was found out since is still to be compared
 */
export async function endComparison(
  database: string,
  replica: Replica,
  suspected: number,
  now: number,
): Promise<Result<void, Trouble>> {
  const done = await replica.setLocal(() => ({
    ...checkpointValue(database, { ...readCheckpoint(replica, database), compared: suspected }),
    ...comparedValue(database, now),
  }));
  return done.ok ? done : err(storage(done.error));
}
