// The order of JSON values in CouchDB: by kind, texts as people sort them (ICU), lists and objects part by part.
import { isObject, type Json } from "./json.ts";
import { keysOf } from "./key-order.ts";

/** Below 0 where `a` comes first. */
export type Compare = (a: Json, b: Json) => number;

// English has no rules of its own: this is the root order, which CouchDB uses for everybody.
const collator = new Intl.Collator("en");

const compareTexts = (a: string, b: string) => (a === b ? 0 : collator.compare(a, b));

function rankOf(value: Json): number {
  if (value === null) return 0;
  if (value === false) return 1;
  if (value === true) return 2;
  if (typeof value === "number") return 3;
  if (typeof value === "string") return 4;
  return Array.isArray(value) ? 5 : 6;
}

export const compareJson: Compare = (a, b) => {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "string" && typeof b === "string") return compareTexts(a, b);
  if (Array.isArray(a) && Array.isArray(b)) return compareLists(a, b, compareJson);
  if (isObject(a) && isObject(b)) {
    const members = (object: typeof a) => keysOf(object).map((key): Json[] => [key, object[key] ?? null]);
    return compareLists(members(a), members(b), compareJson);
  }
  return rankOf(a) - rankOf(b);
};

function compareLists(a: Json[], b: Json[], compare: Compare): number {
  for (const [index, item] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const order = compare(item, other);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** The order of ids: byte by byte, and every text after everything else. */
export const compareRaw: Compare = (a, b) => {
  if (typeof a === "string" && typeof b === "string") return Buffer.compare(Buffer.from(a), Buffer.from(b));
  if (typeof a === "string") return 1;
  return typeof b === "string" ? -1 : compareJson(a, b);
};

/** The kind of a value, as `$type` calls it. */
export function typeOf(value: Json): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value;
}

/** As Erlang writes what it read as JSON: reasons of CouchDB quote it so. */
export function erlangTerm(value: Json): string {
  if (typeof value === "string") return `<<${[...Buffer.from(value)].join(",")}>>`;
  if (Array.isArray(value)) return `[${value.map(erlangTerm).join(",")}]`;
  if (!isObject(value)) return String(value);
  const members = keysOf(value).map((key) => `{${erlangTerm(key)},${erlangTerm(value[key] ?? null)}}`);
  return `{[${members.join(",")}]}`;
}
