// `_local` documents: checkpoints that never replicate and have no revision tree, only a counter.
import type { CouchLimits } from "./deps.ts";
import { writeDocument, type IncomingDocument } from "./document.ts";
import type { DocumentStore } from "./document-store.ts";
import { documentTooLarge, invalidRevision, missing, tooManyLocals } from "./errors.ts";
import type { JsonObject } from "./json.ts";
import type { History } from "./revisions.ts";
import { isServerAdmin, type User } from "./security.ts";

/**
 * As CouchDB does, the sender's revision is not compared, only counted on. No rule looks at these documents and no
 * feed shows them, so what a user may keep of them has a measure of its own.
 * @returns the new revision
 * @throws 400, 413
 */
export function writeLocal(
  documents: DocumentStore,
  document: IncomingDocument,
  user: User,
  limits: CouchLimits,
): string {
  if (document.deleted) {
    documents.removeLocal(document.id);
    return "0-0";
  }
  const owner = user.name ?? "";
  if (!isServerAdmin(user)) checkMeasure(documents, document, owner, limits);
  const revision = counterOf(document.history) + 1;
  documents.saveLocal(document.id, { revision, body: document.body }, owner);
  return `0-${String(revision)}`;
}

/** What `0-7` counts to. @throws 400 */
function counterOf({ start, ids: [counter = "0"] }: History): number {
  if (start !== 0 || !/^\d{1,15}$/.test(counter)) throw invalidRevision();
  return Number(counter);
}

function checkMeasure(
  documents: DocumentStore,
  { id, body }: IncomingDocument,
  owner: string,
  { maxLocalDocuments, maxLocalBytes }: CouchLimits,
): void {
  const beside = documents.localsBeside(id, owner);
  if (beside.count >= maxLocalDocuments) throw tooManyLocals();
  const bytes = Buffer.byteLength(id) + Buffer.byteLength(JSON.stringify(body));
  if (beside.bytes + bytes > maxLocalBytes) throw documentTooLarge(id);
}

/** @throws 404 */
export function readLocal(
  documents: DocumentStore,
  id: string,
  options: { revs: boolean } = { revs: false },
): JsonObject {
  const local = documents.local(id);
  if (local === null) throw missing();
  const history = { start: 0, ids: [String(local.revision)] };
  return writeDocument({ id, history, deleted: false, body: local.body, attachments: {} }, options);
}
