// Queries about the way by file: what may go to whom, what was handed on, what waits to be sent on and what was.
import { type Receiver, receiversOf } from "#src/domain/bundle/receivers.ts";
import {
  type HandedOn,
  type HeldBundle,
  readHandedOn,
  readHeldBundles,
  readSentBundles,
  type SentBundle,
} from "#src/domain/ports/bundles.ts";
import type { Entry, Reader } from "#src/domain/ports/store.ts";
import { directoryDatabase } from "#src/domain/record/databases.ts";

export interface Reachable extends Receiver {
  /** Type of record → how many of it may go to them. */
  readonly kinds: ReadonlyMap<string, number>;
  readonly records: number;
}

/** What may be handed on: it waits here, and nobody has refused it. */
const mayGo = ({ sync, database }: Entry): boolean =>
  sync.state === "local" && database !== directoryDatabase;

export const countToHandOn = (read: Reader): number => read.all().filter(mayGo).length;

/** Whether colleagues' devices can know this one by its signature. */
export const isKnownDevice = (read: Reader, me: string, device: string): boolean =>
  read.list("device").some(({ record }) => record.account === me && record.deviceId === device);

/** Supervisors to whom something that waits may go, whoever can be reached first. */
export function reachable(read: Reader, me: string): readonly Reachable[] {
  const waiting = read.all().filter(mayGo);
  const databases = [...new Set(waiting.map(({ database }) => database))];
  return receiversOf(read, me, databases).map((receiver) => {
    const going = waiting.filter(({ database }) => receiver.databases.includes(database));
    const kinds = new Map<string, number>();
    for (const { record } of going) kinds.set(record.type, (kinds.get(record.type) ?? 0) + 1);
    return { ...receiver, kinds, records: going.length };
  });
}

/** Counted from what went in: records that still wait just as they did then. */
export function handedOn(read: Reader): readonly (Omit<HandedOn, "items"> & { readonly records: number })[] {
  const all = readHandedOn(read);
  if (all.length === 0) return [];
  const waiting = new Set(
    read
      .all()
      .filter(mayGo)
      .map(({ database, record }) => `${database} ${record.id}`),
  );
  return all
    .map(({ items, ...rest }) => ({
      ...rest,
      records: items.filter(([database, id]) => waiting.has(`${database} ${id}`)).length,
    }))
    .filter(({ records }) => records > 0);
}

export const heldBundles = (read: Reader): readonly HeldBundle[] => readHeldBundles(read);

/** The latest first. */
export const sentBundles = (read: Reader): readonly SentBundle[] => readSentBundles(read).toReversed();
