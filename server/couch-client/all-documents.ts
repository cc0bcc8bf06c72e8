// Reads all documents of a database whose ids begin alike.
import { isObject, type JsonObject } from "#server/couch/json.ts";
import type { CouchClient } from "./couch-client.ts";

/** In the order of their ids; none where there is no such database. */
export async function allDocuments(
  couch: CouchClient,
  database: string,
  prefix: string,
): Promise<readonly JsonObject[]> {
  const query = new URLSearchParams({
    include_docs: "true",
    start_key: JSON.stringify(prefix),
    end_key: JSON.stringify(`${prefix}\uffff`),
  });
  const answer = await couch.read(`/${encodeURIComponent(database)}/_all_docs?${query.toString()}`);
  const rows = isObject(answer) ? answer["rows"] : undefined;
  return (Array.isArray(rows) ? rows : []).flatMap((row) => {
    const doc = isObject(row) ? row["doc"] : undefined;
    return isObject(doc) ? [doc] : [];
  });
}
