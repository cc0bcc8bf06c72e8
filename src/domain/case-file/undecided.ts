// Whether two versions of a record still wait for somebody to choose.
import type { Entry } from "#src/domain/ports/store.ts";

/**
 * A decision keeps the histories of both versions in the record (D15); until it has been sent, the centre's version
 * still lies beside it.
 */
export function isUndecided({ record, clash }: Entry): boolean {
  if (!clash) return false;
  const known = new Set(record.history?.map(({ id }) => id));
  const others = clash.history ?? [];
  return others.length === 0 || others.some(({ id }) => !known.has(id));
}
