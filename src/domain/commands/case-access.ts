// Finds the case a command is about and what its author may do there.
import { type CaseFile, caseFileOf } from "#src/domain/case-file/case-file.ts";
import { homeOfCase } from "#src/domain/case-file/home-of-case.ts";
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import { isErased, type Reader } from "#src/domain/ports/store.ts";
import type { Site } from "#src/domain/records/site.ts";
import type { Role } from "#src/domain/roles.ts";
import { type Acting, type CommonError, holdsAny, rolesFor } from "./command.ts";

export interface CaseAccess {
  readonly file: CaseFile & { readonly site: Site };
  readonly held: ReadonlySet<Role>;
}

/** The case with this id, if it is here and its author holds one of the roles at its site. */
export function accessCase(
  read: Reader,
  caseId: string,
  acting: Acting,
  needed: readonly Role[],
): Result<CaseAccess, CommonError> {
  const entry = homeOfCase(read, caseId);
  const file = entry && caseFileOf(read, entry);
  if (!entry || !file?.site) return err({ type: "NotHere" });
  const held = rolesFor(acting.user.roles, file.site);
  if (!holdsAny(held, needed)) return err({ type: "NotAllowed" });
  if (isErased(entry.sync)) return err({ type: "ErasedAtCentre" });
  if (entry.newer) return err({ type: "MadeByNewerVersion" });
  return ok({ file: { ...file, site: file.site }, held });
}
