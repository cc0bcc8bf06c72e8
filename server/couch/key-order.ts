// Keeps the order in which an object's members were written, where JavaScript forgets it: names like "12" move to the front.
import type { Json, JsonObject } from "./json.ts";

const orders = new WeakMap<object, readonly string[]>();

/** A name that JavaScript takes for an index, perhaps with its digits escaped. */
const INDEX_NAME = /"(?:\d|\\u003\d){1,60}"\s*:/;

/** The names of an object's members as they were written, each once. */
export const keysOf = (object: JsonObject): readonly string[] => orders.get(object) ?? Object.keys(object);

/** An object of these members, whose order is remembered. */
export function objectOf(members: readonly (readonly [string, Json])[]): JsonObject {
  const object: JsonObject = Object.fromEntries(members);
  const keys = members.map(([key]) => key);
  if (Object.keys(object).some((key, index) => key !== keys[index])) orders.set(object, keys);
  return object;
}

/** Learns the orders from the text that `value` was parsed from. */
export function rememberOrder(text: string, value: Json): void {
  if (INDEX_NAME.test(text)) new Reader(text).read(value);
}

/** As `JSON.stringify`, in the order that is remembered. */
export function stringify(value: Json): string {
  if (!hasOrder(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(stringify).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = keysOf(value).map((key) => `${JSON.stringify(key)}:${stringify(value[key] ?? null)}`);
  return `{${members.join(",")}}`;
}

function hasOrder(value: Json): boolean {
  if (typeof value !== "object" || value === null) return false;
  return orders.has(value) || Object.values(value).some(hasOrder);
}

/** Goes through a text that is known to be JSON, and through its value beside it. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** @param value undefined where a member of the same name comes later */
  read(value: Json | undefined): void {
    const char = this.#next();
    if (char === "{") this.#readObject(value);
    else if (char === "[") this.#readArray(value);
    else if (char === '"') this.#readString();
    else while (/[^\s,\]}]/.test(this.#text.charAt(this.#at))) this.#at++;
  }

  #readObject(value: Json | undefined): void {
    const object = typeof value === "object" && !Array.isArray(value) ? value : null;
    const keys: string[] = [];
    this.#at++;
    while (this.#next() !== "}") {
      if (this.#next() === ",") this.#at++;
      this.#next();
      const key = this.#readString();
      keys.push(key);
      this.#next();
      this.#at++; // the colon
      const member = object?.[key];
      this.read(member);
    }
    this.#at++;
    // CouchDB keeps of members of one name the last, at its place.
    if (object !== null) orders.set(object, [...new Set(keys.reverse())].reverse());
  }

  #readArray(value: Json | undefined): void {
    this.#at++;
    for (let index = 0; this.#next() !== "]"; index++) {
      if (this.#next() === ",") this.#at++;
      this.read(Array.isArray(value) ? value[index] : undefined);
    }
    this.#at++;
  }

  #readString(): string {
    const start = this.#at++;
    while (this.#text.charAt(this.#at) !== '"') this.#at += this.#text.charAt(this.#at) === "\\" ? 2 : 1;
    this.#at++;
    const parsed: unknown = JSON.parse(this.#text.slice(start, this.#at));
    return String(parsed);
  }

  /** The next character that is no space. */
  #next(): string {
    while (/\s/.test(this.#text.charAt(this.#at))) this.#at++;
    return this.#text.charAt(this.#at);
  }
}
