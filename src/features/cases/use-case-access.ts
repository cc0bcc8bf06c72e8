// What whoever is signed in may do with a case, and whether its names are kept on this device.
import { useMemo } from "react";
import { useWork } from "#src/data/work.tsx";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { holdsAny, rolesFor } from "#src/domain/commands/command.ts";
import { caseRoles, type Role } from "#src/domain/roles.ts";

export interface CaseAccess {
  /** The account's name, as records carry it. */
  readonly me: string;
  readonly held: ReadonlySet<Role>;
  readonly mayWrite: boolean;
}

export function useCaseAccess({ site, entry }: CaseFile): CaseAccess {
  const { account } = useWork().profile;
  return useMemo(() => {
    const held = site ? rolesFor(account.roles, site) : new Set<Role>();
    return { me: account.name, held, mayWrite: holdsAny(held, caseRoles) && !entry.newer };
  }, [account, site, entry]);
}
