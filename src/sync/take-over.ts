// What becomes of a row when a version of its record is seen at the centre. Nothing unsent is ever lost here.
import type { AnyRecord } from "#src/domain/record/define.ts";
import type { Row } from "#src/storage/replica.ts";
import { generationOf, type Version } from "./document.ts";
import { meet } from "./meet.ts";
import { merged } from "./merged.ts";
import { deletedAtCentre } from "./reasons.ts";
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
  /** Makes ids for entries of history. */
  readonly newId: () => string;
}

/** The row as it must become, or undefined where nothing changes. */
export function takeOver(current: Row | undefined, arrival: Arrival): Row | undefined {
  const { rev, record } = arrival.version;
  if (!record) return current && takeDeletion(current, arrival);
  if (!current) return rowFromCentre(record, arrival);
  if (rev === current.rev) return seenBack(current, arrival);
  // An answer that is older than what we know: a slow node of a cluster, or a request that was overtaken.
  if (generationOf(rev) < generationOf(current.rev)) return undefined;
  return hasUnsent(current) ? encounter(current, record, arrival) : rowFromCentre(record, arrival);
}

/** Whether the row holds something the centre does not. */
function hasUnsent(row: Row): boolean {
  return row.outbox !== undefined || row.sync.state === "local" || row.sync.state === "refused";
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
  switch (meet(current.record, record, [current.base, ...arrival.attempts])) {
    case "same":
      return { ...rowFromCentre(record, arrival), arrivedAt: current.arrivedAt };
    case "mineIsEarlier":
      return rowFromCentre(record, arrival);
    case "theirsIsEarlier":
      return { ...current, rev, base: record };
    case "apart":
      return bothKept(current, record, arrival);
  }
}

/** Merged on top of the centre's version, and still to be sent; or, where that cannot be, kept here with the reason. */
function bothKept(current: Row, record: AnyRecord, { version: { rev }, at, newId }: Arrival): Row {
  const outcome = merged(current.record, record, newId);
  if (outcome.ok) return { ...current, record: outcome.value, rev, base: record };
  return refused(current, { kind: "other", reason: outcome.error, at });
}

function takeDeletion(current: Row, { version, at }: Arrival): Row | undefined {
  // What is unsent goes on its way, and is then refused with the same reason.
  if (hasUnsent(current) || version.rev === current.rev) return undefined;
  if (generationOf(version.rev) < generationOf(current.rev)) return undefined;
  return refused({ ...current, rev: version.rev }, { kind: "other", reason: deletedAtCentre, at });
}
