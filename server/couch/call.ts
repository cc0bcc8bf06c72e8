// One request taken apart: path, query, body within limits, and who sends it.
import { promisify } from "node:util";
import { gunzip as gunzipWithCallback } from "node:zlib";
import { badContentType, badRequest, requestTooLarge } from "./errors.ts";
import { isObject, parseJson, type Json, type JsonObject } from "./json.ts";
import type { CouchLimits } from "./deps.ts";
import type { Session } from "./sessions.ts";

const gunzip = promisify(gunzipWithCallback);

export interface Call {
  request: Request;
  /** HEAD counts as GET. */
  method: string;
  /** Decoded segments of the path: `/a%2Fb/c` is `["a/b", "c"]`. */
  path: string[];
  query: URLSearchParams;
  session: Session;
}

/** @throws 400 for a path or a query that is not properly encoded */
export function readPath(url: URL): string[] {
  if (/%(?![0-9a-f]{2})/i.test(url.search)) throw badRequest("invalid_url_encoding");
  const segments = url.pathname.split("/").filter((segment) => segment !== "");
  try {
    return segments.map(decodeURIComponent);
  } catch {
    throw badRequest("invalid_url_encoding");
  }
}

/** Levels that a request puts around a document: `{"docs":[…]}`. */
const ENVELOPE_DEPTH = 3;

/** Of a body that may be packed with gzip. @throws 413, 415 (encoding), 400 */
export async function readJson(call: Call, limits: CouchLimits): Promise<Json> {
  const bytes = await readUnpacked(call.request, limits.maxRequestBytes);
  if (bytes.length === 0) throw badRequest("invalid UTF-8 JSON");
  return parseJson(bytes, limits.maxDepth + ENVELOPE_DEPTH);
}

/** The body of a POST to a special path, which must say that it is JSON. @throws 415, 413, 400 */
export async function readJsonObject(call: Call, limits: CouchLimits): Promise<JsonObject> {
  checkJsonType(call.request);
  const value = await readJson(call, limits);
  if (!isObject(value)) throw badRequest("Request body must be a JSON object");
  return value;
}

/** @throws 415 */
export function checkJsonType(request: Request): void {
  if (mediaType(request) !== "application/json")
    throw badContentType("Content-Type must be application/json");
}

export const mediaType = (request: Request) =>
  (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";

/** The body of a request that is not packed. @throws 413 as soon as there is more than `limit`, 415 */
export async function readBody(request: Request, limit: number): Promise<Uint8Array> {
  const encoding = request.headers.get("content-encoding") ?? "identity";
  if (encoding !== "identity") throw badContentType(`${encoding} is not a supported content encoding.`);
  return readBytes(request, limit);
}

/** The body of a request that may be packed with gzip, as JSON may. @throws 413 by what it unpacks to, 415, 400 */
export async function readUnpacked(request: Request, limit: number): Promise<Uint8Array> {
  if (request.headers.get("content-encoding") !== "gzip") return readBody(request, limit);
  const packed = await readBytes(request, limit);
  try {
    return await gunzip(packed, { maxOutputLength: limit });
  } catch (error) {
    // A small packet must not blow up in the memory.
    if (error instanceof RangeError) throw requestTooLarge();
    throw badRequest("Request body is not properly gzipped.");
  }
}

/** The body as it was sent. @throws 413 as soon as there is more than `limit` */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length") ?? "0") > limit) throw requestTooLarge();
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await readChunk(reader);
    if (done) return Buffer.concat(chunks);
    size += value.length;
    if (size > limit) {
      await reader.cancel();
      throw requestTooLarge();
    }
    chunks.push(value);
  }
}

async function readChunk(reader: ReadableStreamDefaultReader<Uint8Array>) {
  try {
    return await reader.read();
  } catch {
    throw badRequest("The request body ended early.");
  }
}
