// How far a database has been read: one sealed local value each, written in the same transaction as the rows.
import type { Replica } from "#src/storage/replica.ts";
import { z } from "zod";
import type { DatabaseInfo } from "./centre.ts";

const schema = z.object({
  /** The last sequence taken over; the centre's own text, "0" for the beginning. */
  since: z.string(),
  /** When the centre made the database: another value, another database. */
  instance: z.string().optional(),
  /** It is another one than this device's rows come from, and they have not been compared with it yet. */
  anew: z.literal(true).optional(),
});
export type Checkpoint = z.infer<typeof schema>;

const nameOf = (database: string) => `checkpoint:${database}`;

export function readCheckpoint(replica: Replica, database: string): Checkpoint {
  const read = schema.safeParse(replica.local(nameOf(database)));
  return read.success ? read.data : { since: "0" };
}

/** @param checkpoint undefined: read from the beginning */
export function checkpointValue(
  database: string,
  checkpoint: Checkpoint | undefined,
): Record<string, unknown> {
  return { [nameOf(database)]: checkpoint };
}

/**
 * Where to go on reading a database that describes itself so: from its beginning where it was made anew, or put back
 * from a backup older than what we read. Rows that we have already are recognised by their revision; what it lacks of them
 * is found when all of it was read (`compare.ts`).
 */
export function checkAgainst(checkpoint: Checkpoint, info: DatabaseInfo): Checkpoint {
  const instance = info.instance_start_time;
  const madeAnew = checkpoint.instance !== undefined && checkpoint.instance !== instance;
  const putBack = numberOf(checkpoint.since) > numberOf(info.update_seq);
  return madeAnew || putBack ? { since: "0", instance, anew: true } : { ...checkpoint, instance };
}

/** Sequences are opaque, but those that begin with a number grow with it; others say nothing. */
function numberOf(seq: string): number {
  const [, digits] = /^(\d+)(?:-|$)/.exec(seq) ?? [];
  return digits === undefined ? Number.NaN : Number(digits);
}
