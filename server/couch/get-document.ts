// Answers `GET /db/doc`: one revision or the leaves of a document, as JSON or with attachments as multipart.
import { accepts } from "./accept.ts";
import type { AttachmentOptions } from "./attachment.ts";
import type { Call } from "./call.ts";
import type { DocumentStore } from "./document-store.ts";
import { answerTooLarge, badRequest, missing } from "./errors.ts";
import type { Json } from "./json.ts";
import { readLocal } from "./local-documents.ts";
import { mixedBody, relatedBody } from "./multipart.ts";
import { isTrue, readJsonParameter } from "./query.ts";
import {
  readCurrent,
  readRevision,
  readRevisions,
  type FoundRevision,
  type ReadOptions,
} from "./read-documents.ts";
import { bytesReply, etagOf, isKnown, notModified, reply } from "./replies.ts";
import { parseRevision, revisionName, type Revision } from "./revisions.ts";
import type { CouchServer, OpenDatabase } from "./server.ts";
import { documentPart } from "./document-part.ts";

export function getDocument(
  server: CouchServer,
  { request, query }: Call,
  { documents }: OpenDatabase,
  id: string,
): Response {
  const options = readOptions(query);
  const openRevs = readOpenRevs(query);
  const rev = query.get("rev");
  const revision = rev === null ? null : parseRevision(rev);
  if (openRevs !== null) return answerOpenRevs(server, request, documents, id, openRevs, options);
  if (id.startsWith("_local/")) {
    // They have no tree: CouchDB looks for a revision in one, and finds none.
    if (revision !== null && !options.latest) throw missing();
    const etag = etagOf(readLocal(documents, id));
    return withEtag(request, etag, () => reply(200, readLocal(documents, id, options)));
  }
  const shown = withSince(options, query, accepts(request, "multipart/related"));
  const found =
    revision === null || options.latest
      ? readCurrent(documents, id, shown, isTrue(query, "deleted"))
      : readRevision(documents, id, revision, shown);
  const answer = () =>
    found.following.length > 0 ? related(server, documents, found) : reply(200, found.json);
  const { json } = found;
  // What is said of other revisions changes without this one.
  if (["_revs_info", "_conflicts", "_deleted_conflicts"].some((key) => key in json)) return answer();
  return withEtag(request, `"${revisionName(found.revision)}"`, answer);
}

interface GetOptions extends ReadOptions {
  latest: boolean;
}

function readOptions(query: URLSearchParams): GetOptions {
  const meta = isTrue(query, "meta");
  const attachments: AttachmentOptions = {
    as: isTrue(query, "attachments") ? "data" : "stubs",
    encodingInfo: isTrue(query, "att_encoding_info"),
    since: null,
  };
  return {
    revs: isTrue(query, "revs"),
    revsInfo: meta || isTrue(query, "revs_info"),
    conflicts: meta || isTrue(query, "conflicts"),
    deletedConflicts: meta || isTrue(query, "deleted_conflicts"),
    latest: isTrue(query, "latest"),
    attachments,
  };
}

/** Attachments newer than `atts_since`, or all, with their content; behind the document where the reader takes that. */
function withSince(options: GetOptions, query: URLSearchParams, mayFollow: boolean): GetOptions {
  const since = readRevisionList(readJsonParameter(query, "atts_since"));
  const as = since === null ? options.attachments.as : "data";
  const attachments: AttachmentOptions =
    as === "data" && mayFollow
      ? { as: "follows", encodingInfo: true, since }
      : { ...options.attachments, as, since };
  return { ...options, attachments };
}

function readOpenRevs(query: URLSearchParams): Revision[] | "all" | null {
  if (query.get("open_revs") === "all") return "all";
  const wanted = readRevisionList(readJsonParameter(query, "open_revs"));
  return wanted?.length === 0 ? null : wanted;
}

function readRevisionList(value: Json | undefined): Revision[] | null {
  if (value === undefined) return null;
  if (!Array.isArray(value)) throw badRequest("Invalid list of revisions");
  return value.map(parseRevision);
}

function answerOpenRevs(
  server: CouchServer,
  request: Request,
  documents: DocumentStore,
  id: string,
  wanted: Revision[] | "all",
  options: GetOptions,
): Response {
  const mixed = accepts(request, "multipart/mixed");
  const attachments: AttachmentOptions = mixed
    ? { as: "follows", encodingInfo: true, since: null }
    : options.attachments;
  const found = readRevisions(documents, id, wanted, { ...options, attachments });
  if (found.length === 0 && wanted === "all") throw missing();
  if (documents.taken() > server.limits.maxAnswerSize) throw answerTooLarge();
  if (!mixed)
    return reply(
      200,
      found.map((each) => ("json" in each ? { ok: each.json } : { missing: revisionName(each.lacking) })),
    );
  const parts = found.map((each) =>
    "json" in each
      ? documentPart(documents, each, server.limits)
      : { error: JSON.stringify({ missing: revisionName(each.lacking) }) },
  );
  const outer = server.newId();
  return bytesReply(mixedBody(outer, server.newId(), parts), `multipart/mixed; boundary="${outer}"`);
}

function related(server: CouchServer, documents: DocumentStore, found: FoundRevision): Response {
  const boundary = server.newId();
  const body = relatedBody(boundary, documentPart(documents, found, server.limits));
  return bytesReply(body, `multipart/related; boundary="${boundary}"`);
}

function withEtag(request: Request, etag: string, answer: () => Response): Response {
  if (isKnown(request, etag)) return notModified(etag);
  const response = answer();
  response.headers.set("ETag", etag);
  return response;
}
