// Reads parameters of a query string the way CouchDB reads them.
import { badRequest, queryParseError } from "./errors.ts";
import { parseJsonText, type Json } from "./json.ts";

const MAX_PARAMETER_DEPTH = 8;

/** `true` and nothing else counts; CouchDB ignores other values here. */
export const isTrue = (query: URLSearchParams, key: string) => query.get(key) === "true";

/** @throws 400 for anything but true and false */
export function readBoolean(query: URLSearchParams, key: string, otherwise: boolean): boolean {
  const value = query.get(key)?.toLowerCase();
  if (value === undefined) return otherwise;
  if (value !== "true" && value !== "false") throw queryParseError(`Invalid boolean parameter: "${value}"`);
  return value === "true";
}

/** @throws 400 for anything but a whole number from 0 */
export function readCount(query: URLSearchParams, key: string): number | null {
  const value = query.get(key);
  if (value === null) return null;
  const shown = `"${value.slice(0, 40)}"`;
  if (/^-\d{1,15}$/.test(value)) throw queryParseError(`Invalid value for positive integer: ${shown}`);
  if (!/^\d{1,15}$/.test(value)) throw queryParseError(`Invalid value for integer: ${shown}`);
  return Number(value);
}

/** @throws 400 for broken JSON */
export function readJsonParameter(query: URLSearchParams, key: string): Json | undefined {
  const value = query.get(key);
  return value === null ? undefined : parseJsonText(value, MAX_PARAMETER_DEPTH);
}

/** @throws 400 for an option that CouchDB knows and this server does not have */
export function refuseOptions(query: URLSearchParams, options: readonly string[]): void {
  for (const option of options)
    if (query.has(option)) throw badRequest(`Option \`${option}\` is not supported by this server.`);
}
