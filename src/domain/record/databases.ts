// The databases at the centre and their names (D1).
import type { DatabaseKind } from "./define.ts";

export const directoryDatabase = "directory";
export const siteDatabase = (siteId: string): string => `s-${siteId}`;
export const identityDatabase = (siteId: string): string => `p-${siteId}`;

/** The name of the database that holds records of this kind for a site. */
export function databaseName(kind: DatabaseKind, siteId: string): string {
  if (kind === "directory") return directoryDatabase;
  return kind === "site" ? siteDatabase(siteId) : identityDatabase(siteId);
}

/** What a database's name says: its kind, and the site it belongs to; undefined for names not ours. */
export function parseDatabase(name: string): { kind: DatabaseKind; siteId: string } | undefined {
  if (name === directoryDatabase) return { kind: "directory", siteId: "" };
  const siteId = name.slice(2);
  if (!/^[a-z][a-z0-9-]{0,60}$/.test(siteId)) return undefined;
  if (name.startsWith("s-")) return { kind: "site", siteId };
  if (name.startsWith("p-")) return { kind: "identity", siteId };
  return undefined;
}
