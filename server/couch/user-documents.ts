// The documents of `_users`: what they must look like, and hashing of their passwords before they are kept.
import type { IncomingDocument } from "./document.ts";
import { forbidden } from "./errors.ts";
import { isStringArray, type Json, type JsonObject } from "./json.ts";
import { hashPassword } from "./passwords.ts";

export const USERS_DATABASE = "_users";
const PREFIX = "org.couchdb.user:";

export const userDocumentId = (name: string) => `${PREFIX}${name}`;

/**
 * Replaces a clear `password` by its hash.
 * @throws 403 for a password that is not text
 */
export async function withHashedPassword(
  document: IncomingDocument,
  newSalt: () => string,
  iterations: number,
): Promise<IncomingDocument> {
  const { password, ...rest } = document.body;
  // Kept as it is: an administrator of the server has a document without a password.
  if (password === undefined || password === null) return document;
  if (typeof password !== "string" || password === "") throw forbidden("Password value is invalid.");
  const hash = await hashPassword(password, newSalt(), iterations);
  return { ...document, body: { ...rest, ...hash } };
}

/**
 * The rule of `_users` (CouchDB's `validate_doc_update` there). Only server administrators get as far as this,
 * since `_security` of `_users` cannot be edited.
 * @throws 403
 */
export function checkUserDocument(document: JsonObject, old: JsonObject | null): void {
  if (document["_deleted"] === true) return;
  if (document["type"] !== "user") throw forbidden("doc.type must be user");
  const name = document["name"];
  if (typeof name !== "string" || name === "") throw forbidden("doc.name is required");
  const roles = document["roles"];
  if (isNothing(roles)) throw forbidden("doc.roles must exist");
  if (!Array.isArray(roles)) throw forbidden("doc.roles must be an array");
  if (!isStringArray(roles)) throw forbidden("doc.roles can only contain strings");
  if (document["_id"] !== userDocumentId(name))
    throw forbidden("Doc ID must be of the form org.couchdb.user:name");
  if (old !== null && old["_deleted"] !== true && old["name"] !== name)
    throw forbidden("Usernames can not be changed.");
  checkScheme(document);
  if (roles.some((role) => role.startsWith("_") && role !== "_metrics"))
    throw forbidden("No system roles (starting with underscore) in users db.");
  if (name.startsWith("_")) throw forbidden("Username may not start with underscore.");
  if (name.includes(":")) throw forbidden("Character `:` is not allowed in usernames.");
}

/** What JavaScript, in which CouchDB's rule is written, takes for nothing. */
const isNothing = (value: Json | undefined) =>
  value === undefined || value === null || value === false || value === 0 || value === "";

const textOf = (value: Json) => (typeof value === "string" ? value : JSON.stringify(value));

function checkScheme(document: JsonObject): void {
  if (!isNothing(document["password_sha"]) && isNothing(document["salt"]))
    throw forbidden("Users with password_sha must have a salt.See /_utils/script/couch.js for example code.");
  const scheme = document["password_scheme"];
  if (scheme === undefined || isNothing(scheme)) return;
  if (scheme !== "pbkdf2") throw forbidden(`Password scheme \`${textOf(scheme)}\` not supported.`);
  if (typeof document["iterations"] !== "number") throw forbidden("iterations must be a number.");
  if (typeof document["derived_key"] !== "string") throw forbidden("derived_key must be a string.");
}
