// Which databases a device keeps, from its user's roles and the directory's sites (D1, D2).
import { directoryDatabase, identityDatabase, siteDatabase } from "#src/domain/record/databases.ts";
import { parseRole, staff } from "#src/domain/roles.ts";

export interface Place {
  readonly siteId: string;
  /** Ids of the sites above, nearest first. */
  readonly ancestors: readonly string[];
}

/**
 * Names of databases, the directory first, then by code, then with identity.
 * @param sites the directory's sites; may be empty before the first exchange
 * @param keepNames ids of sites whose names a supervisor chose to keep on this device
 */
export function databasesOf(
  roles: readonly string[],
  sites: readonly Place[],
  keepNames: readonly string[],
): readonly string[] {
  const placed = roles.map(parseRole).filter((role) => role !== undefined);
  if (placed.length === 0 && !roles.includes(staff)) return [];
  const byCode = new Set<string>();
  const withIdentity = new Set<string>();
  for (const { role, place } of placed) {
    if (role === "administrator") continue;
    byCode.add(siteDatabase(place));
    if (role !== "supervisor") {
      withIdentity.add(identityDatabase(place));
      continue;
    }
    if (keepNames.includes(place)) withIdentity.add(identityDatabase(place));
    for (const { siteId, ancestors } of sites) {
      if (!ancestors.includes(place)) continue;
      byCode.add(siteDatabase(siteId));
      // Names open to the direct parent only (D2).
      if (ancestors[0] === place && keepNames.includes(siteId)) withIdentity.add(identityDatabase(siteId));
    }
  }
  return [directoryDatabase, ...[...byCode].toSorted(), ...[...withIdentity].toSorted()];
}
