// Two versions of a record made apart become one, or the reason why they cannot.
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import type { AnyRecord, Definition } from "#src/domain/record/define.ts";
import { deepEqual } from "#src/domain/record/equal.ts";
import { mergeRecords } from "#src/domain/record/merge.ts";
import { readAsCurrent } from "#src/domain/record/upcast.ts";
import { definitions, isRecordType } from "#src/domain/records/index.ts";
import { newerAtCentre, sameId } from "./reasons.ts";

/**
 * @param mine unsent here; the outcome carries its author
 * @param theirs the centre's; the outcome is this very object where mine says nothing that it does not say
 */
export function merged(
  mine: AnyRecord,
  theirs: AnyRecord,
  newId: () => string,
): Result<AnyRecord, typeof sameId | typeof newerAtCentre> {
  const own = readAsCurrent(mine);
  const other = readAsCurrent(theirs);
  if (own.newer || other.newer) return err(newerAtCentre);
  const { type } = own.record;
  const definition: Definition | undefined = isRecordType(type) ? definitions[type] : undefined;
  if (definition?.mutability !== "mutable" || other.record.type !== type) return err(sameId);
  const record = mergeRecords(definition, own.record, other.record, newId);
  if (saysNoMore(record, other.record)) return ok(theirs);
  return ok({ ...record, ...lastStamps(own.record, other.record) });
}

/** A merge of `theirs`, whose history it has at least. */
function saysNoMore(merge: AnyRecord, theirs: AnyRecord): boolean {
  const { history, ...said } = merge;
  const { history: known, ...before } = theirs;
  return (history?.length ?? 0) === (known?.length ?? 0) && deepEqual(said, before);
}

/** Who sends it is its author; the time never goes back. */
function lastStamps(mine: AnyRecord, theirs: AnyRecord): Pick<AnyRecord, "updatedAt" | "updatedBy"> {
  const [a = mine.createdAt, b = theirs.createdAt] = [mine.updatedAt, theirs.updatedAt];
  return { updatedAt: a > b ? a : b, updatedBy: mine.updatedBy ?? mine.createdBy };
}
