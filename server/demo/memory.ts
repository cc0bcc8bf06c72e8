// Records in memory, read as the product's commands read them.
import type { AnyRecord } from "#src/domain/record/define.ts";
import type { RecordByType, RecordType } from "#src/domain/records/index.ts";
import type { Change, Entry, Reader } from "#src/domain/ports/store.ts";

export interface Memory {
  read: Reader;
  put: (change: Change) => void;
}

export function recordsInMemory(): Memory {
  const entries = new Map<string, Entry>();
  const all = () => [...entries.values()];
  const isOf =
    <T extends RecordType>(type: T) =>
    (entry: Entry): entry is Entry<RecordByType[T] & AnyRecord> =>
      entry.record.type === type;
  const read: Reader = {
    get revision() {
      return entries.size;
    },
    get: (type, id) =>
      all()
        .filter(isOf(type))
        .find(({ record }) => record.id === id),
    list: (type) => all().filter(isOf(type)),
    ofCase: (caseId) => all().filter(({ record }) => record.case === caseId),
    all,
    drafts: () => [],
    local: () => undefined,
    unreadable: 0,
  };
  return {
    read,
    put: ({ database, record }) => {
      const sync = { state: "central", at: record.createdAt } as const;
      entries.set(record.id, { database, record, sync, arrivedAt: record.createdAt });
    },
  };
}
