// Two versions of a record made apart become one, or the reason why they cannot.
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import type { AnyRecord, Definition } from "#src/domain/record/define.ts";
import { mergeRecords } from "#src/domain/record/merge.ts";
import { readAsCurrent } from "#src/domain/record/upcast.ts";
import { definitions, isRecordType } from "#src/domain/records/index.ts";
import { newerAtCentre, sameId } from "./reasons.ts";

/** @param mine unsent here; the outcome carries its author @param theirs the centre's */
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
  return ok({ ...record, ...lastStamps(own.record, other.record) });
}

/** Who sends it is its author; the time never goes back. */
function lastStamps(mine: AnyRecord, theirs: AnyRecord): Pick<AnyRecord, "updatedAt" | "updatedBy"> {
  const [a = mine.createdAt, b = theirs.createdAt] = [mine.updatedAt, theirs.updatedAt];
  return { updatedAt: a > b ? a : b, updatedBy: mine.updatedBy ?? mine.createdBy };
}
