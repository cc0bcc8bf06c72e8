// Entries of history for tests, one after the other: those of one moment stand in the order of their ids.
import type { HistoryEntry } from "#src/domain/record/define.ts";

/** @param at the moment of all of them, unless an entry tells another */
export function createSaid(at: string) {
  let ids = 0;
  const newId = () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, "0")}`;
  return {
    newId,
    said: (by: string, field: string, to: string, more: Partial<HistoryEntry> = {}): HistoryEntry => ({
      id: newId(),
      at,
      by,
      device: "d",
      field,
      to,
      after: [],
      ...more,
    }),
  };
}
