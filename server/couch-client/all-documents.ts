// Reads all documents of a database whose ids begin alike.
import { isObject, type Json, type JsonObject } from "#server/couch/json.ts";
import type { CouchClient } from "./couch-client.ts";

/** In the order of their ids; none where there is no such database. */
export async function allDocuments(
  couch: CouchClient,
  database: string,
  prefix: string,
): Promise<readonly JsonObject[]> {
  const rows = await rowsOf(couch, database, prefix, { include_docs: "true" });
  return rows.flatMap((row) => {
    const doc = isObject(row) ? row["doc"] : undefined;
    return isObject(doc) ? [doc] : [];
  });
}

/** The same without what is in them: rows of `_all_docs`. */
export async function rowsOf(
  couch: CouchClient,
  database: string,
  prefix: string,
  options: Readonly<Record<string, string>> = {},
): Promise<readonly Json[]> {
  const query = new URLSearchParams({
    ...options,
    start_key: JSON.stringify(prefix),
    end_key: JSON.stringify(`${prefix}\uffff`),
  });
  const answer = await couch.read(`/${encodeURIComponent(database)}/_all_docs?${query.toString()}`);
  const rows = isObject(answer) ? answer["rows"] : undefined;
  return Array.isArray(rows) ? rows : [];
}
