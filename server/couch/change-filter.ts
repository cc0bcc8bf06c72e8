// The filters of `_changes`: by document ids, by Mango selector, design documents only.
import { badRequest, notFound } from "./errors.ts";
import type { DocumentStore, StoredDocument } from "./document-store.ts";
import { isObject, isStringArray, type Json, type JsonObject } from "./json.ts";
import { readJsonParameter } from "./query.ts";
import { PLAIN, readCurrent, revisionJson, winnerJson } from "./read-documents.ts";
import type { Leaf } from "./revisions.ts";
import { readSelector } from "./selector.ts";

export interface ChangeFilter {
  /** Which of the leaves that would be shown pass. */
  passing(documents: DocumentStore, stored: StoredDocument, leaves: Leaf[]): Leaf[];
  /** CouchDB finds what passes by its id, looks at nothing else, and counts the rest as still to come. */
  byId: boolean;
}

/** @throws 400 for a filter this server does not have, 404 for one of a design document that is not there */
export function readFilter(
  query: URLSearchParams,
  body: JsonObject | null,
  documents: DocumentStore,
): ChangeFilter {
  const name = query.get("filter") ?? "";
  if (name === "_doc_ids")
    return byIds(body === null ? readJsonParameter(query, "doc_ids") : body["doc_ids"]);
  if (name === "_selector") return bySelector(body);
  if (name === "_design") return byIdOnly((id) => id.startsWith("_design/"), true);
  if (name === "_view") throw badRequest("Filter `_view` is not supported by this server.");
  if (name.startsWith("_")) throw badRequest("unknown builtin filter name");
  const parts = name.split("/").filter((part) => part !== "");
  if (parts.length === 0) return byIdOnly(() => true, false);
  const [designName, filterName, ...rest] = parts;
  if (designName === undefined || filterName === undefined || rest.length > 0)
    throw badRequest("`filter` must be of the form `designname/filtername`");
  checkFilterFunction(documents, `_design/${designName}`, filterName);
  throw badRequest("Filter functions are not supported by this server.");
}

const byIdOnly = (wants: (id: string) => boolean, byId: boolean): ChangeFilter => ({
  passing: (_documents, { id }, leaves) => (wants(id) ? leaves : []),
  byId,
});

/** @throws 404 for a function that is not there */
function checkFilterFunction(documents: DocumentStore, id: string, name: string): void {
  const { filters } = readCurrent(documents, id, PLAIN, false).json;
  if (filters === undefined) throw notFound("missing json key: filters");
  if (!isObject(filters)) throw notFound("json_mismatch");
  if (!Object.hasOwn(filters, name)) throw notFound(`missing json key: ${name}`);
}

/** CouchDB goes through all changes for more ids than these. */
const MAX_LOOKUPS = 1_000;

function byIds(ids: Json | undefined): ChangeFilter {
  if (!isStringArray(ids)) throw badRequest("`doc_ids` filter parameter is not a list of doc ids.");
  const wanted = new Set(ids);
  return byIdOnly((id) => wanted.has(id), ids.length <= MAX_LOOKUPS);
}

const LONGEST_SELECTOR = 1_000;

function bySelector(body: JsonObject | null): ChangeFilter {
  if (body === null) throw badRequest("Selector must be specified in POST payload");
  const selector = body["selector"];
  if (!isObject(selector)) throw badRequest("Selector error: expected a JSON object");
  // Each document is held against the whole of it while everybody else waits.
  if (JSON.stringify(selector).length > LONGEST_SELECTOR) throw badRequest("Selector error: too long");
  if (body["fields"] !== undefined) throw badRequest("Option `fields` is not supported by this server.");
  const fits = readSelector(selector);
  return {
    passing: (documents, stored, leaves) =>
      leaves.filter((leaf) => {
        const json =
          leaves.length === 1
            ? winnerJson(documents, stored, { ...PLAIN, conflicts: true })
            : revisionJson(documents, stored, leaf.revision, { revs: false });
        return json !== null && fits(json);
      }),
    byId: false,
  };
}
