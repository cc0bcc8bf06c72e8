// How two versions of one record relate: the same, one grown out of the other, or made apart.
import type { AnyRecord } from "#src/domain/record/define.ts";
import { deepEqual } from "#src/domain/record/equal.ts";

export type Meeting = "same" | "theirsIsEarlier" | "mineIsEarlier" | "apart";

/**
 * @param known versions that mine is known to be made from: the last one seen at the centre, one that was sent
 *   without an answer coming back
 */
export function meet(
  mine: AnyRecord,
  theirs: AnyRecord,
  known: readonly (AnyRecord | undefined)[] = [],
): Meeting {
  if (saySame(mine, theirs)) return "same";
  if (known.some((version) => version && saySame(version, theirs))) return "theirsIsEarlier";
  if (isEarlierStateOf(theirs, mine)) return "theirsIsEarlier";
  if (isEarlierStateOf(mine, theirs)) return "mineIsEarlier";
  return "apart";
}

/** Equal but for the instants that a corrected clock moves (D17), and who brought it in by file (D19). */
function saySame(a: AnyRecord, b: AnyRecord): boolean {
  return deepEqual(withoutInstants(a), withoutInstants(b));
}

function withoutInstants({
  createdAt: _c,
  updatedAt: _u,
  relayedBy: _r,
  history,
  ...rest
}: AnyRecord): object {
  return { ...rest, history: history?.map(({ at: _at, ...entry }) => entry) };
}

/**
 * Each accepted change leaves an entry with an id of its own (D15): when all entries of one are in the other, and
 * its last author and time too, the other was made on top of it.
 */
function isEarlierStateOf(earlier: AnyRecord, later: AnyRecord): boolean {
  if (earlier.type !== later.type || earlier.createdAt !== later.createdAt) return false;
  const entries = new Map((later.history ?? []).map((entry) => [entry.id, entry]));
  const before = earlier.history ?? [];
  if (entries.size <= before.length || !before.every(({ id }) => entries.has(id))) return false;
  if (before.length === 0) return earlier.updatedAt === undefined || earlier.updatedAt === earlier.createdAt;
  return before.some(({ at, by }) => at === earlier.updatedAt && by === earlier.updatedBy);
}
