// What kind of thing a path asks for: what the access log may say of it, without ids and without queries.
import { parseDatabase } from "#src/domain/record/databases.ts";

export interface PathKind {
  /** `db`, `api` or `app`. */
  part: "db" | "api" | "app";
  /** Name of one of our databases; "other" for any other name. */
  database?: string;
  /** `_changes`, `_bulk_docs`, `document`, `_session`, `password`, …; "other" for what nobody offers. */
  endpoint?: string;
}

const OWN_DATABASES = new Set(["neo-ve", "_users"]);
const SERVER_ENDPOINTS = new Set(["_session", "_up", "_all_dbs"]);
const DATABASE_ENDPOINTS = new Set([
  "_changes",
  "_all_docs",
  "_bulk_docs",
  "_bulk_get",
  "_revs_diff",
  "_missing_revs",
  "_security",
  "_ensure_full_commit",
  "_purge",
  "_compact",
  "_local",
  "_design",
]);
const API_ENDPOINTS = new Set(["session", "password", "health"]);

/** @param pathname as in a URL: it starts with "/" */
export function pathKind(pathname: string): PathKind {
  const [, first = "", second = "", third = ""] = pathname.split("/");
  if (first === "api") return { part: "api", endpoint: API_ENDPOINTS.has(second) ? second : "other" };
  if (first !== "db") return { part: "app" };
  if (second === "" || SERVER_ENDPOINTS.has(second)) return { part: "db", endpoint: second || "welcome" };
  const database = isOurs(second) ? second : "other";
  if (third === "") return { part: "db", database, endpoint: "database" };
  if (DATABASE_ENDPOINTS.has(third)) return { part: "db", database, endpoint: third };
  return { part: "db", database, endpoint: third.startsWith("_") ? "other" : "document" };
}

/** Whether members only may open the database, so that an answer from it proves who asked. */
export const isOurs = (database: string) =>
  parseDatabase(database) !== undefined || OWN_DATABASES.has(database);

/**
 * Whether the store is asked at all: databases, and the few paths of the server that the protocol needs. What else
 * a CouchDB offers (its console, its configuration) is not for the outside.
 */
export function isServedByStore(pathname: string): boolean {
  const second = pathname.split("/")[2] ?? "";
  return second === "" || second === "_users" || SERVER_ENDPOINTS.has(second) || /^[a-z]/.test(second);
}
