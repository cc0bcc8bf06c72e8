// Turns what a person saved into rows: checked at the store's door, and put at the end of the outbox.
import { type Change, isErased } from "#src/domain/ports/store.ts";
import { checkRecord } from "#src/domain/record/check.ts";
import { readAsCurrent } from "#src/domain/record/upcast.ts";
import type { Row } from "./replica.ts";

/** Everything that speaks against the change; empty when it may be written over `current`. */
export function problemsOf({ database, record }: Change, current: Row | undefined): readonly string[] {
  if (current && isErased(current.sync)) return [`${record.type} record: erased at the centre`];
  const previous = current && readAsCurrent(current.record);
  const problems = previous?.newer
    ? ["version: newer than this product, may be read only"]
    : checkRecord(database, record, previous?.record);
  return problems.map((problem) => `${record.type} ${problem}`);
}

/** The row as it waits to be sent. `outbox` is its place in the queue, `arrivedAt` a UTC instant. */
export function savedRow(
  { database, record }: Change,
  current: Row | undefined,
  outbox: number,
  arrivedAt: string,
): Row {
  // With a revision but no base nothing unsent lies on top yet: the record is what the centre has.
  const base = current?.base ?? (current?.rev === undefined ? undefined : current.record);
  return {
    database,
    record,
    sync: { state: "local" },
    arrivedAt,
    outbox,
    ...(current?.rev !== undefined && { rev: current.rev }),
    ...(base && { base }),
    ...(current?.moved && { moved: true }),
  };
}
