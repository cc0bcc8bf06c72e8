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
  remember(
    object,
    members.map(([key]) => key),
  );
  return object;
}

function remember(object: JsonObject, keys: string[]): void {
  const own = Object.keys(object);
  if (own.length === keys.length && own.every((key, index) => key === keys[index])) orders.delete(object);
  // CouchDB keeps of members of one name the last, at its place.
  else orders.set(object, [...new Set(keys.reverse())].reverse());
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

const SPACE = /[ \t\r\n]*/y;
const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/sy;
const OTHER = /[^\s,\]}]+/y;

function readName(text: string): string {
  if (!text.includes("\\")) return text.slice(1, -1);
  const name: unknown = JSON.parse(text);
  return String(name);
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
    else this.#take(char === '"' ? STRING : OTHER);
  }

  #readObject(value: Json | undefined): void {
    const object = typeof value === "object" && !Array.isArray(value) ? value : null;
    const keys: string[] = [];
    this.#at++;
    while (this.#next() !== "}") {
      if (this.#next() === ",") this.#at++;
      this.#next();
      const key = readName(this.#take(STRING));
      keys.push(key);
      this.#next();
      this.#at++; // the colon
      this.read(object?.[key]);
    }
    this.#at++;
    if (object !== null) remember(object, keys);
  }

  #readArray(value: Json | undefined): void {
    this.#at++;
    for (let index = 0; this.#next() !== "]"; index++) {
      if (this.#next() === ",") this.#at++;
      this.read(Array.isArray(value) ? value[index] : undefined);
    }
    this.#at++;
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? "";
    this.#at += found.length;
    return found;
  }

  /** The next character that is no space. */
  #next(): string {
    const char = this.#text.charAt(this.#at);
    if (char > " ") return char;
    this.#take(SPACE);
    return this.#text.charAt(this.#at);
  }
}
