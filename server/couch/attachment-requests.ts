// Requests on one attachment: GET, PUT and DELETE of `/db/doc/name`.
import { acceptsGzip } from "./accept.ts";
import { DEFAULT_TYPE, NOTHING_SAID, checkName, type Attachment, type Encoding } from "./attachment.ts";
import { unpacked } from "./attachment-content.ts";
import { readBytes, type Call } from "./call.ts";
import { checkId, type IncomingDocument } from "./document.ts";
import type { DocumentStore } from "./document-store.ts";
import {
  CouchError,
  attachmentTooLarge,
  badContentType,
  missingAttachment,
  missingRevision,
} from "./errors.ts";
import { explicitRevision } from "./explicit-revision.ts";
import { rangeReply, readRanges } from "./ranges.ts";
import { PLAIN, type FoundRevision, findRevision, readCurrent, readRevision } from "./read-documents.ts";
import { bytesReply, isKnown, methodNotAllowed, notModified, reply } from "./replies.ts";
import { parseRevision, revisionName, type Revision } from "./revisions.ts";
import type { CouchServer, OpenDatabase } from "./server.ts";
import { storedDocument } from "./stored-document.ts";
import { locationOf, writeOne } from "./write-requests.ts";

/** @param name of the attachment; it may hold slashes */
export async function handleAttachment(
  server: CouchServer,
  call: Call,
  open: () => OpenDatabase,
  id: string,
  name: string,
): Promise<Response> {
  if (call.method === "GET") return getAttachment(server, call, open().documents, id, name);
  if (call.method === "PUT") return putAttachment(server, call, open, id, checkName(name));
  if (call.method === "DELETE") return deleteAttachment(server, call, open, id, checkName(name));
  return methodNotAllowed("DELETE,GET,HEAD,PUT");
}

function getAttachment(
  server: CouchServer,
  { request, query }: Call,
  documents: DocumentStore,
  id: string,
  name: string,
): Response {
  const rev = query.get("rev");
  const { revision } =
    rev === null
      ? readCurrent(documents, id, PLAIN, false)
      : readRevision(documents, id, parseRevision(rev), PLAIN);
  const attachment = documents.attachments.of(id, revisionName(revision)).find((each) => each.name === name);
  if (attachment === undefined) throw missingAttachment();
  const etag = `"${attachment.md5}"`;
  if (isKnown(request, etag)) return notModified(etag);
  return contentReply(server, request, attachment, documents.attachments.read(attachment), etag);
}

function contentReply(
  server: CouchServer,
  request: Request,
  attachment: Attachment,
  kept: Uint8Array,
  etag: string,
): Response {
  const { type, encoding } = attachment;
  // A page among the attachments must not run with the rights of who looks at it.
  const headers = { ETag: etag, "Content-Security-Policy": "sandbox" };
  if (encoding === "gzip") {
    const asKept = acceptsGzip(request);
    return bytesReply([asKept ? kept : unpacked(attachment, kept)], type, {
      headers: { ...headers, "Accept-Ranges": "none", ...(asKept ? { "Content-Encoding": "gzip" } : {}) },
    });
  }
  const whole = { type, headers: { ...headers, "Accept-Ranges": "bytes" }, bytes: kept };
  const ranges = readRanges(request.headers.get("range"), kept.length);
  if (ranges !== null) return rangeReply(whole, ranges, server.newId());
  return bytesReply([kept], type, { headers: whole.headers });
}

async function putAttachment(
  server: CouchServer,
  call: Call,
  open: () => OpenDatabase,
  id: string,
  name: string,
): Promise<Response> {
  checkId(id);
  const { request } = call;
  const type = request.headers.get("content-type") ?? DEFAULT_TYPE;
  const encoding = readEncoding(request);
  const bytes = await readContent(request, name, server.limits.maxAttachmentsBytes);
  const base = baseOf(call, open().documents, id);
  const others = base.attachments.filter((each) => each.name !== name);
  const sent = { kind: "bytes", name, type, revpos: null, ...NOTHING_SAID, encoding, bytes } as const;
  const document = { ...base, attachments: [sent, ...others] };
  const outcome = await writeOne(server, call, open, document, false);
  return reply(
    201,
    { ok: true, id: outcome.id, rev: outcome.rev },
    { Location: `${locationOf(call, id)}/${encodeURIComponent(name)}` },
  );
}

async function readContent(request: Request, name: string, limit: number): Promise<Uint8Array> {
  try {
    return await readBytes(request, limit);
  } catch (error) {
    if (error instanceof CouchError && error.status === 413) throw attachmentTooLarge(name);
    throw error;
  }
}

function readEncoding(request: Request): Encoding {
  const encoding = (request.headers.get("content-encoding") ?? "identity").trim().toLowerCase();
  if (encoding === "identity" || encoding === "gzip") return encoding;
  throw badContentType("Only gzip and identity content-encodings are supported");
}

/** The revision the request names, or a new document. @throws 409 for a revision that is not here */
function baseOf(call: Call, documents: DocumentStore, id: string): IncomingDocument {
  const revision = explicitRevision(call);
  if (revision === null)
    return { id, history: { start: 0, ids: [] }, deleted: false, body: {}, attachments: [] };
  presentRevision(documents, id, revision);
  return storedDocument(documents, id, revision);
}

async function deleteAttachment(
  server: CouchServer,
  call: Call,
  open: () => OpenDatabase,
  id: string,
  name: string,
): Promise<Response> {
  const { documents } = open();
  const { revision } = readForDeletion(call, documents, id);
  const base = baseOf(call, documents, id);
  const attachments = documents.attachments.of(id, revisionName(revision));
  if (!attachments.some((each) => each.name === name)) throw missingAttachment();
  const others = base.attachments.filter((each) => each.name !== name);
  const outcome = await writeOne(server, call, open, { ...base, attachments: others }, false);
  return reply(200, { ok: true, id: outcome.id, rev: outcome.rev });
}

/** Without a revision the request will meet a conflict, but first it learns whether there is something to delete. */
function readForDeletion(call: Call, documents: DocumentStore, id: string) {
  const revision = explicitRevision(call);
  return revision === null
    ? readCurrent(documents, id, PLAIN, false)
    : presentRevision(documents, id, revision);
}

/** @throws 409 for a revision that is not here */
function presentRevision(documents: DocumentStore, id: string, revision: Revision): FoundRevision {
  const stored = documents.find(id);
  const found = stored === null ? null : findRevision(documents, stored, revision, PLAIN);
  if (found === null) throw missingRevision();
  return found;
}
