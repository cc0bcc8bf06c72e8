// Records on their way, gathered by the case they belong to: a person's papers are looked for together.
import type { Placed } from "#src/data/sync-queries.ts";

export interface CaseGroup {
  /** Absent: of no case on this device. */
  readonly caseId: string | undefined;
  readonly code: string | undefined;
  readonly records: readonly Placed[];
}

/** In the order in which each case comes up first; within a case as they came. */
export function groupedByCase(records: readonly Placed[]): readonly CaseGroup[] {
  const groups = new Map<string | undefined, Placed[]>();
  for (const placed of records) {
    const known = groups.get(placed.caseId);
    if (known) known.push(placed);
    else groups.set(placed.caseId, [placed]);
  }
  return [...groups].map(([caseId, placed]) => ({ caseId, code: placed[0]?.code, records: placed }));
}
