// Builds the answers: JSON with a final newline as CouchDB sends it, or bytes, never to be stored by anyone.
import { createHash } from "node:crypto";
import type { CouchError } from "./errors.ts";
import type { Json } from "./json.ts";

/** Records are answered to one user; no cache may keep them. */
const ALWAYS = { "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" };

export const reply = (status: number, value: Json, headers: Record<string, string> = {}): Response =>
  textReply(status, `${JSON.stringify(value)}\n`, headers);

/** A reply of JSON that is written out already. */
export function textReply(status: number, text: string, headers: Record<string, string> = {}): Response {
  return new Response(text, {
    status,
    headers: { ...ALWAYS, "Content-Type": "application/json", ...headers },
  });
}

/** A reply of bytes in pieces. */
export function bytesReply(
  pieces: Uint8Array[],
  type: string,
  options: { status?: number; headers?: Record<string, string> } = {},
): Response {
  return new Response(new Uint8Array(Buffer.concat(pieces)), {
    status: options.status ?? 200,
    headers: { ...ALWAYS, "Content-Type": type, ...options.headers },
  });
}

/** An ETag for content that has no revision, in the form of CouchDB's: 128 bits to the base 36. */
export function etagOf(value: Json): string {
  const digest = createHash("md5").update(JSON.stringify(value)).digest("hex");
  return `"${BigInt(`0x${digest}`).toString(36).toUpperCase()}"`;
}

/** A reply that keeps coming. */
export function streamReply(body: ReadableStream<Uint8Array>): Response {
  return new Response(body, {
    status: 200,
    headers: { ...ALWAYS, "Content-Type": "application/json" },
  });
}

export function refusal({ status, error, reason }: CouchError): Response {
  return reply(status, { error, reason });
}

/** Whether `If-None-Match` names this ETag, also as a weak one. */
export const isKnown = (request: Request, etag: string) =>
  (request.headers.get("if-none-match") ?? "")
    .split(/[, ]+/)
    .some((each) => each.replace(/^W\//, "") === etag);

export function notModified(etag: string): Response {
  return new Response(null, { status: 304, headers: { ...ALWAYS, ETag: etag } });
}

/** @param allowed as CouchDB lists them: `GET,HEAD,POST` */
export function methodNotAllowed(allowed: string): Response {
  return reply(405, { error: "method_not_allowed", reason: `Only ${allowed} allowed` }, { Allow: allowed });
}

/** The same answer to a HEAD: no body. */
export function headOf(response: Response): Response {
  void response.body?.cancel();
  return new Response(null, { status: response.status, headers: response.headers });
}
