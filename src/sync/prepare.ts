// Makes the rows of an outbox ready to be sent: put right by the centre's clock, signed, or held back for now.
import type { Row } from "#src/storage/replica.ts";
import { type Author, offered } from "./offer.ts";
import { type KnownTime, restamp } from "./restamp.ts";

/** The row as it is to wait, or undefined where it may go as it is. */
export function prepare(row: Row, time: KnownTime, author: Author): Row | undefined {
  if (row.outbox === undefined) return undefined;
  const timed = { ...row, record: restamp(row, time) ?? row.record };
  const offer = offered(timed, author);
  if (offer === undefined) return heldBack(row);
  // Of a row that is sent in part only, the whole stays here as it is.
  const isWhole = offer.history?.length === timed.record.history?.length;
  const record = isWhole ? offer : timed.record;
  return record === row.record ? undefined : { ...timed, record };
}

/** On this device, and out of the queue until its ground is at the centre. */
export function heldBack({ outbox: _outbox, ...kept }: Row): Row {
  return { ...kept, sync: { state: "local" } };
}
