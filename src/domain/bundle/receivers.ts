// Who may take a bundle in: supervisors to whom the databases of what is in it are open anyway (D2).
import type { Reader } from "#src/domain/ports/store.ts";
import { parseDatabase } from "#src/domain/record/databases.ts";
import type { Device } from "#src/domain/records/device.ts";
import { memberRoles, parseRole } from "#src/domain/roles.ts";

interface Place {
  readonly siteId: string;
  /** Ids of the sites above, nearest first. */
  readonly ancestors: readonly string[];
}

/** Whether somebody with these roles may bring in what others wrote for this database; `site` is the one it belongs to. */
export function mayBringIn(roles: readonly string[], database: string, site: Place | undefined): boolean {
  const parsed = parseDatabase(database);
  if (!parsed || parsed.kind === "directory" || parsed.siteId !== site?.siteId) return false;
  const members: readonly string[] = memberRoles(parsed.kind, { id: site.siteId, ancestors: site.ancestors });
  return roles.some((role) => parseRole(role)?.role === "supervisor" && members.includes(role));
}

/** A supervisor to whom something may be handed on. */
export interface Receiver {
  readonly account: string;
  readonly displayName: string;
  /** Those that can open a file; none: not to be reached in this way. */
  readonly devices: readonly Device[];
  /** Of those that were asked about, the ones open to them. */
  readonly databases: readonly string[];
}

/** Everybody but oneself to whom at least one of the databases may be handed on; whoever can open a file first, then by name. */
export function receiversOf(
  read: Pick<Reader, "get" | "list">,
  me: string,
  databases: readonly string[],
): readonly Receiver[] {
  const placeOf = (database: string) =>
    read.get("site", `site:${parseDatabase(database)?.siteId ?? ""}`)?.record;
  const devices = read.list("device").map(({ record }) => record);
  return read
    .list("account")
    .map(({ record }) => record)
    .filter(({ name, disabled }) => name !== me && disabled !== true)
    .map(({ name, displayName, roles }) => ({
      account: name,
      displayName,
      devices: devices.filter(({ account, retired }) => account === name && retired !== true),
      databases: databases.filter((database) => mayBringIn(roles, database, placeOf(database))),
    }))
    .filter((receiver) => receiver.databases.length > 0)
    .toSorted(
      (a, b) =>
        Number(b.devices.length > 0) - Number(a.devices.length > 0) ||
        (a.displayName < b.displayName ? -1 : 1),
    );
}
