// Where something on this device cannot be read any more, it may have been a record: all that is ours is read anew from the centre.
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import type { Reader } from "#src/domain/ports/store.ts";
import type { Replica } from "#src/storage/replica.ts";
import { z } from "zod";
import { fromTheBeginning, hasCheckpoint, suspectedWith, suspicion } from "./checkpoint.ts";
import { storage } from "./storage-trouble.ts";
import type { Trouble } from "./trouble.ts";

/**
 * Local value: how many blobs did not open when each database was last read anew. One that is not ours now is looked at when it is
 * again. Earlier versions kept one number for all.
 */
const name = "unreadable";
const schema = z.union([z.number(), z.record(z.string(), z.number())]).catch(0);

/**
 * Begins these databases anew where more is damaged than before; what lies here already is recognised by its revision.
 * What nobody can read does not tell which database it was of.
 */
export async function rereadDamaged(
  databases: readonly string[],
  { replica, read }: { readonly replica: Replica; readonly read: Pick<Reader, "unreadable"> },
): Promise<Result<void, Trouble>> {
  const { unreadable } = read;
  const known = schema.parse(replica.local(name));
  const knownOf = (database: string) => (typeof known === "number" ? known : (known[database] ?? 0));
  const others = databases.filter((database) => knownOf(database) !== unreadable);
  if (others.length === 0) return ok(undefined);
  const now = Object.fromEntries(others.map((database) => [database, unreadable]));
  const damaged = others.filter((database) => knownOf(database) < unreadable);
  const kept = await replica.setLocal(() => ({
    ...fromTheBeginning(replica, damaged),
    // Which centre it was, and what was suspected of it, is perhaps what was damaged.
    ...suspicion(
      replica,
      damaged
        .filter((database) => !hasCheckpoint(replica, database))
        .flatMap((database) => suspectedWith(replica, database)),
    ),
    [name]: { ...(typeof known === "object" && known), ...now },
  }));
  return kept.ok ? kept : err(storage(kept.error));
}
