// Writes a document on top of the revision it was read in, and says so where somebody else was first.
import { CouchFault, type CouchClient } from "./couch-client.ts";

/** @returns false where it has another revision by now: nothing was written. @throws CouchFault for any other refusal */
export async function putOnTop(couch: CouchClient, path: string, document: object): Promise<boolean> {
  try {
    await couch.write("PUT", path, document);
    return true;
  } catch (error) {
    if (error instanceof CouchFault && error.status === 409) return false;
    throw error;
  }
}
