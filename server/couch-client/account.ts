// The account of somebody in `_users`, read and changed with an operator's rights.
import { isObject, type JsonObject } from "#server/couch/json.ts";
import { documentPath, type CouchClient } from "./couch-client.ts";
import { putOnTop } from "./put-on-top.ts";

export const accountPath = (name: string) => documentPath("_users", `org.couchdb.user:${name}`);

/** Undefined for a server administrator of CouchDB, who has no document. */
export async function readAccount(admin: CouchClient, name: string): Promise<JsonObject | undefined> {
  const found = await admin.read(accountPath(name));
  return isObject(found) ? found : undefined;
}

/**
 * Writes an account on top of the revision it was read in.
 * @returns false where it was changed meanwhile: nothing was written
 */
export const writeAccount = (admin: CouchClient, name: string, account: JsonObject): Promise<boolean> =>
  putOnTop(admin, accountPath(name), account);

export const hasOneTimePassword = (account: JsonObject | undefined): boolean =>
  account?.["oneTimePassword"] === true;
