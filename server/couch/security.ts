// Who may open a database: its `_security` object against the user of the request.
import { badRequest, forbidden, notServerAdmin, unauthorized } from "./errors.ts";
import { isObject, isStringArray, type Json, type JsonObject } from "./json.ts";

export interface User {
  /** Null for nobody signed in. */
  name: string | null;
  roles: string[];
}

/** What the record rule learns about the user, as `validate_doc_update` of CouchDB does. */
export interface UserContext extends User {
  db: string;
}

export const ANONYMOUS: User = { name: null, roles: [] };

export const isServerAdmin = (user: User) => user.roles.includes("_admin");

/** May write revisions made elsewhere (`new_edits: false`). */
export const mayReplicate = (user: User) => isServerAdmin(user) || user.roles.includes("replicator");

export function isDatabaseAdmin(user: User, security: JsonObject): boolean {
  return isServerAdmin(user) || isListed(user, security["admins"]);
}

/** An empty list of members lets nobody in but administrators: here, nothing is public by omission. */
function isMember(user: User, security: JsonObject): boolean {
  return isDatabaseAdmin(user, security) || isListed(user, security["members"]);
}

function isListed(user: User, group: Json | undefined): boolean {
  if (!isObject(group)) return false;
  const { names, roles } = readGroup(group);
  return (user.name !== null && names.includes(user.name)) || user.roles.some((role) => roles.includes(role));
}

function readGroup(group: JsonObject): { names: string[]; roles: string[] } {
  const names = group["names"];
  const roles = group["roles"];
  return {
    names: isStringArray(names) ? names : [],
    roles: isStringArray(roles) ? roles : [],
  };
}

/** @throws 401 for nobody, 403 for somebody, who is not a member */
export function checkMember(user: User, security: JsonObject): void {
  if (isMember(user, security)) return;
  throw user.name === null
    ? unauthorized("You are not authorized to access this db.")
    : forbidden("You are not allowed to access this db.");
}

/** @throws 401 or 403 for one who is no administrator of the database */
export function checkDatabaseAdmin(user: User, security: JsonObject): void {
  if (isDatabaseAdmin(user, security)) return;
  const reason = "You are not a db or server admin.";
  throw user.name === null ? unauthorized(reason) : forbidden(reason);
}

/** @throws 401, for a signed-in user too, as CouchDB does */
export function checkServerAdmin(user: User): void {
  if (!isServerAdmin(user)) throw notServerAdmin();
}

/** Checks a `_security` object before it is kept. @throws 400 */
export function readSecurity(value: Json): JsonObject {
  if (!isObject(value)) throw badRequest("Request body must be a JSON object");
  for (const group of [value["admins"], value["members"]]) {
    if (group === undefined) continue;
    if (!isObject(group)) throw badRequest("admins or members must be a JSON list of strings");
    for (const key of ["names", "roles"])
      if (group[key] !== undefined && !isStringArray(group[key]))
        throw badRequest(`${key} must be a JSON list of strings`);
  }
  return value;
}
