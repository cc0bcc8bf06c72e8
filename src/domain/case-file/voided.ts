// Which records hold: one is set aside by a voiding, and that by another (D10).
import type { AnyRecord } from "#src/domain/record/define.ts";
import type { Voiding } from "#src/domain/records/voiding.ts";
import { compare } from "./axis.ts";

const isVoiding = (record: AnyRecord): record is Voiding => record.type === "voiding";

/**
 * The voidings that hold, by the id of the record each sets aside: of several the first that was made. One by somebody who is
 * neither the author of what it sets aside nor a supervisor counts for nothing: the centre, which judges each record by
 * itself, cannot refuse it.
 */
export function voidingsInForce(
  records: readonly AnyRecord[],
  isSupervisor: (account: string) => boolean,
): ReadonlyMap<string, Voiding> {
  const authors = new Map(records.map(({ id, createdBy }) => [id, createdBy]));
  const mayVoid = ({ target, createdBy }: Voiding): boolean =>
    (authors.get(target) ?? createdBy) === createdBy || isSupervisor(createdBy);
  const byTarget = new Map<string, Voiding[]>();
  // In an order that does not depend on arrival, so that every device names the same author and reason.
  const ordered = records
    .filter(isVoiding)
    .filter(mayVoid)
    .toSorted((a, b) => compare(a.createdAt, b.createdAt) || compare(a.id, b.id));
  for (const record of ordered) {
    const aimed = byTarget.get(record.target);
    if (aimed) aimed.push(record);
    else byTarget.set(record.target, [record]);
  }
  const inForce = new Map<string, Voiding>();
  const holding = holdingOf(ordered, byTarget);
  for (const [target, voidings] of byTarget) {
    const first = voidings.find(({ id }) => holding.has(id));
    if (first) inForce.set(target, first);
  }
  return inForce;
}

/**
 * Ids of the voidings that hold: those at which none that holds is aimed. Judged from the ends of the chains inwards,
 * without recursion: somebody may write a chain of any length, or a ring, which then holds as a whole.
 */
function holdingOf(
  voidings: readonly Voiding[],
  byTarget: ReadonlyMap<string, readonly Voiding[]>,
): ReadonlySet<string> {
  const holding = new Set(voidings.map(({ id }) => id));
  const unjudged = new Map(voidings.map(({ id }) => [id, byTarget.get(id)?.length ?? 0]));
  const byId = new Map(voidings.map((voiding) => [voiding.id, voiding]));
  const ready = voidings.filter(({ id }) => unjudged.get(id) === 0);
  for (let voiding = ready.pop(); voiding; voiding = ready.pop()) {
    const aim = byId.get(voiding.target);
    if (!aim) continue;
    if (holding.has(voiding.id)) holding.delete(aim.id);
    const left = (unjudged.get(aim.id) ?? 0) - 1;
    unjudged.set(aim.id, left);
    if (left === 0) ready.push(aim);
  }
  return holding;
}
