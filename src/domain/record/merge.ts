// Merges two versions of a mutable record, unit by unit (D14), by what the history of each knows and the other does not.
import { knownFields } from "./check.ts";
import type { AnyRecord, Definition, HistoryEntry } from "./define.ts";
import { isLower } from "./grade.ts";
import { contentAfter, entryOf, latestOf, unionOfHistories } from "./history.ts";
import { type Content, contentOf, sameContent, type Unit, unitsOf, withContent } from "./unit.ts";

/**
 * A unit that only one has changed takes that change. Where both have, sets of codes take both sides, a code that only
 * some may lower takes the stricter, and every other unit keeps what the centre has, unless its own author has given that up: `clashesOf`
 * of the outcome tells what a person must still decide. Both histories are kept, and so is everything that gave way, in them.
 * @param mine this device's version
 * @param theirs the centre's; the outcome is stamped as this, and whoever writes it stamps it anew
 * @param id makes ids for entries of what was said at creation, where both were made under one id
 */
export function mergeRecords<R extends AnyRecord>(
  definition: Definition,
  mine: R,
  theirs: R,
  id: () => string,
): R {
  const ownEntries = unknownTo(theirs, mine);
  const otherEntries = unknownTo(mine, theirs);
  const added: HistoryEntry[] = [];
  let record: R = { ...theirs };
  for (const unit of unitsOf(definition)) {
    const own = contentOf(mine, unit);
    const other = contentOf(theirs, unit);
    if (sameContent(own, other)) continue;
    const of = ({ field }: HistoryEntry): boolean => field === unit.path;
    const said = ownEntries.filter(of);
    const isOthers = otherEntries.some(of);
    if (said.length > 0 && !isOthers) record = withContent(record, unit, own);
    if (said.length > 0 && isOthers) {
      const held = [...(theirs.history ?? []).filter(of), ...said];
      record = withContent(record, unit, isGivenUp(unit, held, other) ? own : chosen(unit, said, own, other));
    }
    // Both know the same: of an open clash one answer stands here and the other there, and the centre's holds.
    if (said.length === 0 && !isOthers && !theirs.history?.some(of)) {
      // Two records made under one id: what each said at first counts as a change of nothing.
      const first = firstWords(unit, mine, id());
      added.push(first, firstWords(unit, theirs, id()));
      record = withContent(record, unit, chosen(unit, [first], own, other));
    }
  }
  record = withUnknownFields(definition, record, mine);
  const history = unionOfHistories(mine.history, [...(theirs.history ?? []), ...added]);
  return history.length === 0 ? record : { ...record, history };
}

/** Entries of `version` that `other` does not know. */
function unknownTo(other: AnyRecord, version: AnyRecord): readonly HistoryEntry[] {
  const known = new Set(other.history?.map(({ id }) => id));
  return (version.history ?? []).filter(({ id }) => !known.has(id));
}

/** Whoever had said so has said otherwise since, and nobody else says it. */
function isGivenUp({ field }: Unit, entries: readonly HistoryEntry[], content: Content): boolean {
  if (field.kind === "codes" || (field.kind === "code" && field.loweredBy)) return false;
  const says = (entry: HistoryEntry) => sameContent(contentAfter(entry), content);
  return entries.some(says) && !latestOf(entries).some(says);
}

/** What stands in the record of a unit that both have changed. @param said own changes that the other has not seen */
function chosen({ field }: Unit, said: readonly HistoryEntry[], own: Content, other: Content): Content {
  if (field.kind === "codes" && Array.isArray(own.value) && Array.isArray(other.value))
    return { value: mergedSet(said, own.value, other.value) };
  const isStricter = field.kind === "code" && field.loweredBy && isLower(field, other.value, own.value);
  return isStricter ? own : other;
}

/**
 * The other's set with what these changes put in and took out: not with all of our own, of which something may have come
 * from the other and have been taken out there since.
 */
function mergedSet(
  said: readonly HistoryEntry[],
  own: readonly unknown[],
  other: readonly unknown[],
): readonly unknown[] {
  // What was put in and taken out again counts for nothing. Counted once: a hostile device may have sent sets of 100,000.
  const net = new Map<unknown, number>();
  for (const { from, to } of said) {
    for (const item of new Set(listOf(to))) net.set(item, (net.get(item) ?? 0) + 1);
    for (const item of new Set(listOf(from))) net.set(item, (net.get(item) ?? 0) - 1);
  }
  const held = new Set(other);
  const kept = other.filter((item) => (net.get(item) ?? 0) >= 0);
  return [...kept, ...own.filter((item) => !held.has(item) && (net.get(item) ?? 0) > 0)];
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function firstWords(unit: Unit, record: AnyRecord, id: string): HistoryEntry {
  const { createdAt: at, createdBy: by, device } = record;
  return entryOf(unit, [{}, contentOf(record, unit)], [], { id, at, by, device });
}

/** Fields that only a newer version knows (D16): the centre's hold, and what it lacks is kept. */
function withUnknownFields<R extends AnyRecord>(definition: Definition, merged: R, mine: R): R {
  const known = knownFields(definition);
  const lacking = Object.entries(mine).filter(([name]) => !known.has(name) && !Object.hasOwn(merged, name));
  return { ...merged, ...Object.fromEntries(lacking) };
}
