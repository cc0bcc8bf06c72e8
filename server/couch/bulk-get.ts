// Answers `_bulk_get`: many revisions of many documents in one request, as JSON or as multipart.
import { accepts } from "./accept.ts";
import { STUBS, type AttachmentOptions } from "./attachment.ts";
import { checkId } from "./document.ts";
import { documentPart } from "./document-part.ts";
import type { DocumentStore } from "./document-store.ts";
import { CouchError, answerTooLarge, badRequest } from "./errors.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";
import { bulkBody } from "./multipart.ts";
import { isTrue } from "./query.ts";
import { readRevisions, type RevisionOptions, type RevisionOrLack } from "./read-documents.ts";
import { bytesReply, reply } from "./replies.ts";
import { compareBranches, parseRevision, revisionName, type History, type Revision } from "./revisions.ts";
import type { CouchServer } from "./server.ts";

const NOT_HERE = ["open_revs", "new_edits", "w", "rev", "atts_since"];

interface BulkOptions extends RevisionOptions {
  latest: boolean;
}

/** What became of one row: revisions, or the reason that there are none. */
type Row = { id: string; found: RevisionOrLack[] } | { id: Json; rev: Json; error: Reason };

interface Reason {
  error: string;
  reason: string;
}

/** @throws 400 or 413 for the request as a whole; a bad row gets its own error */
export function answerBulkGet(
  server: CouchServer,
  documents: DocumentStore,
  request: Request,
  query: URLSearchParams,
  rows: Json[],
): Response {
  for (const key of NOT_HERE)
    if (query.has(key)) throw badRequest(`"${key}" query parameter is not acceptable`);
  const type = ["multipart/mixed", "multipart/related"].find((each) => accepts(request, each));
  const multipart = type !== undefined && !accepts(request, "application/json");
  const encodingInfo = multipart || isTrue(query, "att_encoding_info");
  const options = {
    revs: isTrue(query, "revs"),
    latest: isTrue(query, "latest"),
    attachments: {
      ...STUBS,
      as: multipart ? "follows" : isTrue(query, "attachments") ? "data" : "stubs",
      encodingInfo,
    } satisfies AttachmentOptions,
  };
  const found = rows.map((row) => {
    if (documents.taken() > server.limits.maxAnswerSize) throw answerTooLarge();
    return findRow(documents, row, options);
  });
  return multipart ? asMultipart(server, documents, found, type) : reply(200, asJson(found));
}

function findRow(documents: DocumentStore, row: Json, options: BulkOptions): Row {
  if (!isObject(row) || Object.keys(row).length === 0)
    return { id: null, rev: null, error: badRequest("document must be a JSON object") };
  const id = row["id"];
  if (id === undefined) return { id: null, rev: null, error: badRequest("document id missed") };
  let rev: Json = null;
  try {
    const checked = checkId(id);
    rev = row["rev"] ?? null;
    const wanted = row["rev"] === undefined ? "all" : [parseRevision(rev)];
    const since = readSince(row["atts_since"] ?? [], (each) => {
      rev = each;
    });
    const found = readRevisions(documents, checked, wanted, withSince(options, since));
    found.sort((a, b) => compareBranches(branchOf(a), branchOf(b)));
    return found.length === 0 ? { id, rev: "undefined", error: MISSING } : { id: checked, found };
  } catch (error) {
    if (error instanceof CouchError) return { id, rev, error };
    throw error;
  }
}

const branchOf = (each: RevisionOrLack): History =>
  "json" in each ? each.history : { start: each.lacking.generation, ids: [each.lacking.id] };

/** @param blame is told each value before it is read: the row's error names the one that was wrong */
function readSince(value: Json, blame: (value: Json) => void): Revision[] {
  if (!Array.isArray(value)) {
    blame(value);
    throw badRequest("att_since value must be array of revs.");
  }
  return value.map((each) => {
    blame(each);
    return parseRevision(each);
  });
}

function withSince(options: BulkOptions, since: Revision[]): BulkOptions {
  if (since.length === 0) return options;
  const { attachments } = options;
  const as = attachments.as === "stubs" ? "data" : attachments.as;
  return { ...options, attachments: { ...attachments, as, since } };
}

const MISSING: Reason = { error: "not_found", reason: "missing" };

// By the names of the members, as CouchDB has them here and nowhere else.
const asJson = (rows: Row[]): JsonObject => ({
  results: rows.map((row) => ({
    docs:
      "found" in row
        ? row.found.map((each): JsonObject =>
            "json" in each
              ? { ok: each.json }
              : { error: errorOf(row.id, revisionName(each.lacking), MISSING) },
          )
        : [{ error: errorOf(row.id, row.rev, row.error) }],
    id: row.id,
  })),
});

const errorOf = (id: Json, rev: Json, { error, reason }: Reason) => ({ error, id, reason, rev });

function asMultipart(server: CouchServer, documents: DocumentStore, rows: Row[], type: string): Response {
  const parts = rows.flatMap((row) => {
    if (!("found" in row))
      return [{ id: "", rev: "", part: { error: JSON.stringify(errorOf(row.id, row.rev, row.error)) } }];
    return row.found.map((each) => {
      const { id } = row;
      if ("json" in each)
        return { id, rev: revisionName(each.revision), part: documentPart(documents, each, server.limits) };
      const rev = revisionName(each.lacking);
      return { id, rev, part: { error: JSON.stringify({ rev, ...MISSING }) } };
    });
  });
  const outer = `--${server.newId()}`;
  const body = bulkBody(outer, `--${server.newId()}`, parts);
  return bytesReply(body, `${type}; boundary="${outer}"`);
}
