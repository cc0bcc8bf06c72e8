// What becomes of a row when a version of its record is seen at the centre. Nothing unsent is ever lost here.
import type { AnyRecord } from "#src/domain/record/define.ts";
import { withEntriesOf } from "#src/domain/record/history.ts";
import { definitions, isRecordType } from "#src/domain/records/index.ts";
import type { Row } from "#src/storage/replica.ts";
import { generationOf, type Version } from "./document.ts";
import { erasedAtCentre, isErased } from "#src/domain/ports/store.ts";
import { meet } from "./meet.ts";
import { merged } from "./merged.ts";
import { type Author, offered } from "./offer.ts";
import { heldBack } from "./prepare.ts";
import { refused } from "./settle.ts";

export interface Arrival {
  readonly database: string;
  readonly version: Version;
  /** UTC instant of the centre. */
  readonly at: string;
  /** What the row shall say of a version that is now the same here and there. */
  readonly state: "sent" | "central";
  /** What was sent of this record without knowing yet what became of it. */
  readonly attempts: readonly AnyRecord[];
  /** Who is signed in here. */
  readonly author: Author;
  /** For a row that is to be sent: one in the outbox that no other has. */
  readonly place: number;
  /** The database was made anew or put back from a backup: the centre may have lost what it had taken. */
  readonly anew?: boolean;
}

/** The row as it must become, or undefined where nothing changes. */
export function takeOver(row: Row | undefined, arrival: Arrival): Row | undefined {
  const { rev, record, moved } = arrival.version;
  if (!record) return row && (moved ? takeMove : takeDeletion)(row, arrival);
  if (!row) return rowFromCentre(record, arrival);
  // What had gone to another site is back.
  const { moved: _moved, ...current } = row;
  if (rev === current.rev) return seenBack(current, arrival);
  // An answer that is older than what we know: a slow node of a cluster, or a request that was overtaken.
  if (!arrival.anew && generationOf(rev) < generationOf(current.rev)) return undefined;
  if (Object.hasOwn(record, "erased"))
    return hasUnsent(current) ? erased({ ...current, rev }, arrival.at) : rowFromCentre(record, arrival);
  const hasMore =
    hasUnsent(current) ||
    (isWrittenByPeople(record) && (arrival.anew || lacksEntries(record, current.record)));
  return hasMore ? encounter(current, record, arrival) : rowFromCentre(record, arrival);
}

/**
 * The row of a record that a database which was made anew or put back from a backup does not know any more, or undefined
 * where nothing changes: what this device may send goes to the outbox, the rest waits here for its author's device.
 */
export function takeLoss(current: Row, author: Author, place: number): Row | undefined {
  if (current.rev === undefined || isErased(current.sync) || !isWrittenByPeople(current.record))
    return undefined;
  // It knows nothing of a move either.
  const { moved: _moved, ...lost } = withoutGround(current);
  if (lost.sync.state === "refused") return lost;
  return offered(lost, author) ? toSend(lost, place) : heldBack(lost);
}

/** The centre does not know its revision any more. */
export function withoutGround({ rev: _rev, ...kept }: Row): Row {
  return { ...kept, base: kept.base ?? kept.record };
}

/** Whether the row holds something the centre does not. */
function hasUnsent(row: Row): boolean {
  return row.outbox !== undefined || row.sync.state === "local" || row.sync.state === "refused";
}

/**
 * Each version holds the entries of all before it. One that lacks some does not stand on ours: another server's winner, or a
 * centre that was put back from a backup a moment after this device had asked which one it is.
 */
function lacksEntries(theirs: AnyRecord, mine: AnyRecord): boolean {
  const there = new Set(theirs.history?.map(({ id }) => id));
  return (mine.history ?? []).some(({ id }) => !there.has(id));
}

/** Sites and accounts are as the centre has them, whatever this device knew. */
function isWrittenByPeople({ type }: AnyRecord): boolean {
  return !isRecordType(type) || definitions[type].writers.length > 0;
}

function rowFromCentre(record: AnyRecord, { database, version, at, state }: Arrival): Row {
  return { database, record, sync: { state, at }, arrivedAt: at, rev: version.rev };
}

function seenBack(current: Row, { at, state }: Arrival): Row | undefined {
  if (current.sync.state !== "sent" || state !== "central") return undefined;
  return { ...current, sync: { state: "central", at } };
}

function encounter(current: Row, record: AnyRecord, arrival: Arrival): Row {
  const { rev } = arrival.version;
  const theirs = { ...rowFromCentre(record, arrival), arrivedAt: current.arrivedAt };
  switch (meet(current.record, record, [current.base, ...arrival.attempts])) {
    case "same":
      return theirs;
    case "mineIsEarlier":
      return rowFromCentre(record, arrival);
    case "theirsIsEarlier":
      return toSend(
        { ...current, record: onGroundOf(current.record, record), rev, base: record },
        arrival.place,
      );
    case "apart":
      return bothKept(current, record, arrival) ?? theirs;
  }
}

/**
 * Merged on top of the centre's version, and still to be sent; or, where that cannot be, kept here with the reason.
 * Undefined where the centre's version says it all.
 */
function bothKept(
  current: Row,
  record: AnyRecord,
  { version: { rev }, at, author, place }: Arrival,
): Row | undefined {
  const outcome = merged(current.record, record, author.newId);
  if (!outcome.ok) return refused(current, { kind: "other", reason: outcome.error, at });
  if (outcome.value === record) return undefined;
  return toSend({ ...current, record: outcome.value, rev, base: record }, place);
}

/** What the centre has of the times is settled there: a clock that was set meanwhile moves it here no more. */
function onGroundOf(mine: AnyRecord, theirs: AnyRecord): AnyRecord {
  return { ...withEntriesOf(mine, theirs), createdAt: theirs.createdAt };
}

/** What was refused waits for a person. */
export function toSend(row: Row, place: number): Row {
  if (row.sync.state === "refused") return row;
  return { ...row, sync: { state: "local" }, outbox: row.outbox ?? place };
}

/** Kept and readable here, whatever is unsent in it too, and not sent again. */
function takeDeletion(current: Row, { version, at, anew }: Arrival): Row | undefined {
  if (version.rev === current.rev) return undefined;
  if (!anew && generationOf(version.rev) < generationOf(current.rev)) return undefined;
  return erased({ ...current, rev: version.rev }, at);
}

/** Stays until what is unsent in it has been brought to the other site (`moved-cases.ts`). */
function takeMove(current: Row, { version: { rev, moved }, anew, author, place }: Arrival): Row | undefined {
  if (!moved || rev === current.rev) return undefined;
  if (!anew && generationOf(rev) < generationOf(current.rev)) return undefined;
  const row = { ...current, rev, moved };
  if (!anew || !isWrittenByPeople(row.record)) return row;
  // The other site may have it from a backup that is older than what we know, whoever wrote it.
  const { base: _base, ...unproven } = row;
  if (hasUnsent(unproven)) return unproven;
  return hasWordsOf(author, unproven.record) ? toSend(unproven, place) : heldBack(unproven);
}

const hasWordsOf = ({ name }: Author, { createdBy, history = [] }: AnyRecord): boolean =>
  createdBy === name || history.some(({ by }) => by === name);

const erased = (row: Row, at: string): Row => refused(row, { kind: "other", reason: erasedAtCentre, at });
