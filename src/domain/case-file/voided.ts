// Which records hold: one is set aside by a voiding, and that by another (D10).
import type { AnyRecord } from "#src/domain/record/define.ts";
import type { Voiding } from "#src/domain/records/voiding.ts";
import { compare } from "./axis.ts";

const isVoiding = (record: AnyRecord): record is Voiding => record.type === "voiding";

/** The voidings that hold, by the id of the record each sets aside: of several the first that was made. */
export function voidingsInForce(records: readonly AnyRecord[]): ReadonlyMap<string, Voiding> {
  const byTarget = new Map<string, Voiding[]>();
  // In an order that does not depend on arrival, so that every device names the same author and reason.
  const ordered = records
    .filter(isVoiding)
    .toSorted((a, b) => compare(a.createdAt, b.createdAt) || compare(a.id, b.id));
  for (const record of ordered) {
    byTarget.set(record.target, [...(byTarget.get(record.target) ?? []), record]);
  }
  const inForce = new Map<string, Voiding>();
  // A voiding holds unless one that holds is aimed at it; a ring of voidings cannot be made, ids are random.
  const holds = (voiding: Voiding, seen: ReadonlySet<string>): boolean =>
    !(byTarget.get(voiding.id) ?? []).some(
      (against) => !seen.has(against.id) && holds(against, new Set([...seen, against.id])),
    );
  for (const [target, voidings] of byTarget) {
    const first = voidings.find((voiding) => holds(voiding, new Set([voiding.id])));
    if (first) inForce.set(target, first);
  }
  return inForce;
}
