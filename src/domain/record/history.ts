// The history a mutable record carries (D15): what each change stands on, and where two stand beside each other undecided.
import type { AnyRecord, Definition, HistoryEntry } from "./define.ts";
import { textOfEquals } from "./equal.ts";
import { maxAfter } from "./schema.ts";
import { type Content, contentOf, sameContent, type Unit, unitsOf } from "./unit.ts";

/** Two or more changes of one unit, none made in sight of the others, that say different things. */
export interface Clash {
  readonly unit: Unit;
  /** One change of each content, the earliest first. */
  readonly sides: readonly [HistoryEntry, HistoryEntry, ...HistoryEntry[]];
}

/** What an entry says the unit is since. */
export const contentAfter = ({ to, toUnanswered }: HistoryEntry): Content => ({
  ...(to === undefined ? {} : { value: to }),
  ...(toUnanswered === undefined ? {} : { unanswered: toUnanswered }),
});

/** What an entry says the unit was before. */
export const contentBefore = ({ from, fromUnanswered }: HistoryEntry): Content => ({
  ...(from === undefined ? {} : { value: from }),
  ...(fromUnanswered === undefined ? {} : { unanswered: fromUnanswered }),
});

/**
 * An entry of a unit that went from one content to another, on top of the latest ones that `history` knows; where a
 * hostile device has left more than an entry can name, it takes another edit to follow the rest.
 */
export function entryOf(
  { path }: Unit,
  [before, after]: readonly [Content, Content],
  history: readonly HistoryEntry[],
  stamps: Pick<HistoryEntry, "id" | "at" | "by" | "device" | "reason">,
): HistoryEntry {
  return {
    ...stamps,
    field: path,
    ...(before.value === undefined ? {} : { from: before.value }),
    ...(before.unanswered === undefined ? {} : { fromUnanswered: before.unanswered }),
    ...(after.value === undefined ? {} : { to: after.value }),
    ...(after.unanswered === undefined ? {} : { toUnanswered: after.unanswered }),
    after: latestOf(history.filter(({ field }) => field === path))
      .slice(0, maxAfter)
      .map(({ id }) => id),
  };
}

/** The entries of one unit that no other was made on top of. */
export function latestOf(entries: readonly HistoryEntry[]): readonly HistoryEntry[] {
  const followed = new Set(entries.flatMap(({ after }) => after));
  return entries.filter(({ id }) => !followed.has(id));
}

/** Every entry of either once, in an order that does not depend on who asks; what both have is as the centre has it. */
export function unionOfHistories(
  mine: readonly HistoryEntry[] = [],
  centre: readonly HistoryEntry[] = [],
): readonly HistoryEntry[] {
  const all = new Map([...mine, ...centre].map((entry) => [entry.id, entry]));
  return [...all.values()].toSorted(earliestFirst);
}

/**
 * A record with the entries that the centre has as they are there. Two devices that hold the same unsent entry, one
 * restored or cloned from the other, may have corrected its instant in different ways (D17).
 */
export function withEntriesOf<R extends AnyRecord>(record: R, centre: AnyRecord): R {
  if (!record.history || !centre.history) return record;
  const known = new Map(centre.history.map((entry) => [entry.id, entry]));
  return { ...record, history: record.history.map((entry) => known.get(entry.id) ?? entry) };
}

function earliestFirst(a: HistoryEntry, b: HistoryEntry): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return a.id < b.id ? -1 : a.id === b.id ? 0 : 1;
}

/** What waits for a person to decide: until then the record holds what `merge.ts` has chosen. */
export function clashesOf(definition: Definition, record: AnyRecord): readonly Clash[] {
  const { history = [] } = record;
  if (history.length < 2) return [];
  return unitsOf(definition).flatMap((unit): readonly Clash[] => {
    const latest = latestOf(history.filter(({ field }) => field === unit.path));
    if (latest.length < 2 || isMergedSet(unit, latest)) return [];
    const [first, second, ...more] = oneOfEachContent(latest);
    return first && second ? [{ unit, sides: [first, second, ...more] }] : [];
  });
}

/** Sets of codes take both sides (D14). */
const isMergedSet = ({ field }: Unit, latest: readonly HistoryEntry[]): boolean =>
  field.kind === "codes" && latest.every(({ to }) => Array.isArray(to));

/** The earliest of each. There may be thousands from a broken or hostile device: each is looked at once. */
function oneOfEachContent(entries: readonly HistoryEntry[]): readonly HistoryEntry[] {
  const distinct = new Map<string, HistoryEntry>();
  for (const entry of entries.toSorted(earliestFirst)) {
    const { value, unanswered = {} } = contentAfter(entry);
    const said = textOfEquals({ value, unanswered });
    if (!distinct.has(said)) distinct.set(said, entry);
  }
  return [...distinct.values()];
}

/** An entry for each unit in which `next` differs from `record`. */
export function changesBetween(
  definition: Definition,
  record: AnyRecord,
  next: AnyRecord,
  stamps: () => Pick<HistoryEntry, "id" | "at" | "by" | "device" | "reason">,
): readonly HistoryEntry[] {
  return unitsOf(definition).flatMap((unit) => {
    const before = contentOf(record, unit);
    const after = contentOf(next, unit);
    return sameContent(before, after) ? [] : [entryOf(unit, [before, after], record.history ?? [], stamps())];
  });
}
