// Requests about many documents at once: `_bulk_docs`, `_bulk_get`, `_revs_diff`, `_missing_revs`.
import { answerBulkGet } from "./bulk-get.ts";
import { readJsonObject } from "./call.ts";
import { readDocument, type IncomingDocument } from "./document.ts";
import { badRequest, noRevision, tooManyAsked, tooManyDocuments } from "./errors.ts";
import type { Json, JsonObject } from "./json.ts";
import { answerMissingRevs, answerRevsDiff } from "./missing-revisions.ts";
import { reply } from "./replies.ts";
import { revisionName } from "./revisions.ts";
import type { DatabaseCall, OpenDatabase } from "./server.ts";
import { refusedRow, writeAll } from "./write-requests.ts";

export async function bulkDocs({ server, call, open }: DatabaseCall): Promise<Response> {
  const { limits } = server;
  const body = await readJsonObject(call, limits);
  const docs = readBatch(body["docs"], {
    absent: "POST body must include `docs` parameter.",
    other: "`docs` parameter must be an array.",
  });
  if (docs.length > limits.maxBatchDocuments) throw tooManyDocuments(limits.maxBatchDocuments);
  const newEdits = body["new_edits"] ?? true;
  if (typeof newEdits !== "boolean") throw badRequest("`new_edits` parameter must be a boolean.");
  const batch = docs.map((each) => readDocument(each, limits));
  if (!newEdits && batch.some(({ history }) => history.ids.length === 0)) throw noRevision();
  if (newEdits && body["all_or_nothing"] === true && batch.length > 0)
    return reply(
      417,
      batch.map((each) => notTogether(each, server.newId)),
    );
  const outcomes = await writeAll(server, call, open, batch, !newEdits);
  const rows = outcomes.flatMap(({ id, rev, error }): JsonObject[] => {
    if (error !== null) return [refusedRow(id, rev, error)];
    return newEdits ? [{ ok: true, id, rev }] : [];
  });
  return reply(201, rows);
}

/** CouchDB's row for a document that is to be written with all others or not at all. */
function notTogether({ id, history: { start, ids } }: IncomingDocument, newId: () => string): JsonObject {
  const rev = revisionName({ generation: start, id: ids[0] ?? "" });
  const refused = { error: "not_implemented", reason: "all_or_nothing is not supported" };
  return { id: id === "" ? newId() : id, rev, ...refused };
}

function readBatch(value: Json | undefined, reasons: { absent: string; other: string }): Json[] {
  if (value === undefined) throw badRequest(reasons.absent);
  if (!Array.isArray(value)) throw badRequest(reasons.other);
  return value;
}

export async function bulkGet({ server, call, open }: DatabaseCall): Promise<Response> {
  const body = await readJsonObject(call, server.limits);
  const rows = readBatch(body["docs"], {
    absent: "Missing JSON list of 'docs'.",
    other: "Missing JSON list of 'docs'.",
  });
  const { maxAskedFor } = server.limits;
  if (rows.length > maxAskedFor) throw tooManyAsked(maxAskedFor);
  return answerBulkGet(server, open().documents, call.request, call.query, rows);
}

async function withIds(
  { server, call, open }: DatabaseCall,
  answer: (documents: OpenDatabase["documents"], asked: JsonObject) => JsonObject,
): Promise<Response> {
  const asked = await readJsonObject(call, server.limits);
  return reply(200, answer(open().documents, asked));
}

export const revsDiff = (request: DatabaseCall) => withIds(request, answerRevsDiff);

export const missingRevs = (request: DatabaseCall) => withIds(request, answerMissingRevs);
