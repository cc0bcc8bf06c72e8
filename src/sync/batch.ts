// The next rows of an outbox that go in one request: in their order, not too much.
import type { Row } from "#src/storage/replica.ts";
import { documentText } from "./document.ts";

const mostBytes = 1_000_000;
const encoder = new TextEncoder();

export interface Batch {
  readonly rows: readonly Row[];
  /** The JSON texts of the rows' documents. */
  readonly texts: readonly string[];
}

/** A row larger than a whole batch goes alone: the centre says whether it is too large. */
export function nextBatch(rows: readonly Row[]): Batch {
  const texts: string[] = [];
  let bytes = 0;
  for (const { record, rev } of rows) {
    const text = documentText(record, rev);
    bytes += encoder.encode(text).length + 1;
    if (bytes > mostBytes && texts.length > 0) break;
    texts.push(text);
  }
  return { rows: rows.slice(0, texts.length), texts };
}

/** The one that is soonest to get through, alone. */
export function smallestOf(rows: readonly Row[]): Batch {
  const sized = rows.map((row) => ({ row, text: documentText(row.record, row.rev) }));
  const [smallest] = sized.toSorted((a, b) => a.text.length - b.text.length);
  return smallest ? { rows: [smallest.row], texts: [smallest.text] } : { rows: [], texts: [] };
}
