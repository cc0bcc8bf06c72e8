// Makes the rows of an outbox ready to be sent: right instants, and a decided clash put on top of the centre's version.
import type { AnyRecord } from "#src/domain/record/define.ts";
import type { Row } from "#src/storage/replica.ts";
import { type KnownTime, restamp } from "./restamp.ts";
import { withoutClash } from "./take-over.ts";

/** The row as it is to be sent, or undefined where it may go as it is. */
export function prepare(row: Row, time: KnownTime): Row | undefined {
  if (row.outbox === undefined) return undefined;
  const decided = row.theirs ? onTopOfTheirs(row, row.theirs) : row;
  const record = restamp(decided, time);
  if (record) return { ...decided, record };
  return decided === row ? undefined : decided;
}

/** Somebody wrote the record anew after seeing both versions: theirs is its ground now, and keeps its history (D15). */
function onTopOfTheirs(row: Row, theirs: { rev: string; record: AnyRecord }): Row {
  const own = row.record.history ?? [];
  const known = new Set(theirs.record.history?.map(({ id }) => id));
  const history = [...(theirs.record.history ?? []), ...own.filter(({ id }) => !known.has(id))];
  return {
    ...withoutClash(row),
    record: history.length > 0 ? { ...row.record, history } : row.record,
    rev: theirs.rev,
    base: theirs.record,
  };
}
