// A minor's own file and the file of the adult they came with: each shows the other.
import type { Entry } from "#src/domain/ports/store.ts";
import type { Case } from "#src/domain/records/case.ts";

/** Whether the file of a minor may be linked to that one: of the same site, not itself, not a minor's own. */
export const mayAccompany = (
  minor: { readonly id: string; readonly database: string },
  adult: Entry<Case>,
): boolean =>
  adult.record.id !== minor.id &&
  adult.database === minor.database &&
  adult.record.group !== "accompanying_under_18" &&
  adult.record.accompanies === undefined;
