// Queries about places and colleagues, from the directory.
import { rolesFor } from "#src/domain/commands/command.ts";
import type { Reader } from "#src/domain/ports/store.ts";
import type { Site } from "#src/domain/records/site.ts";
import type { Role } from "#src/domain/roles.ts";

export const allSites = (read: Reader): readonly Site[] => read.list("site").map(({ record }) => record);

export const oneSite = (read: Reader, siteId: string): Site | undefined =>
  read.get("site", `site:${siteId}`)?.record;

/** Sites at which somebody with these roles may do what needs one of `needed`. */
export function sitesWith(read: Reader, roles: readonly string[], needed: readonly Role[]): readonly Site[] {
  return allSites(read).filter((site) => {
    const held = rolesFor(roles, site);
    return needed.some((role) => held.has(role));
  });
}

/** The name colleagues know an account by; the account's own name while the directory has not arrived. */
export const displayNameOf = (read: Reader, account: string): string =>
  read.get("account", `account:${account}`)?.record.displayName ?? account;
