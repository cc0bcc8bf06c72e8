// Makes somebody of the site responsible for a case (D9: reassign).
import { case_ } from "#src/domain/records/case.ts";
import { err, ok } from "#src/domain/ports/result.ts";
import type { Reader } from "#src/domain/ports/store.ts";
import type { Account } from "#src/domain/records/account.ts";
import type { Site } from "#src/domain/records/site.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { accessCase } from "./case-access.ts";
import { amended, type Command, holdsAny, rolesFor } from "./command.ts";

export interface Assignment {
  readonly caseId: string;
  /** Name of an account that works at the case's site. */
  readonly owner: string;
}

export const assignOwner: Command<
  Assignment,
  { readonly type: "NobodyHere" } | { readonly type: "NothingChanged" }
> = {
  name: "assign-owner",
  run(read, input, acting) {
    const access = accessCase(read, input.caseId, acting, caseRoles);
    if (!access.ok) return access;
    const { file } = access.value;
    if (!workersAt(read, file.site).some((account) => account.name === input.owner))
      return err({ type: "NobodyHere" });
    const record = amended(case_, file.case, { owner: input.owner }, acting);
    return record === file.case ? err({ type: "NothingChanged" }) : ok([{ database: file.database, record }]);
  },
};

/** Who can be made responsible at a site: everybody who works with files there and is not disabled. */
export function workersAt(read: Reader, site: Site): readonly Account[] {
  return read
    .list("account")
    .map(({ record }) => record)
    .filter((account) => account.disabled !== true && holdsAny(rolesFor(account.roles, site), caseRoles));
}
