// The databases at the centre and their names (D1).
import type { DatabaseKind } from "./define.ts";

/** A site's id inside the name of a database, as the text of a regular expression. */
export const siteIdPattern = "[a-z][a-z0-9-]{0,60}";

export const directoryDatabase = "directory";
export const siteDatabase = (siteId: string): string => `s-${siteId}`;
export const identityDatabase = (siteId: string): string => `p-${siteId}`;

/** The name of the database that holds records of this kind for a site. */
export function databaseName(kind: DatabaseKind, siteId: string): string {
  if (kind === "directory") return directoryDatabase;
  return kind === "site" ? siteDatabase(siteId) : identityDatabase(siteId);
}

const wholeSiteId = new RegExp(`^${siteIdPattern}$`);

/** What a database's name says: its kind, and the site it belongs to; undefined for names not ours. */
export function parseDatabase(name: string): { kind: DatabaseKind; siteId: string } | undefined {
  if (name === directoryDatabase) return { kind: "directory", siteId: "" };
  const siteId = name.slice(2);
  if (!wholeSiteId.test(siteId)) return undefined;
  if (name.startsWith("s-")) return { kind: "site", siteId };
  if (name.startsWith("p-")) return { kind: "identity", siteId };
  return undefined;
}
