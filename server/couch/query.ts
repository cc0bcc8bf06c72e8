// Reads parameters of a query string the way CouchDB reads them.
import { badRequest } from "./errors.ts";
import { parseJsonText, type Json } from "./json.ts";

const MAX_PARAMETER_DEPTH = 8;

/** `true` and nothing else counts; CouchDB ignores other values here. */
export const isTrue = (query: URLSearchParams, key: string) => query.get(key) === "true";

/** As `_changes` reads its parameters: names in any case, and of one name the last counts. */
export function lastOfEach(query: URLSearchParams): URLSearchParams {
  const last = new URLSearchParams();
  for (const [name, value] of query) last.set(name.toLowerCase(), value);
  return last;
}

/** The value of a parameter that is JSON. @throws 400 */
export const readJsonText = (text: string): Json => parseJsonText(text, MAX_PARAMETER_DEPTH);

/** @throws 400 for broken JSON */
export function readJsonParameter(query: URLSearchParams, key: string): Json | undefined {
  const value = query.get(key);
  return value === null ? undefined : readJsonText(value);
}

/** @throws 400 for an option that CouchDB knows and this server does not have */
export function refuseOptions(query: URLSearchParams, options: readonly string[]): void {
  for (const option of options)
    if (query.has(option)) throw badRequest(`Option \`${option}\` is not supported by this server.`);
}
