// The account of somebody who asks, read with the front door's own rights.
import { documentPath, type CouchClient } from "#server/couch-client/couch-client.ts";
import { isObject, type JsonObject } from "#server/couch/json.ts";

export const accountPath = (name: string) => documentPath("_users", `org.couchdb.user:${name}`);

/** Undefined for a server administrator of CouchDB, who has no document. */
export async function readAccount(admin: CouchClient, name: string): Promise<JsonObject | undefined> {
  const found = await admin.read(accountPath(name));
  return isObject(found) ? found : undefined;
}

export const hasOneTimePassword = (account: JsonObject | undefined): boolean =>
  account?.["oneTimePassword"] === true;
