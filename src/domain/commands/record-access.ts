// Finds a record by where it lies and checks what whoever acts may do at its site.
import { parseDatabase } from "#src/domain/record/databases.ts";
import type { Role } from "#src/domain/roles.ts";
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import { type Entry, isErased, type Reader } from "#src/domain/ports/store.ts";
import { type Acting, type CommonError, holdsAny, rolesFor } from "./command.ts";

export interface RecordAccess {
  readonly entry: Entry;
  readonly held: ReadonlySet<Role>;
}

export function accessRecord(
  read: Reader,
  { database, id }: { readonly database: string; readonly id: string },
  acting: Acting,
  needed: readonly Role[],
): Result<RecordAccess, CommonError> {
  const entry = read.all().find((one) => one.database === database && one.record.id === id);
  const site = read.get("site", `site:${parseDatabase(database)?.siteId ?? ""}`)?.record;
  if (!entry || !site) return err({ type: "NotHere" });
  const held = rolesFor(acting.user.roles, site);
  if (!holdsAny(held, needed)) return err({ type: "NotAllowed" });
  if (isErased(entry.sync)) return err({ type: "ErasedAtCentre" });
  return entry.newer ? err({ type: "MadeByNewerVersion" }) : ok({ entry, held });
}
