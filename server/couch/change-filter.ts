// The filters of `_changes`: by document ids, by Mango selector, design documents only.
import { matchesSelector } from "pouchdb-selector-core";
import { badRequest, missing } from "./errors.ts";
import type { DocumentStore, StoredDocument } from "./document-store.ts";
import { isObject, isStringArray, type Json, type JsonObject } from "./json.ts";
import { readJsonParameter } from "./query.ts";
import { revisionJson } from "./read-documents.ts";
import type { Leaf } from "./revisions.ts";

/** Which of the leaves that would be shown pass. */
export type ChangeFilter = (documents: DocumentStore, stored: StoredDocument, leaves: Leaf[]) => Leaf[];

/** @throws 400 for a filter this server does not have, 404 for one of a design document that is not there */
export function readFilter(
  query: URLSearchParams,
  body: JsonObject | null,
  documents: DocumentStore,
): ChangeFilter {
  const name = query.get("filter") ?? "";
  if (name === "") return (_documents, _stored, leaves) => leaves;
  if (name === "_doc_ids") return byIds(body?.["doc_ids"] ?? readJsonParameter(query, "doc_ids"));
  if (name === "_selector") return bySelector(body);
  if (name === "_design") return (_documents, { id }, leaves) => (id.startsWith("_design/") ? leaves : []);
  if (name === "_view") throw badRequest("Filter `_view` is not supported by this server.");
  if (name.startsWith("_")) throw badRequest("unknown builtin filter name");
  const [designName, filterName, ...rest] = name.split("/");
  if (designName === undefined || filterName === undefined || rest.length > 0)
    throw badRequest("`filter` must be of the form `designname/filtername`");
  if (documents.find(`_design/${designName}`) === null) throw missing();
  throw badRequest("Filter functions are not supported by this server.");
}

function byIds(ids: Json | undefined): ChangeFilter {
  if (!isStringArray(ids)) throw badRequest("`doc_ids` filter parameter is not a list of doc ids.");
  const wanted = new Set(ids);
  return (_documents, { id }, leaves) => (wanted.has(id) ? leaves : []);
}

const LONGEST_SELECTOR = 1_000;

function bySelector(body: JsonObject | null): ChangeFilter {
  if (body === null) throw badRequest("Selector must be specified in POST payload");
  const selector = body["selector"];
  if (!isObject(selector)) throw badRequest("Selector error: expected a JSON object");
  // Each document is held against the whole of it while everybody else waits.
  if (JSON.stringify(selector).length > LONGEST_SELECTOR) throw badRequest("Selector error: too long");
  checkSelector(selector, false);
  // The matcher throws on shapes it cannot read; an empty document makes it say so before the answer begins.
  matches({ _id: "" }, selector);
  return (documents, stored, leaves) =>
    leaves.filter((leaf) => {
      const json = revisionJson(documents, stored, leaf.revision, { revs: false });
      return json !== null && matches(json, selector);
    });
}

function matches(document: JsonObject, selector: JsonObject): boolean {
  try {
    return matchesSelector(document, selector);
  } catch {
    throw badRequest("Selector error: this selector cannot be used");
  }
}

// Without $regex: an expression that backtracks would stop the whole process.
const OPERATORS = new Set(
  (
    "$and $or $nor $not $eq $ne $gt $gte $lt $lte $exists $type $in $nin $size $mod $all $elemMatch $allMatch" +
    " $keyMapMatch"
  ).split(" "),
);
const DATA_OPERATORS = new Set("$eq $ne $gt $gte $lt $lte $in $nin $all $mod $type".split(" "));

function checkSelector(value: Json, isData: boolean): void {
  if (Array.isArray(value)) for (const item of value) checkSelector(item, isData);
  else if (isObject(value))
    for (const [key, item] of Object.entries(value)) {
      if (!isData && key.startsWith("$") && !OPERATORS.has(key)) throw badRequest(`Invalid operator: ${key}`);
      checkSelector(item, isData || DATA_OPERATORS.has(key));
    }
}
