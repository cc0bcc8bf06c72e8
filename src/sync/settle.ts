// What becomes of a row when the centre has answered what we sent of it.
import type { Refusal } from "#src/domain/ports/store.ts";
import { deepEqual } from "#src/domain/record/equal.ts";
import type { Row } from "#src/storage/replica.ts";
import { generationOf } from "./document.ts";

/** The centre took `sent` as `rev`; `at` is its time. Undefined where nothing changes. */
export function settleAccepted(
  current: Row | undefined,
  sent: Row,
  rev: string,
  at: string,
): Row | undefined {
  if (!current) return undefined;
  if (current.outbox !== sent.outbox || !deepEqual(current.record, sent.record))
    return settleLaterEdit(current, sent, rev);
  const { outbox: _outbox, base: _base, ...kept } = current;
  return { ...kept, rev, sync: { state: "sent", at } };
}

/** Edited, or merged with another's edit, while it was on its way: what was sent is now the ground of the new edit, which stays in the outbox. */
function settleLaterEdit(current: Row, sent: Row, rev: string): Row | undefined {
  const overtaken = current.outbox === undefined || generationOf(current.rev) >= generationOf(rev);
  return overtaken ? undefined : { ...current, rev, base: sent.record };
}

/** Kept with the reason; leaves the queue free, and goes again after an edit. */
export function settleRefused(current: Row | undefined, sent: Row, refusal: Refusal): Row | undefined {
  if (!current || current.outbox !== sent.outbox) return undefined;
  return refused(current, refusal);
}

/** The row out of the queue, with the reason, until a person mends it. */
export function refused({ outbox: _outbox, ...kept }: Row, refusal: Refusal): Row {
  return { ...kept, sync: { state: "refused", refusal } };
}
