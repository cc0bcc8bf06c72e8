// How many records wait, are refused, or clash; counted from the records, never kept.
import { clashesIn } from "#src/domain/case-file/undecided.ts";
import type { ExchangeCounts } from "#src/domain/ports/exchange.ts";
import type { Entry } from "#src/domain/ports/store.ts";

export function countEntries(entries: readonly Entry[]): ExchangeCounts {
  let waiting = 0;
  let refused = 0;
  let clashes = 0;
  for (const { sync, record } of entries) {
    if (sync.state === "local" || sync.state === "sent") waiting += 1;
    if (sync.state === "refused") refused += 1;
    if (clashesIn(record).length > 0) clashes += 1;
  }
  return { waiting, refused, clashes };
}
