// Makes the rows of an outbox ready to be sent: instants that a wrong clock had set are put right.
import type { Row } from "#src/storage/replica.ts";
import { type KnownTime, restamp } from "./restamp.ts";

/** The row as it is to be sent, or undefined where it may go as it is. */
export function prepare(row: Row, time: KnownTime): Row | undefined {
  if (row.outbox === undefined) return undefined;
  const record = restamp(row, time);
  return record && { ...row, record };
}
