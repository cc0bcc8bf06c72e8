// What `_all_docs` and `_all_dbs` are asked for: parameters in CouchDB's order, the last of one name counts.
import { STUBS, type AttachmentOptions } from "./attachment.ts";
import { compareRaw } from "./collation.ts";
import { badRequest, queryParseError } from "./errors.ts";
import type { Json, JsonObject } from "./json.ts";
import { readJsonText, refuseOptions } from "./query.ts";

export interface ListQuery {
  /** Undefined where a range is asked for. */
  keys: Json[] | undefined;
  start: Json | undefined;
  end: Json | undefined;
  includeEnd: boolean;
  descending: boolean;
  skip: number;
  /** Undefined for all. */
  limit: number | undefined;
  includeDocs: boolean;
  conflicts: boolean;
  attachments: AttachmentOptions;
  updateSeq: boolean;
}

/** A parameter of a query string, or a member of a body, whose value has been read already. */
type Parameter = { text: string } | { json: Json };

const LACKING = ["startkey_docid", "start_key_doc_id", "endkey_docid", "end_key_doc_id", "sorted"];

/**
 * @param body of a POST: its members count as parameters, before those of the query string
 * @throws 400
 */
export function readListQuery(query: URLSearchParams, body: JsonObject | null): ListQuery {
  refuseOptions(query, LACKING);
  if (body !== null) refuseOptions(new URLSearchParams(Object.keys(body).map((key) => [key, ""])), LACKING);
  const read = new ListReader();
  for (const [name, json] of Object.entries(body ?? {})) read.take(name, { json });
  for (const [name, text] of query) read.take(name, { text });
  return read.result();
}

/** The names that a list is asked for, of those there are. */
export function namesWithin(names: string[], query: ListQuery): string[] {
  const { start, end, includeEnd, descending, skip, limit } = query;
  const order = (a: string, b: Json) => (descending ? -1 : 1) * compareRaw(a, b);
  return names
    .toSorted(order)
    .filter((name) => typeof start !== "string" || order(name, start) >= 0)
    .filter((name) => typeof end !== "string" || order(name, end) < (includeEnd ? 1 : 0))
    .slice(skip, limit === undefined ? undefined : skip + limit);
}

class ListReader {
  readonly #query: ListQuery = {
    keys: undefined,
    start: undefined,
    end: undefined,
    includeEnd: true,
    descending: false,
    skip: 0,
    limit: undefined,
    includeDocs: false,
    conflicts: false,
    attachments: STUBS,
    updateSeq: false,
  };
  #group: boolean | undefined;
  #groupLevel: number | undefined;
  #reduce = false;
  #partition = false;

  take(name: string, value: Parameter): void {
    const query = this.#query;
    if (name === "keys") query.keys = readKeys(value);
    else if (name === "key") query.start = query.end = readKey(value);
    else if (name === "startkey" || name === "start_key") query.start = readKey(value);
    else if (name === "endkey" || name === "end_key") query.end = readKey(value);
    else if (name === "inclusive_end") query.includeEnd = readFlag(value);
    else if (name === "descending") query.descending = readFlag(value);
    else if (name === "skip") query.skip = readCount(value);
    else if (name === "limit") query.limit = readCount(value);
    else if (name === "include_docs") query.includeDocs = readFlag(value);
    else if (name === "conflicts") query.conflicts = readFlag(value);
    else if (name === "update_seq") query.updateSeq = readFlag(value);
    else if (name === "attachments") this.#showAttachments({ as: readFlag(value) ? "data" : "stubs" });
    else if (name === "att_encoding_info") this.#showAttachments({ encodingInfo: readFlag(value) });
    else if (name === "group") this.#group = readFlag(value);
    else if (name === "group_level") this.#groupLevel = readCount(value);
    else if (name === "reduce") this.#reduce = readFlag(value);
    else if (name === "partition") this.#partition = true;
    else checkForViews(name, value);
  }

  #showAttachments(more: Partial<AttachmentOptions>): void {
    this.#query.attachments = { ...this.#query.attachments, ...more };
  }

  /** @throws 400 for what does not go together, in the order in which CouchDB looks at it */
  result(): ListQuery {
    const { keys, start, end } = this.#query;
    if (this.#group === false && (this.#groupLevel ?? 0) > 0)
      throw queryParseError("Can't specify group=false and group_level>0 at the same time");
    if (this.#reduce) throw queryParseError("Reduce is invalid for map-only views.");
    if (keys !== undefined && keys.length > 0 && (start !== undefined || end !== undefined))
      throw queryParseError("`keys` is incompatible with `key`, `start_key` and `end_key`");
    const groups = this.#groupLevel === undefined ? this.#group === true : this.#groupLevel > 0;
    if (groups) throw queryParseError("Invalid use of grouping on a map view.");
    if (this.#partition) throw queryParseError("`partition` parameter is not supported on this db");
    return this.#query;
  }
}

const VIEW_OPTIONS: Record<string, readonly string[]> = {
  stale: ["ok", "update_after"],
  stable: ["true", "false"],
  update: ["true", "false", "lazy"],
};

/** How fresh an index must be: there is none here, but CouchDB looks at the value. @throws 400 */
function checkForViews(name: string, value: Parameter): void {
  const allowed = Object.hasOwn(VIEW_OPTIONS, name) ? VIEW_OPTIONS[name] : undefined;
  const given = "json" in value ? value.json : value.text;
  const text = typeof given === "boolean" ? String(given) : given;
  if (allowed?.some((each) => each === text) === false)
    throw queryParseError(`Invalid value for \`${name}\`.`);
}

function readKeys(value: Parameter): Json[] {
  const keys = readKey(value);
  if (Array.isArray(keys)) return keys;
  throw badRequest(
    "json" in value ? "`keys` body member must be an array." : "`keys` parameter must be an array.",
  );
}

const readKey = (value: Parameter): Json => ("json" in value ? value.json : readJsonText(value.text));

/** @throws 400 for anything but true and false */
function readFlag(value: Parameter): boolean {
  const given = "json" in value ? value.json : value.text;
  if (typeof given === "boolean") return given;
  const word = typeof given === "string" ? given.toLowerCase() : null;
  if (word === "true" || word === "false") return word === "true";
  throw queryParseError(`Invalid boolean parameter: ${shown(given)}`);
}

/** @throws 400 for anything but a whole number from 0 */
function readCount(value: Parameter): number {
  const given = "json" in value ? value.json : value.text;
  const isWhole = "json" in value ? Number.isInteger(given) : /^[+-]?\d{1,15}$/.test(value.text);
  if (!isWhole) {
    // CouchDB tells the members of a body as Erlang writes its binaries.
    const what = "json" in value && typeof given === "string" ? `<<${shown(given)}>>` : shown(given);
    throw queryParseError(`Invalid value for integer: ${what}`);
  }
  if (Number(given) < 0) throw queryParseError(`Invalid value for positive integer: ${shown(given)}`);
  return Number(given);
}

const LONGEST_SHOWN = 40;

/** As Erlang writes it, whose empty text is an empty list. */
function shown(value: Json): string {
  if (value === "") return "[]";
  return JSON.stringify(typeof value === "string" ? value.slice(0, LONGEST_SHOWN) : value).slice(0, 80);
}
