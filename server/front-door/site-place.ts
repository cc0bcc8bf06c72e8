// Where a site stands, as the directory has it: all that rights at it depend on.
import { z } from "zod";
import { directoryDatabase, parseDatabase } from "#src/domain/record/databases.ts";
import { memberRoles, parseRole, type Role } from "#src/domain/roles.ts";
import { allDocuments } from "#server/couch-client/all-documents.ts";
import { documentPath, type CouchClient } from "#server/couch-client/couch-client.ts";

const sitePlaceSchema = z.object({ siteId: z.string(), ancestors: z.array(z.string()) });
export type SitePlace = z.output<typeof sitePlaceSchema>;

export async function sitePlaces(admin: CouchClient): Promise<readonly SitePlace[]> {
  const found = await allDocuments(admin, directoryDatabase, "site:");
  return found.flatMap((each) => sitePlaceSchema.safeParse(each).data ?? []);
}

/** One that the directory does not have stands below nothing. */
export async function sitePlace(admin: CouchClient, siteId: string): Promise<SitePlace> {
  const found = await admin.read(documentPath(directoryDatabase, `site:${siteId}`));
  return sitePlaceSchema.safeParse(found).data ?? { siteId, ancestors: [] };
}

/** The roles by which a database of the site is open to somebody (D2), as `_users` has them (`cadre@vn-gso-20194`). */
export function rolesAt(
  database: string,
  { siteId, ancestors }: SitePlace,
  held: readonly string[],
): readonly Role[] {
  const kind = parseDatabase(database)?.kind;
  if (kind === undefined || kind === "directory") return [];
  const members: readonly string[] = memberRoles(kind, { id: siteId, ancestors });
  return held.filter((role) => members.includes(role)).flatMap((role) => parseRole(role)?.role ?? []);
}
