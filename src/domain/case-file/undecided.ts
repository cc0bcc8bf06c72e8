// What two people have answered differently without seeing each other's answer, and nobody has decided yet.
import type { AnyRecord, Definition } from "#src/domain/record/define.ts";
import { type Clash, clashesOf } from "#src/domain/record/history.ts";
import { definitions, isRecordType } from "#src/domain/records/index.ts";

// Lists ask of every record at each change; a record never changes in place.
const known = new WeakMap<AnyRecord, readonly Clash[]>();

/** Open clashes of a record, in the order of its description; read from its history, so all devices see the same. */
export function clashesIn(record: AnyRecord): readonly Clash[] {
  const { type, history = [] } = record;
  if (history.length < 2 || !isRecordType(type)) return [];
  let found = known.get(record);
  if (!found) {
    const definition: Definition = definitions[type];
    found = clashesOf(definition, record);
    known.set(record, found);
  }
  return found;
}

export const isUndecided = ({ record }: { readonly record: AnyRecord }): boolean =>
  clashesIn(record).length > 0;
