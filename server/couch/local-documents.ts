// `_local` documents: checkpoints that never replicate and have no revision tree, only a counter.
import type { IncomingDocument } from "./document.ts";
import type { DocumentStore } from "./document-store.ts";
import { missing } from "./errors.ts";
import type { JsonObject } from "./json.ts";

/** As CouchDB does, the sender's revision is not compared, only counted on. @returns the new revision */
export function writeLocal(documents: DocumentStore, document: IncomingDocument): string {
  if (document.deleted) {
    documents.removeLocal(document.id);
    return "0-0";
  }
  const revision = Number(document.history.ids[0] ?? "0") + 1;
  documents.saveLocal(document.id, { revision, body: document.body });
  return `0-${String(revision)}`;
}

/** @throws 404 */
export function readLocal(documents: DocumentStore, id: string): JsonObject {
  const local = documents.local(id);
  if (local === null) throw missing();
  return { _id: id, _rev: `0-${String(local.revision)}`, ...local.body };
}
