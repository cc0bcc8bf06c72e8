// What of a row this device may send: the signed-in person's own words, on ground that the centre has (ADR 12).
import type { AnyRecord, Definition, HistoryEntry } from "#src/domain/record/define.ts";
import { contentAfter, contentBefore, latestOf } from "#src/domain/record/history.ts";
import { mergeRecords } from "#src/domain/record/merge.ts";
import { contentOf, sameContent, unitsOf, withContent } from "#src/domain/record/unit.ts";
import { readAsCurrent } from "#src/domain/record/upcast.ts";
import { definitions, isRecordType } from "#src/domain/records/index.ts";
import type { Row } from "#src/storage/replica.ts";

/** Who is signed in, and how ids for entries of history are made. */
export interface Author {
  readonly name: string;
  readonly newId: () => string;
}

/**
 * The record as it may be sent: nearly always all of it. After the centre was put back from a backup a device also holds
 * what others wrote and the centre has lost. The centre takes that from their own devices only; until then it stays here,
 * and so does what was written on top of it.
 * @returns undefined where nothing of it may be sent
 */
export function offered({ record, rev, base }: Row, author: Author): AnyRecord | undefined {
  // Never at the centre: it is all this device's own.
  if (rev === undefined && base === undefined) return record;
  if (rev === undefined && record.createdBy !== author.name) return undefined;
  const ground = rev === undefined ? undefined : base;
  const held = new Set(ground?.history?.map(({ id }) => id));
  const fresh = (record.history ?? []).filter(({ id }) => !held.has(id));
  const isTaken = (entry: HistoryEntry): boolean =>
    entry.by === author.name || (ground !== undefined && isFirstWord(entry, ground));
  const last = latestOf(fresh);
  const isSpoken = isOneLine(last) && (ground === undefined || isExplained(record, ground, last));
  if (isSpoken && fresh.every(isTaken)) return signed(record, author);
  const own = sendable(fresh, held, isTaken);
  return ground === undefined ? asCreated(record, own, author) : onTopOf(ground, record, own, author);
}

/** No unit has two last words: two devices of one person may have said them, one not knowing of the other. */
function isOneLine(last: readonly HistoryEntry[]): boolean {
  return new Set(last.map(({ field }) => field)).size === last.length;
}

/**
 * Whatever stands differently than on the ground, a last word says so. Of an open clash another answer may stand there than
 * here: the centre was put back, and somebody has merged anew what is left.
 */
function isExplained(record: AnyRecord, ground: AnyRecord, last: readonly HistoryEntry[]): boolean {
  const definition = mutable(record);
  if (!definition || ground.version !== record.version) return true;
  return unitsOf(definition).every((unit) => {
    const here = contentOf(record, unit);
    if (unit.field.kind === "codes" || sameContent(here, contentOf(ground, unit))) return true;
    return last.some((entry) => entry.field === unit.path && sameContent(contentAfter(entry), here));
  });
}

/** What was said when the record at the centre was made: told as an entry where two were made under one id. */
const isFirstWord = ({ by, at, after }: HistoryEntry, { createdBy, createdAt }: AnyRecord): boolean =>
  by === createdBy && at === createdAt && after.length === 0;

/** Who sends it is its author. */
function signed<R extends AnyRecord>(record: R, { name }: Author): R {
  return record.updatedBy === undefined || record.updatedBy === name
    ? record
    : { ...record, updatedBy: name };
}

/** Those that stand on what the centre has or on each other; of one unit one after the other, never two side by side. */
function sendable(
  fresh: readonly HistoryEntry[],
  held: ReadonlySet<string>,
  isTaken: (entry: HistoryEntry) => boolean,
): readonly HistoryEntry[] {
  const known = new Set(held);
  const last = new Map<string, string>();
  const taken: HistoryEntry[] = [];
  const take = (entry: HistoryEntry): boolean => {
    const before = last.get(entry.field);
    const stands = entry.after.every((id) => known.has(id));
    if (!stands || !isTaken(entry) || (before !== undefined && !entry.after.includes(before))) return false;
    known.add(entry.id);
    last.set(entry.field, entry.id);
    return taken.push(entry) > 0;
  };
  let left = fresh;
  for (let before = Infinity; left.length < before;) {
    before = left.length;
    left = left.filter((entry) => !take(entry));
  }
  return taken;
}

/** The record as it was made, with the own changes since. */
function asCreated(whole: AnyRecord, own: readonly HistoryEntry[], author: Author): AnyRecord | undefined {
  const definition = mutable(whole);
  if (!definition) return undefined;
  const { history = [], ...record } = readAsCurrent(whole).record;
  const said = unitsOf(definition).reduce<AnyRecord>((made, unit) => {
    const last = own.findLast(({ field }) => field === unit.path);
    const first = history.find(({ field, after }) => field === unit.path && after.length === 0);
    if (!last && !first) return made;
    return withContent(made, unit, last ? contentAfter(last) : first ? contentBefore(first) : {});
  }, record);
  return stamped(
    { ...said, ...(own.length > 0 && { history: own }), updatedAt: record.createdAt },
    own,
    author,
  );
}

/** The centre's version with the own changes on top. */
function onTopOf(
  ground: AnyRecord,
  whole: AnyRecord,
  own: readonly HistoryEntry[],
  author: Author,
): AnyRecord | undefined {
  const definition = mutable(whole);
  if (!definition || own.length === 0) return undefined;
  const theirs = readAsCurrent(ground).record;
  const { record } = readAsCurrent(whole);
  const mine = unitsOf(definition).reduce<AnyRecord>(
    (made, unit) => {
      const last = own.findLast(({ field }) => field === unit.path);
      return withContent(made, unit, last ? contentAfter(last) : contentOf(theirs, unit));
    },
    { ...record, history: [...(theirs.history ?? []), ...own] },
  );
  return stamped(mergeRecords(definition, mine, theirs, author.newId), own, author);
}

function mutable({ type, version }: AnyRecord): Definition | undefined {
  const definition: Definition | undefined = isRecordType(type) ? definitions[type] : undefined;
  // What a newer version of the product wrote cannot be taken apart here.
  return definition?.mutability === "mutable" && version <= definition.version ? definition : undefined;
}

function stamped(record: AnyRecord, own: readonly HistoryEntry[], author: Author): AnyRecord {
  const at = [record.updatedAt ?? record.createdAt, ...own.map((entry) => entry.at)].toSorted().at(-1);
  return { ...record, ...(at !== undefined && { updatedAt: at }), updatedBy: author.name };
}
