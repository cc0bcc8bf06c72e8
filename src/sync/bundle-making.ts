// What may be handed on by file: what waits on this device, as it would be sent, for a supervisor whom it is open to.
import type { BundleItem } from "#src/domain/bundle/bundle.ts";
import type { HandedItem } from "#src/domain/ports/bundles.ts";
import { directoryDatabase } from "#src/domain/record/databases.ts";
import type { Replica } from "#src/storage/replica.ts";
import { type Author, offered } from "./offer.ts";
import { type KnownTime, restamp } from "./restamp.ts";

export interface Outgoing {
  readonly items: readonly BundleItem[];
  readonly handed: readonly HandedItem[];
}

/**
 * Records that wait in these databases, in the order they were written. What was refused is not among them: the centre
 * would refuse it again, and it waits for its author. Nothing on this device changes.
 */
export function outgoing(
  replica: Replica,
  databases: readonly string[],
  time: KnownTime,
  author: Author,
): Outgoing {
  const rows = databases
    .filter((database) => database !== directoryDatabase)
    .flatMap((database) => replica.outbox(database))
    .toSorted((a, b) => (a.outbox ?? 0) - (b.outbox ?? 0));
  const ready = rows.flatMap((row) => {
    const timed = { ...row, record: restamp(row, time) ?? row.record };
    const record = offered(timed, author);
    return record === undefined ? [] : [{ row, record }];
  });
  return {
    items: ready.map(({ row: { database }, record }) => ({ database, record })),
    handed: ready.map(({ row: { database, record, outbox = 0 } }) => [database, record.id, outbox] as const),
  };
}
