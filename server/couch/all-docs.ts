// Answers `_all_docs`: ids and winning revisions in the order of ids, or for the keys that are asked for.
import { answerTooLarge } from "./errors.ts";
import type { Databases } from "./databases.ts";
import type { DocumentStore, StoredDocument } from "./document-store.ts";
import type { Json, JsonObject } from "./json.ts";
import type { ListQuery } from "./list-query.ts";
import { PLAIN, winnerJson } from "./read-documents.ts";
import type { OpenDatabase } from "./server.ts";

export interface AllDocs {
  totalRows: number;
  /** Null for keys. */
  offset: number | null;
  /** Undefined unless it is asked for; null for keys. */
  updateSeq: string | null | undefined;
  rows: JsonObject[];
}

/** As CouchDB writes it, a row a line. */
export function allDocsText({ totalRows, offset, updateSeq, rows }: AllDocs): string {
  const lines = rows.map((row) => JSON.stringify(row)).join(",\r\n");
  const seq = updateSeq === undefined ? "" : `,"update_seq":${JSON.stringify(updateSeq)}`;
  return `{"total_rows":${String(totalRows)},"offset":${String(offset)}${seq},"rows":[\r\n${lines}\r\n]}\n`;
}

/** @throws 413 */
export function listDocuments(
  databases: Databases,
  { info, documents }: OpenDatabase,
  query: ListQuery,
  maxAnswerSize: number,
): AllDocs {
  const totalRows = documents.countAlive();
  const aliveRow = (stored: StoredDocument) => {
    if (documents.taken() > maxAnswerSize) throw answerTooLarge();
    return rowOf(documents, stored, query);
  };
  if (query.keys !== undefined) {
    const rows = byKeys(documents, query.keys, query, aliveRow);
    return { totalRows, offset: null, updateSeq: query.updateSeq ? null : undefined, rows };
  }
  return {
    totalRows,
    // CouchDB adds what is skipped to what lies before the range, whether or not there is a row to be skipped.
    offset: Math.min(totalRows, countBefore(documents, query) + query.skip),
    updateSeq: query.updateSeq ? databases.seqFormat(info)(info.seq) : undefined,
    rows: byRange(documents, query).map(aliveRow),
  };
}

function byKeys(
  documents: DocumentStore,
  keys: Json[],
  { skip, limit, descending, includeDocs }: ListQuery,
  aliveRow: (stored: StoredDocument) => JsonObject,
): JsonObject[] {
  const ordered = descending ? keys.toReversed() : keys;
  return ordered.slice(skip, limit === undefined ? undefined : skip + limit).map((key) => {
    const stored = typeof key === "string" ? documents.find(key) : null;
    if (stored === null) return { key, error: "not_found" };
    if (!stored.deleted) return aliveRow(stored);
    return {
      id: stored.id,
      key: stored.id,
      value: { rev: stored.winner, deleted: true },
      ...(includeDocs ? { doc: null } : {}),
    };
  });
}

function rowOf(documents: DocumentStore, stored: StoredDocument, query: ListQuery): JsonObject {
  const { includeDocs, conflicts, attachments } = query;
  return {
    id: stored.id,
    key: stored.id,
    value: { rev: stored.winner },
    ...(includeDocs ? { doc: winnerJson(documents, stored, { ...PLAIN, conflicts, attachments }) } : {}),
  };
}

/** To CouchDB a key that is no text is no bound here. */
const bound = (key: Json | undefined) => (typeof key === "string" ? key : null);

function byRange(documents: DocumentStore, query: ListQuery): StoredDocument[] {
  return documents.range({
    from: bound(query.start),
    to: bound(query.end),
    includeTo: query.includeEnd,
    descending: query.descending,
    skip: query.skip,
    limit: query.limit ?? Number.MAX_SAFE_INTEGER,
  });
}

function countBefore(documents: DocumentStore, { start, descending }: ListQuery): number {
  const from = bound(start);
  return from === null ? 0 : documents.countAliveBefore(from, descending);
}
