// Reads JSON from the wire so that nothing in it can surprise later code: depth, encoding, numbers, key names.
import { badRequest } from "./errors.ts";
import { rememberOrder } from "./key-order.ts";

export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isStringArray(value: Json | undefined): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

const LONE_SURROGATE = /\p{Surrogate}/u;

/** True for a string that UTF-8 (and so SQLite, and every other client) can carry unchanged. */
export const isWellFormed = (text: string) => !LONE_SURROGATE.test(text);

/**
 * Parses the bytes of a request as JSON.
 * @param maxDepth the deepest nesting of arrays and objects that is accepted
 * @throws 400 for broken UTF-8 or JSON, too deep nesting, lone surrogates, a `__proto__` key, or a number that
 *   JavaScript would change (beyond ±(2^53-1) or infinite): it would come back different from what was sent.
 */
export function parseJson(bytes: Uint8Array, maxDepth: number): Json {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw badRequest("invalid UTF-8 JSON");
  }
  return parseJsonText(text, maxDepth);
}

/** As `parseJson`, for text that is already decoded (a query parameter). */
export function parseJsonText(text: string, maxDepth: number): Json {
  checkDepth(text, maxDepth);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badRequest("invalid UTF-8 JSON");
  }
  checkValues(value);
  rememberOrder(text, value);
  return value;
}

// Counted on the text, before parsing, so that no recursion ever sees a hostile depth.
function checkDepth(text: string, maxDepth: number): void {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (inString) {
      if (char === 0x5c) i++;
      else if (char === 0x22) inString = false;
    } else if (char === 0x22) inString = true;
    else if (char === 0x7b || char === 0x5b) {
      if (++depth > maxDepth) throw badRequest(`JSON is nested deeper than ${String(maxDepth)} levels`);
    } else if (char === 0x7d || char === 0x5d) depth--;
  }
}

function checkValues(value: unknown): asserts value is Json {
  if (typeof value === "string") {
    if (!isWellFormed(value)) throw badRequest("invalid UTF-8 JSON");
  } else if (typeof value === "number") {
    if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER)
      throw badRequest("A number is too large to be kept exactly");
  } else if (Array.isArray(value)) {
    const items: unknown[] = value;
    for (const item of items) checkValues(item);
  } else if (typeof value === "object" && value !== null) {
    const members: [string, unknown][] = Object.entries(value);
    for (const [key, item] of members) {
      if (key === "__proto__") throw badRequest("A member may not be called __proto__");
      checkValues(key);
      checkValues(item);
    }
  }
}

/** The number of arrays and objects around the deepest value. */
export function depthOf(value: Json): number {
  if (typeof value !== "object" || value === null) return 0;
  let deepest = 0;
  for (const item of Array.isArray(value) ? value : Object.values(value))
    deepest = Math.max(deepest, depthOf(item));
  return deepest + 1;
}
