// Everything that was written about a case, as one story: records, and the changes made to them later.
import { compare } from "#src/domain/case-file/axis.ts";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import type { HistoryEntry } from "#src/domain/record/define.ts";
import type { Entry } from "#src/domain/ports/store.ts";
import type { Voiding } from "#src/domain/records/voiding.ts";

interface Told {
  readonly key: string;
  readonly at: string;
  readonly by: string;
  readonly entry: Entry;
}

/** A record as it was written. */
export interface RecordItem extends Told {
  readonly kind: "record";
  /** Set aside by this voiding. */
  readonly voiding: Voiding | undefined;
  /** Another record says the same better. */
  readonly corrected: boolean;
}

/** Changes that one person made to one record at one moment. */
export interface EditItem extends Told {
  readonly kind: "edit";
  readonly changes: readonly HistoryEntry[];
}

export type TimelineItem = RecordItem | EditItem;

/** The newest first. */
export function timelineOf(file: CaseFile): readonly TimelineItem[] {
  const entries = file.person ? [...file.entries, file.person] : file.entries;
  const corrected = new Set(
    entries
      .filter(({ record }) => !file.voided.has(record.id))
      .map(({ record }) => record.corrects)
      .filter((id) => id !== undefined),
  );
  const items = entries.flatMap((entry): TimelineItem[] => {
    const { id, createdAt, createdBy } = entry.record;
    const voiding = file.voided.get(id);
    const item = { kind: "record", key: id, at: createdAt, by: createdBy, entry, voiding } as const;
    return [{ ...item, corrected: corrected.has(id) }, ...editsOf(entry)];
  });
  return items.toSorted((a, b) => compare(b.at, a.at) || compare(a.key, b.key));
}

function editsOf(entry: Entry): readonly EditItem[] {
  const groups = new Map<string, EditItem>();
  for (const change of entry.record.history ?? []) {
    const key = `${entry.record.id} ${change.at} ${change.by}`;
    const known = groups.get(key)?.changes ?? [];
    groups.set(key, { kind: "edit", key, at: change.at, by: change.by, entry, changes: [...known, change] });
  }
  return [...groups.values()];
}
