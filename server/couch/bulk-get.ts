// Answers `_bulk_get`: many revisions of many documents in one request.
import { checkId } from "./document.ts";
import type { DocumentStore } from "./document-store.ts";
import { CouchError, answerTooLarge, badRequest } from "./errors.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";
import { isTrue } from "./query.ts";
import { readRevisions } from "./read-documents.ts";
import { parseRevision, revisionName } from "./revisions.ts";

const NOT_HERE = ["open_revs", "new_edits", "w", "rev", "atts_since"];

/** @throws 400 or 413 for the request as a whole; a bad row gets its own error */
export function answerBulkGet(
  documents: DocumentStore,
  query: URLSearchParams,
  rows: Json[],
  maxAnswerSize: number,
): JsonObject {
  for (const key of NOT_HERE)
    if (query.has(key)) throw badRequest(`"${key}" query parameter is not acceptable`);
  const options = { revs: isTrue(query, "revs"), latest: isTrue(query, "latest") };
  const results = rows.map((row) => {
    if (documents.taken() > maxAnswerSize) throw answerTooLarge();
    return answerRow(documents, row, options);
  });
  return { results };
}

function answerRow(
  documents: DocumentStore,
  row: Json,
  options: { revs: boolean; latest: boolean },
): JsonObject {
  if (!isObject(row)) return failed(null, null, badRequest("document must be a JSON object"));
  const id = row["id"];
  if (id === undefined) return failed(null, null, badRequest("document id missed"));
  const rev = row["rev"] ?? null;
  try {
    const checked = checkId(id);
    const wanted = rev === null ? "all" : [parseRevision(rev)];
    const found = readRevisions(documents, checked, wanted, options);
    if (found.length === 0) return failed(id, "undefined", MISSING);
    return {
      id,
      docs: found.map((each) =>
        "found" in each ? { ok: each.found } : { error: errorOf(id, revisionName(each.lacking), MISSING) },
      ),
    };
  } catch (error) {
    if (error instanceof CouchError) return failed(id, rev, error);
    throw error;
  }
}

const MISSING = { error: "not_found", reason: "missing" };

const failed = (id: Json, rev: Json, error: { error: string; reason: string }): JsonObject => ({
  id,
  docs: [{ error: errorOf(id, rev, error) }],
});

const errorOf = (id: Json, rev: Json, { error, reason }: { error: string; reason: string }) => ({
  id,
  rev,
  error,
  reason,
});
