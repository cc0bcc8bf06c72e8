// Queries about places and colleagues, from the directory.
import { rolesFor } from "#src/domain/commands/command.ts";
import type { Reader } from "#src/domain/ports/store.ts";
import type { Account } from "#src/domain/records/account.ts";
import type { Site } from "#src/domain/records/site.ts";
import { parseRole, type Role } from "#src/domain/roles.ts";

export const allSites = (read: Reader): readonly Site[] => read.list("site").map(({ record }) => record);

export const oneSite = (read: Reader, siteId: string): Site | undefined =>
  read.get("site", `site:${siteId}`)?.record;

/** The name of a site in a language; its id while the directory has not arrived. */
export const nameOfSite = (read: Reader, siteId: string, locale: keyof Site["names"]): string =>
  oneSite(read, siteId)?.names[locale] ?? siteId;

/** The name people know an account or a site by. */
export const heldName = (
  read: Reader,
  held: string,
  kind: "account" | "site",
  locale: keyof Site["names"],
): string => (kind === "site" ? nameOfSite(read, held, locale) : displayNameOf(read, held));

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

/** Sites whose names a supervisor with these roles may read: the own one and those directly below (D2). */
export function sitesWithNames(read: Reader, roles: readonly string[]): readonly Site[] {
  const places = roles.flatMap((text) => {
    const placed = parseRole(text);
    return placed?.role === "supervisor" ? [placed.place] : [];
  });
  return allSites(read).filter(
    ({ siteId, ancestors, kind }) =>
      kind !== "office" &&
      (places.includes(siteId) || (ancestors[0] !== undefined && places.includes(ancestors[0]))),
  );
}

export const allAccounts = (read: Reader): readonly Account[] =>
  read.list("account").map(({ record }) => record);

/** Those who work at this site itself and may still sign in, by name. */
export const accountsAt = (read: Reader, siteId: string): readonly Account[] =>
  allAccounts(read)
    .filter(
      ({ roles, disabled }) => disabled !== true && roles.some((role) => parseRole(role)?.place === siteId),
    )
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
