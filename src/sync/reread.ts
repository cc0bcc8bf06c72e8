// Where something on this device cannot be read any more, it may have been a record: all that is ours is read anew from the centre.
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import type { Reader } from "#src/domain/ports/store.ts";
import { directoryDatabase } from "#src/domain/record/databases.ts";
import type { Replica } from "#src/storage/replica.ts";
import { checkpointValue, readCheckpoint } from "./checkpoint.ts";
import type { SyncLog } from "./event-log.ts";
import { storage } from "./storage-trouble.ts";
import type { Trouble } from "./trouble.ts";

/** Local value: how many blobs did not open when everything was last read anew. */
const name = "unreadable";

/**
 * Begins these databases anew where more is damaged than before; what lies here already is recognised by its revision.
 * What nobody can read does not tell which database it was of.
 */
export async function rereadDamaged(
  databases: readonly string[],
  { replica, read }: { readonly replica: Replica; readonly read: Pick<Reader, "unreadable"> },
): Promise<Result<void, Trouble>> {
  const known = replica.local(name) ?? 0;
  const { unreadable } = read;
  if (known === unreadable) return ok(undefined);
  const isMore = typeof known !== "number" || known < unreadable;
  const beginnings = isMore ? databases.flatMap((each) => Object.entries(beginning(replica, each))) : [];
  const values = { [name]: unreadable, ...Object.fromEntries(beginnings) };
  const kept = await replica.exchange(directoryDatabase, [], () => undefined, values);
  return kept.ok ? kept : err(storage(kept.error));
}

/**
 * The store was put back as a whole: whatever of it lies here the centre may have lost, also where the right is gone before
 * this device could look.
 */
export async function suspectAll(replica: Replica, log: SyncLog): Promise<Result<void, Trouble>> {
  const databases = replica.databases().filter((database) => database !== directoryDatabase);
  const suspected = databases.flatMap((database) =>
    Object.entries(
      checkpointValue(database, { ...readCheckpoint(replica, database), since: "0", anew: true }),
    ),
  );
  for (const database of databases) log({ event: "startOver", database });
  const values = Object.fromEntries(suspected);
  const kept = await replica.exchange(directoryDatabase, [], () => undefined, values);
  return kept.ok ? kept : err(storage(kept.error));
}

const beginning = (replica: Replica, database: string) =>
  checkpointValue(database, { ...readCheckpoint(replica, database), since: "0" });
