// What becomes of a row when the centre has answered what we sent of it.
import type { Refusal } from "#src/domain/ports/store.ts";
import type { Row } from "#src/storage/replica.ts";
import { generationOf } from "./document.ts";
import { withoutClash } from "./take-over.ts";

/** The centre took `sent` as `rev`; `at` is its time. Undefined where nothing changes. */
export function settleAccepted(
  current: Row | undefined,
  sent: Row,
  rev: string,
  at: string,
): Row | undefined {
  if (!current) return undefined;
  if (current.outbox === undefined || current.outbox !== sent.outbox) {
    return current.theirs ? settleClash(current, rev, at) : settleLaterEdit(current, sent, rev);
  }
  const { outbox: _outbox, base: _base, ...kept } = withoutClash(current);
  return { ...kept, rev, sync: { state: "sent", at } };
}

/** Edited while it was on its way: what was sent is now the ground of the new edit, which stays in the outbox. */
function settleLaterEdit(current: Row, sent: Row, rev: string): Row | undefined {
  const overtaken = current.outbox === undefined || generationOf(current.rev) >= generationOf(rev);
  return overtaken ? undefined : { ...current, rev, base: sent.record };
}

/** Another's edit on top of ours was seen before the answer to ours: it knew our version, so there is no clash. */
function settleClash({ database, outbox, theirs }: Row, rev: string, at: string): Row | undefined {
  if (!theirs || outbox !== undefined || generationOf(theirs.rev) <= generationOf(rev)) return undefined;
  return { database, record: theirs.record, sync: { state: "central", at }, arrivedAt: at, rev: theirs.rev };
}

/** Kept with the reason; leaves the queue free, and goes again after an edit. */
export function settleRefused(current: Row | undefined, sent: Row, refusal: Refusal): Row | undefined {
  if (!current || current.outbox !== sent.outbox) return undefined;
  const { outbox: _outbox, ...kept } = current;
  return { ...kept, sync: { state: "refused", refusal } };
}
