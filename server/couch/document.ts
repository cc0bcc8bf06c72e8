// One document as it comes in and goes out: special members taken apart on the way in, put back on the way out.
import { readAttachments, type IncomingAttachment } from "./attachment.ts";
import { badRequest, docValidation, documentTooLarge, illegalDocId } from "./errors.ts";
import { depthOf, isObject, isWellFormed, type Json, type JsonObject } from "./json.ts";
import { keysOf, objectOf } from "./key-order.ts";
import { MAX_GENERATION, normalId, parseRevision, revisionName, type History } from "./revisions.ts";

export interface IncomingDocument {
  /** Empty if the sender leaves the choice to the server. */
  id: string;
  /** What `_rev` or `_revisions` says, newest first; empty for none. */
  history: History;
  deleted: boolean;
  attachments: IncomingAttachment[];
  body: JsonObject;
}

export interface DocumentLimits {
  maxDocumentBytes: number;
  maxDepth: number;
}

export const NO_HISTORY: History = { start: 0, ids: [] };

/** Members that a replicator writes into documents of its own: kept like any other. */
const KEPT = new Set([
  "_replication_state",
  "_replication_state_time",
  "_replication_state_reason",
  "_replication_id",
  "_replication_stats",
]);

/** Members that CouchDB writes and, when they come back, ignores. */
const IGNORED = new Set(["_revs_info", "_local_seq", "_conflicts", "_deleted_conflicts"]);

/**
 * @throws 400 for an illegal id (an id with U+0000 too: SQLite would cut it short)
 */
export function checkId(id: Json | undefined): string {
  if (typeof id !== "string") throw illegalDocId("Document id must be a string");
  if (id === "") throw illegalDocId("Document id must not be empty");
  if (id === "_design/" || id === "_local/") throw illegalDocId(`Illegal document id \`${id}\``);
  if (id.length > 1000) throw illegalDocId("Document id is too long");
  if (!isWellFormed(id) || id.includes("\0")) throw illegalDocId("Document id must be valid UTF-8");
  if (id.startsWith("_") && !id.startsWith("_design/") && !id.startsWith("_local/"))
    throw illegalDocId("Only reserved document ids may start with underscore.");
  return id;
}

/**
 * Takes a document from the wire apart.
 * @param address the id in the address of the request, which counts before that in the document
 * @throws 400 or 413 for one that CouchDB would not take
 */
export function readDocument(value: Json, limits: DocumentLimits, address?: string): IncomingDocument {
  if (!isObject(value)) throw badRequest("Document must be a JSON object");
  const own = value["_id"] === undefined ? "" : checkId(value["_id"]);
  const document: IncomingDocument = {
    id: address ?? own,
    history: readHistory(value),
    deleted: false,
    attachments: [],
    body: {},
  };
  const kept: [string, Json][] = [];
  for (const key of keysOf(value)) {
    const member = value[key] ?? null;
    if (!key.startsWith("_") || KEPT.has(key)) kept.push([key, member]);
    else if (key === "_deleted" && typeof member === "boolean") document.deleted = member;
    else if (key === "_attachments" && isObject(member)) document.attachments = readAttachments(member);
    else if (key !== "_id" && key !== "_rev" && key !== "_revisions" && !IGNORED.has(key))
      throw docValidation(`Bad special document member: ${key}`);
  }
  document.body = objectOf(kept);
  checkSize(document, limits);
  return document;
}

function checkSize({ id, body }: IncomingDocument, limits: DocumentLimits): void {
  if (Buffer.byteLength(JSON.stringify(body)) > limits.maxDocumentBytes) throw documentTooLarge(id);
  if (depthOf(body) > limits.maxDepth)
    throw badRequest(`JSON is nested deeper than ${String(limits.maxDepth)} levels`);
}

function readHistory(value: JsonObject): History {
  const revisions = value["_revisions"];
  if (revisions !== undefined) return readRevisions(revisions);
  const rev = value["_rev"];
  if (rev === undefined) return NO_HISTORY;
  const { generation, id: revisionId } = parseRevision(rev);
  return { start: generation, ids: [revisionId] };
}

function readRevisions(revisions: Json): History {
  if (!isObject(revisions)) throw docValidation("Bad special document member: _revisions");
  const start = revisions["start"];
  const ids = revisions["ids"];
  if (typeof start !== "number" || !Number.isInteger(start))
    throw docValidation("_revisions.start isn't an integer.");
  if (!Array.isArray(ids)) throw docValidation("_revisions.ids isn't a array.");
  const normal = ids.map((id) => {
    if (typeof id !== "string") throw docValidation("RevId isn't a string");
    const normalised = normalId(id);
    if (normalised === null) throw docValidation("RevId isn't a valid hexadecimal");
    return normalised;
  });
  if (normal.length === 0 && start === 0) return NO_HISTORY;
  if (normal.length === 0 || start < normal.length || start > MAX_GENERATION)
    throw docValidation("_revisions.start does not fit _revisions.ids");
  return { start, ids: normal };
}

export interface OutgoingDocument {
  id: string;
  history: History;
  deleted: boolean;
  body: JsonObject;
  /** What is said of its other revisions, or nothing. */
  meta?: JsonObject;
  /** The member `_attachments`, or nothing. */
  attachments: JsonObject;
}

/** Puts a document together for the wire. @param options `revs`: with the whole history */
export function writeDocument(document: OutgoingDocument, options: { revs: boolean }): JsonObject {
  const { id, history, deleted, body, meta, attachments } = document;
  const [newest] = history.ids;
  return {
    _id: id,
    ...(newest === undefined ? {} : { _rev: revisionName({ generation: history.start, id: newest }) }),
    ...body,
    ...(deleted ? { _deleted: true } : {}),
    ...(options.revs && history.ids.length > 0
      ? { _revisions: { start: history.start, ids: history.ids } }
      : {}),
    ...meta,
    ...attachments,
  };
}
