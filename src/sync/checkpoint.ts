// How far a database has been read: one sealed local value each, written in the same transaction as the rows.
import { directoryDatabase } from "#src/domain/record/databases.ts";
import type { LocalValues, Replica } from "#src/storage/replica.ts";
import { z } from "zod";
import type { DatabaseInfo } from "./centre.ts";

const schema = z.object({
  /** The last sequence taken over; the centre's own text, "0" for the beginning. */
  since: z.string(),
  /** When the centre made the database: another value, another database. */
  instance: z.string().optional(),
  /** How often it was found to be another one than this device's rows come from. */
  suspected: z.number().optional(),
  /** So many of these times the rows have been compared with it since. */
  compared: z.number().optional(),
  /** Ids and revisions of what it has shown last: as long as it is the same, it has these. */
  shown: z.array(z.tuple([z.string(), z.string()])).optional(),
});
export type Checkpoint = z.infer<typeof schema>;

/** Earlier versions kept no count. */
const before = z.object({ anew: z.literal(true) });

const nameOf = (database: string) => `checkpoint:${database}`;

export function readCheckpoint(replica: Replica, database: string): Checkpoint {
  const value = replica.local(nameOf(database));
  const read = schema.safeParse(value);
  if (!read.success) return { since: "0" };
  return before.safeParse(value).success ? { ...read.data, suspected: 1 } : read.data;
}

/** False too where the value cannot be read any more, and with it what was suspected. */
export const hasCheckpoint = (replica: Replica, database: string): boolean =>
  schema.safeParse(replica.local(nameOf(database))).success;

/** It is another one than this device's rows come from, and they have not been compared with it yet. */
export const isSuspected = ({ suspected = 0, compared = 0 }: Checkpoint): boolean => suspected > compared;
export const isToCompare = (replica: Replica, database: string): boolean =>
  isSuspected(readCheckpoint(replica, database));

/** @param checkpoint undefined: read from the beginning */
export function checkpointValue(database: string, checkpoint: Checkpoint | undefined): LocalValues {
  return { [nameOf(database)]: checkpoint };
}

/** These databases are read from their beginning; what lies here already is recognised by its revision. */
export const fromTheBeginning = (replica: Replica, databases: readonly string[]): LocalValues =>
  valuesOf(databases, (each) => ({ ...readCheckpoint(replica, each), since: "0" }));

/**
 * Databases that are perhaps others too where this one is: a store that was put back as a whole is another one in every
 * database, and the directory stands for all that lies here, also for what may not be opened any more.
 */
export const suspectedWith = (replica: Replica, database: string): readonly string[] =>
  database === directoryDatabase ? [...new Set([database, ...replica.databases()])] : [database];

/**
 * Databases that are other ones than this device's rows come from: they are read from their beginning, and what they lack of
 * these is found when all of it was read (`compare.ts`).
 * @param instances as far as they have told
 */
export const suspicion = (
  replica: Replica,
  databases: readonly string[],
  instances: Readonly<Record<string, string | undefined>> = {},
): LocalValues =>
  valuesOf(databases, (each) => {
    const { suspected = 0, compared, instance } = readCheckpoint(replica, each);
    return { since: "0", instance: instances[each] ?? instance, suspected: suspected + 1, compared };
  });

function valuesOf(databases: readonly string[], checkpointOf: (database: string) => Checkpoint): LocalValues {
  return Object.fromEntries(databases.map((each) => [nameOf(each), checkpointOf(each)]));
}

/** Nothing was read since, and nothing else is known of the database. */
export const isSamePlace = (a: Checkpoint, b: Checkpoint): boolean =>
  a.since === b.since && a.instance === b.instance && a.suspected === b.suspected;

/** A database under this name was made, or put back, since. */
export const isMadeAnew = ({ instance }: Checkpoint, { instance_start_time }: DatabaseInfo): boolean =>
  instance !== undefined && instance !== instance_start_time;

/**
 * A place lies before one that this device has read: put back with its old identity, which no instruction says; or told by
 * one of the copies of a cluster that counts otherwise.
 */
export const isBehind = (seq: string, since: string): boolean => numberOf(seq) < numberOf(since);

/** Sequences are opaque, but those that begin with a number grow with it; others say nothing. */
function numberOf(seq: string): number {
  const [, digits] = /^(\d+)(?:-|$)/.exec(seq) ?? [];
  return digits === undefined ? Number.NaN : Number(digits);
}
