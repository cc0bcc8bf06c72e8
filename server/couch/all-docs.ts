// Answers `_all_docs`: ids and winning revisions in the order of ids, or for the keys that are asked for.
import { STUBS, type AttachmentOptions } from "./attachment.ts";
import { answerTooLarge, badRequest } from "./errors.ts";
import type { Databases } from "./databases.ts";
import type { DocumentStore, KeyRange, StoredDocument } from "./document-store.ts";
import { isTrue, readBoolean, readCount, readJsonParameter, refuseOptions } from "./query.ts";
import type { Json, JsonObject } from "./json.ts";
import { PLAIN, winnerJson } from "./read-documents.ts";
import type { OpenDatabase } from "./server.ts";

interface RowOptions {
  includeDocs: boolean;
  conflicts: boolean;
  attachments: AttachmentOptions;
  maxAnswerSize: number;
}

const LACKING = ["startkey_docid", "start_key_doc_id", "endkey_docid", "end_key_doc_id", "sorted"];
const FOR_REDUCE = ["group", "group_level", "reduce"];

/**
 * @param body of a POST: its members count as parameters (`keys`, `startkey`, …)
 * @throws 400, 413
 */
export function answerAllDocs(
  databases: Databases,
  { info, documents }: OpenDatabase,
  query: URLSearchParams,
  body: JsonObject | null,
  maxAnswerSize: number,
): JsonObject {
  const parameters = withBody(query, body);
  refuseOptions(parameters, LACKING);
  for (const option of FOR_REDUCE)
    if (parameters.has(option) && parameters.get(option) !== "false")
      throw badRequest(`\`${option}\` is invalid for \`_all_docs\``);
  if (parameters.has("partition")) throw badRequest("database is not partitioned");
  const options = {
    includeDocs: readBoolean(parameters, "include_docs", false),
    conflicts: readBoolean(parameters, "conflicts", false),
    attachments: {
      ...STUBS,
      as: readBoolean(parameters, "attachments", false) ? "data" : "stubs",
      encodingInfo: readBoolean(parameters, "att_encoding_info", false),
    } satisfies AttachmentOptions,
    maxAnswerSize,
  };
  const keys = readJsonParameter(parameters, "keys");
  if (keys !== undefined && !Array.isArray(keys))
    throw badRequest(
      body === null ? "`keys` parameter must be an array." : "`keys` body member must be an array.",
    );
  const found =
    keys === undefined
      ? byRange(documents, parameters, options)
      : { offset: null, rows: byKeys(documents, keys, parameters, options) };
  return {
    total_rows: documents.countAlive(),
    ...(isTrue(parameters, "update_seq") ? { update_seq: databases.seqFormat(info)(info.seq) } : {}),
    ...found,
  };
}

function withBody(query: URLSearchParams, body: JsonObject | null): URLSearchParams {
  const all = new URLSearchParams(query);
  for (const [key, value] of Object.entries(body ?? {})) all.set(key, JSON.stringify(value));
  return all;
}

function byKeys(
  documents: DocumentStore,
  keys: Json[],
  parameters: URLSearchParams,
  options: RowOptions,
): JsonObject[] {
  const skip = readCount(parameters, "skip") ?? 0;
  const limit = readCount(parameters, "limit") ?? keys.length;
  const ordered = readBoolean(parameters, "descending", false) ? keys.toReversed() : keys;
  return ordered.slice(skip, skip + limit).map((key) => {
    const stored = typeof key === "string" ? documents.find(key) : null;
    if (stored === null) return { key, error: "not_found" };
    if (!stored.deleted) return aliveRow(documents, stored, options);
    return {
      id: stored.id,
      key: stored.id,
      value: { rev: stored.winner, deleted: true },
      ...(options.includeDocs ? { doc: null } : {}),
    };
  });
}

function aliveRow(
  documents: DocumentStore,
  stored: StoredDocument,
  { includeDocs, conflicts, attachments, maxAnswerSize }: RowOptions,
): JsonObject {
  if (documents.taken() > maxAnswerSize) throw answerTooLarge();
  return {
    id: stored.id,
    key: stored.id,
    value: { rev: stored.winner },
    ...(includeDocs ? { doc: winnerJson(documents, stored, { ...PLAIN, conflicts, attachments }) } : {}),
  };
}

function byRange(documents: DocumentStore, parameters: URLSearchParams, options: RowOptions) {
  const range = readRange(parameters);
  if (range === "nothing") return { offset: documents.countAlive(), rows: [] };
  const stored = documents.range(range);
  const [first] = stored;
  return {
    offset:
      first === undefined ? documents.countAlive() : documents.countAliveBefore(first.id, range.descending),
    rows: stored.map((each) => aliveRow(documents, each, options)),
  };
}

function readRange(parameters: URLSearchParams): KeyRange | "nothing" {
  const descending = readBoolean(parameters, "descending", false);
  const key = readJsonParameter(parameters, "key");
  const from = key ?? firstGiven(parameters, ["startkey", "start_key"]);
  const to = key ?? firstGiven(parameters, ["endkey", "end_key"]);
  // Other kinds of JSON sort before every id.
  if (isOtherKind(descending ? from : to)) return "nothing";
  return {
    from: typeof from === "string" ? from : null,
    to: typeof to === "string" ? to : null,
    includeTo: key !== undefined || readBoolean(parameters, "inclusive_end", true),
    descending,
    skip: readCount(parameters, "skip") ?? 0,
    limit: readCount(parameters, "limit") ?? Number.MAX_SAFE_INTEGER,
  };
}

const isOtherKind = (key: Json | undefined) => key !== undefined && typeof key !== "string";

function firstGiven(parameters: URLSearchParams, names: string[]): Json | undefined {
  for (const name of names) {
    const value = readJsonParameter(parameters, name);
    if (value !== undefined) return value;
  }
  return undefined;
}
