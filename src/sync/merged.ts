// Two versions of a record made apart become one, or the reason why they cannot.
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import type { AnyRecord } from "#src/domain/record/define.ts";
import { mergeVersions } from "#src/domain/record/merge-versions.ts";
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
  const outcome = mergeVersions(mine, theirs, newId);
  if (!outcome.ok) return err(outcome.error === "newer" ? newerAtCentre : sameId);
  return ok(outcome.value === theirs ? theirs : { ...outcome.value, ...lastStamps(mine, theirs) });
}

/** Who sends it is its author; the time never goes back. */
function lastStamps(mine: AnyRecord, theirs: AnyRecord): Pick<AnyRecord, "updatedAt" | "updatedBy"> {
  const [a = mine.createdAt, b = theirs.createdAt] = [mine.updatedAt, theirs.updatedAt];
  return { updatedAt: a > b ? a : b, updatedBy: mine.updatedBy ?? mine.createdBy };
}
