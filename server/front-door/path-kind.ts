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
const API_ENDPOINTS = new Set([
  "session",
  "password",
  "health",
  "devices",
  "forks",
  "inbox",
  "transfers",
  "bundles",
  "changed",
]);

/** @param pathname as in a URL: it starts with "/" */
export function pathKind(pathname: string): PathKind {
  const [, part = "", endpoint = ""] = pathname.split("/");
  if (part === "api") return { part, endpoint: API_ENDPOINTS.has(endpoint) ? endpoint : "other" };
  if (part !== "db") return { part: "app" };
  const path = storePath(pathname);
  // Refused before the store is asked: there is no more to tell.
  if (typeof path === "number") return { part, database: "other", endpoint: "other" };
  const [, second = "", third = ""] = path.split("/");
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
 * The path below `/db` as the store shall read it, each segment encoded in one way: what is judged and logged here is
 * then what the store does. The store is asked for databases, and for the few paths of the server that the protocol
 * needs; what else a CouchDB offers (its console, its configuration) is not for the outside.
 * @param pathname as in a URL: it starts with "/db"
 * @returns the path without that prefix, or the status with which it is refused
 */
export function storePath(pathname: string): string | 400 | 404 {
  const segments = pathname.split("/").slice(2);
  if (segments.at(-1) === "") segments.pop();
  // An empty first segment would make a host of the second one.
  if (segments.includes("")) return 404;
  const [first = ""] = segments;
  if (!(first === "" || first === "_users" || SERVER_ENDPOINTS.has(first) || /^[a-z]/.test(first)))
    return 404;
  try {
    return `/${segments.map((segment) => encodeURIComponent(decodeURIComponent(segment))).join("/")}`;
  } catch {
    return 400;
  }
}
