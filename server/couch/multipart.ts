// The multipart bodies that CouchDB's replicator reads and sends (RFC 2046; the forms of couch_httpd_multipart).
import { badRequest } from "./errors.ts";

interface Part {
  /** Names in lower case. */
  headers: Map<string, string>;
  body: Buffer;
}

const MAX_PARTS = 1_000;

/** The boundary that a `Content-Type` names. @throws 400 */
export function readBoundary(contentType: string): string {
  const match = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) throw badRequest("multipart body without a boundary");
  return boundary;
}

/** Takes a whole multipart body apart; what stands before and after its parts is passed over. @throws 400 */
export function readParts(bytes: Uint8Array, boundary: string): Part[] {
  // With a line break in front, a boundary at the very beginning is like any other.
  const body = Buffer.concat([Buffer.from("\r\n"), bytes]);
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const parts: Part[] = [];
  let at = body.indexOf(delimiter);
  for (;;) {
    if (at < 0 || parts.length > MAX_PARTS) throw badRequest("multipart body without an end");
    at += delimiter.length;
    if (body.subarray(at, at + 2).toString("latin1") === "--") return parts;
    const next = body.indexOf(delimiter, at);
    if (next >= 0) parts.push(readPart(body.subarray(at, next)));
    at = next;
  }
}

function readPart(part: Buffer): Part {
  const end = part.indexOf("\r\n\r\n");
  if (end < 0) throw badRequest("multipart body with a part without a head");
  const lines = part.subarray(0, end).toString("utf8").split("\r\n").slice(1);
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: part.subarray(end + 4) };
}

/** An attachment that follows its document. */
export interface FollowingPart {
  name: string;
  type: string;
  encoding: string;
  bytes: Uint8Array;
}

/** A document, and what follows it. */
export interface DocumentPart {
  json: string;
  following: FollowingPart[];
}

/** Document and attachments as `multipart/related`. */
export function relatedBody(boundary: string, { json, following }: DocumentPart): Uint8Array[] {
  const parts = following.flatMap(({ name, type, encoding, bytes }) => [
    utf8(
      `\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Type: ${type}\r\n` +
        `Content-Length: ${String(bytes.length)}${encoding === "identity" ? "" : `\r\nContent-Encoding: ${encoding}`}\r\n\r\n`,
    ),
    bytes,
    utf8(`\r\n--${boundary}`),
  ]);
  const head = `--${boundary}\r\nContent-Type: application/json\r\n\r\n${json}\r\n--${boundary}`;
  return [utf8(head), ...parts, utf8("--")];
}

/** A revision as a part of an answer, or what is said in its place. */
export type MixedPart = DocumentPart | { error: string };

/** Revisions of one document as `multipart/mixed`, each with its attachments. */
export function mixedBody(outer: string, inner: string, parts: MixedPart[]): Uint8Array[] {
  const end = utf8(`\r\n--${outer}`);
  const each = parts.flatMap((part) => [...mixedPart(inner, `boundary="${inner}"`, "", part), end]);
  return [utf8(`--${outer}`), ...each, utf8("--")];
}

/** The answer to `_bulk_get`: as `mixedBody`, with the name of the document on parts that have attachments. */
export function bulkBody(
  outer: string,
  inner: string,
  parts: { id: string; rev: string; part: MixedPart }[],
): Uint8Array[] {
  if (parts.length === 0) return [];
  const each = parts.flatMap(({ id, rev, part }) => [
    utf8(`\r\n--${outer}`),
    ...mixedPart(inner, `boundary=${inner}`, `\r\nX-Doc-Id: ${headerText(id)}\r\nX-Rev-Id: ${rev}`, part),
  ]);
  return [...each, utf8(`\r\n--${outer}--\r\n`)];
}

function mixedPart(inner: string, boundary: string, names: string, part: MixedPart): Uint8Array[] {
  if ("error" in part) return [utf8(`\r\nContent-Type: application/json; error="true"\r\n\r\n${part.error}`)];
  if (part.following.length === 0) return [utf8(`\r\nContent-Type: application/json\r\n\r\n${part.json}`)];
  return [
    utf8(`${names}\r\nContent-Type: multipart/related; ${boundary}\r\n\r\n`),
    ...relatedBody(inner, part),
  ];
}

/** An id may hold a line break, and a header may not. */
const headerText = (text: string) => text.replaceAll(/\p{Cc}/gu, encodeURIComponent);

const utf8 = (text: string) => Buffer.from(text, "utf8");
