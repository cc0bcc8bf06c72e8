// What two servers made of one record apart becomes one: the same bytes at whichever server it is done (D20).
import { createHash } from "node:crypto";
import type { AnyRecord, Definition } from "#src/domain/record/define.ts";
import { deepEqual } from "#src/domain/record/equal.ts";
import { contentAfter, contentBefore } from "#src/domain/record/history.ts";
import { uuidOf } from "#src/domain/record/ids.ts";
import { mergeVersions } from "#src/domain/record/merge-versions.ts";
import { contentOf, sameContent, unitsOf } from "#src/domain/record/unit.ts";
import { readAsCurrent } from "#src/domain/record/upcast.ts";
import { definitions, isRecordType } from "#src/domain/records/index.ts";

/** One version that no other was made on top of. */
export interface Leaf {
  readonly rev: string;
  readonly record: AnyRecord;
}

/**
 * The winner with everything in it that the others say; the very record of the winner where they say nothing else. Versions
 * that cannot be merged are left out, and so is everything of a record that was erased.
 */
export function gathered(winner: Leaf, others: readonly Leaf[]): AnyRecord {
  if ([winner, ...others].some(({ record }) => Object.hasOwn(record, "erased"))) return winner.record;
  // Both servers know the same leaves, and come to the same without asking each other.
  const inOrder = others.toSorted((a, b) => (a.rev < b.rev ? -1 : 1));
  return inOrder.reduce((record, leaf) => {
    const merge = mergeVersions(leaf.record, record, idsFrom(winner, leaf));
    if (!merge.ok || merge.value === record) return record;
    return { ...merge.value, ...laterStamps(record, leaf.record) };
  }, winner.record);
}

/** Entries for what was said at creation get the same ids wherever they are made. */
function idsFrom(winner: Leaf, leaf: Leaf): () => string {
  let count = 0;
  return () => {
    const from = [winner.record.id, winner.rev, leaf.rev, String((count += 1))].join(" ");
    return uuidOf(createHash("sha256").update(from).digest().subarray(0, 16));
  };
}

/** Whoever wrote last of the two, and when: the server itself is nobody's author. */
function laterStamps(a: AnyRecord, b: AnyRecord): Pick<AnyRecord, "updatedAt" | "updatedBy"> {
  const [last = a] = [a, b].toSorted((one, other) => (stampOf(one) > stampOf(other) ? -1 : 1));
  return { updatedAt: last.updatedAt ?? last.createdAt, updatedBy: last.updatedBy ?? last.createdBy };
}

const stampOf = ({ updatedAt, createdAt, updatedBy, createdBy }: AnyRecord): string =>
  `${updatedAt ?? createdAt} ${updatedBy ?? createdBy}`;

/**
 * Whether nothing is lost when a leaf is pruned: every entry of its history stands in the winner's as it is, and what it
 * says where it has no entry is named there too.
 */
export function isNamed(winner: AnyRecord, leaf: AnyRecord): boolean {
  const whole = readAsCurrent(winner);
  const part = readAsCurrent(leaf);
  const { type } = part.record;
  const definition: Definition | undefined = isRecordType(type) ? definitions[type] : undefined;
  if (whole.newer || part.newer || whole.record.type !== type || definition?.mutability !== "mutable")
    return false;
  const history = whole.record.history ?? [];
  const entries = new Map(history.map((entry) => [entry.id, entry]));
  const own = part.record.history ?? [];
  if (!own.every((entry) => deepEqual(entries.get(entry.id), entry))) return false;
  const areUnitsNamed = unitsOf(definition).every((unit) => {
    const said = contentOf(part.record, unit);
    if (sameContent(said, contentOf(whole.record, unit)) || own.some(({ field }) => field === unit.path))
      return true;
    return history.some(
      (entry) =>
        entry.field === unit.path &&
        (sameContent(contentAfter(entry), said) || sameContent(contentBefore(entry), said)),
    );
  });
  return areUnitsNamed && areOthersSame(definition, whole.record, part.record);
}

/**
 * Whether the winner says all that a version without a place beside it says: nothing would be put together of the two. Whoever
 * holds it may have made it up: what the winner has come to say since by entries that it does not know is not to be guessed.
 */
export function isAllIn(winner: Leaf, record: AnyRecord): boolean {
  const isOfOneKind = winner.record.type === record.type && winner.record.case === record.case;
  return (
    isOfOneKind &&
    gathered(winner, [{ rev: "", record }]) === winner.record &&
    isNamed(winner.record, record) &&
    isAsBefore(winner.record, record)
  );
}

/** Of every question that others alone have answered anew since, it says what stood there before. */
function isAsBefore(winner: AnyRecord, leaf: AnyRecord): boolean {
  const whole = readAsCurrent(winner).record;
  const part = readAsCurrent(leaf).record;
  const definition = isRecordType(part.type) ? definitions[part.type] : undefined;
  const own = part.history ?? [];
  return (definition ? unitsOf(definition) : []).every((unit) => {
    const entries = (whole.history ?? []).filter(({ field }) => field === unit.path);
    if (entries.length === 0 || own.some(({ field }) => field === unit.path)) return true;
    const said = contentOf(part, unit);
    return entries.some((entry) => entry.after.length === 0 && sameContent(contentBefore(entry), said));
  });
}

const stamps = new Set([
  "history",
  "updatedAt",
  "updatedBy",
  "createdAt",
  "createdBy",
  "device",
  "deviceTime",
  "relayedBy",
]);

/** What is in no unit: fields that only a newer version knows. Who made each of two under one id, its entries tell. */
function areOthersSame({ fields }: Definition, winner: AnyRecord, leaf: AnyRecord): boolean {
  const names = Object.keys(leaf).filter(
    (name) => !stamps.has(name) && name !== "unanswered" && !Object.hasOwn(fields, name),
  );
  return names.every((name) => deepEqual(Reflect.get(leaf, name), Reflect.get(winner, name)));
}
