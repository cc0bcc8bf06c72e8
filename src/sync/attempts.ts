// Remembers what was sent of each record until it is known what became of it, so that our own version is recognised.
import type { AnyRecord } from "#src/domain/record/define.ts";
import type { Row } from "#src/storage/replica.ts";

export interface Attempts {
  begin(rows: readonly Row[]): void;
  /** The centre has answered for this record. */
  end(database: string, id: string): void;
  /** Everything sent of the record since the centre last answered for it. */
  of(database: string, id: string): readonly AnyRecord[];
}

export function createAttempts(): Attempts {
  const sent = new Map<string, readonly AnyRecord[]>();
  const keyOf = (database: string, id: string) => `${database}/${id}`;
  const of = (database: string, id: string) => sent.get(keyOf(database, id)) ?? [];
  return {
    begin(rows) {
      for (const { database, record } of rows)
        sent.set(keyOf(database, record.id), [...of(database, record.id), record]);
    },
    end: (database, id) => {
      sent.delete(keyOf(database, id));
    },
    of,
  };
}
