// Two versions of a record, read as this product reads them, made into one; or why that cannot be.
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import { definitions, isRecordType } from "#src/domain/records/index.ts";
import type { AnyRecord, Definition } from "./define.ts";
import { deepEqual } from "./equal.ts";
import { mergeRecords } from "./merge.ts";
import { readAsCurrent } from "./upcast.ts";

export type Unmergeable =
  /** A newer version of the product wrote one of them. */
  | "newer"
  /** They are of types that never change, or of different ones. */
  | "differ";

/**
 * @param theirs the outcome is stamped as this; it is this very object where `mine` says nothing that it does not say
 * @param newId makes ids for entries of history
 */
export function mergeVersions(
  mine: AnyRecord,
  theirs: AnyRecord,
  newId: () => string,
): Result<AnyRecord, Unmergeable> {
  const own = readAsCurrent(mine);
  const other = readAsCurrent(theirs);
  if (own.newer || other.newer) return err("newer");
  const { type } = own.record;
  const definition: Definition | undefined = isRecordType(type) ? definitions[type] : undefined;
  if (definition?.mutability !== "mutable" || other.record.type !== type) return err("differ");
  const merge = mergeRecords(definition, own.record, other.record, newId);
  return ok(saysNoMore(merge, other.record) ? theirs : merge);
}

/** @param merge holds the whole history of `theirs` at least */
function saysNoMore(merge: AnyRecord, theirs: AnyRecord): boolean {
  const { history = [], ...said } = merge;
  const { history: known = [], ...before } = theirs;
  return history.length === known.length && deepEqual(said, before);
}
