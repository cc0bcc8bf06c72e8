// Attachments: what a stored one is, how they come in a document (as data, stubs or to follow), and go out again.
import { badRequest } from "./errors.ts";
import { isObject, isWellFormed, type Json, type JsonObject } from "./json.ts";
import { keysOf, objectOf } from "./key-order.ts";
import type { History, Revision } from "./revisions.ts";

export type Encoding = "identity" | "gzip";

/** An attachment of a stored revision. */
export interface Attachment {
  name: string;
  /** Media type. */
  type: string;
  /** Generation of the revision that its content came with. */
  revpos: number;
  encoding: Encoding;
  /** Bytes before encoding, as CouchDB tells them: of what came packed it believes the sender. */
  length: number;
  /** Bytes before encoding, counted. */
  unpackedLength: number;
  /** Bytes as they are kept. */
  encodedLength: number;
  /** MD5 of the kept bytes in base64, as CouchDB shows it. */
  md5: string;
  /** SHA-256 of the kept bytes in hexadecimal; they are kept under it, once. MD5 would let one content pass for another. */
  content: string;
}

/** What the sender says of bytes that it sends. */
interface Announced {
  encoding: Encoding;
  /** Null where it says nothing. */
  length: number | null;
  encodedLength: number | null;
  md5: string | null;
}

/** An attachment on its way into the file. */
export type IncomingAttachment = { name: string; type: string; revpos: number | null } & (
  | { kind: "stub" }
  | ({ kind: "follows" } & Announced)
  | ({ kind: "bytes"; bytes: Uint8Array } & Announced)
  /** Ready to be kept. */
  | { kind: "fresh"; attachment: Attachment; bytes: Uint8Array }
  /** Taken over from a stored revision. */
  | { kind: "kept"; attachment: Attachment }
);

export const DEFAULT_TYPE = "application/octet-stream";
const CONTROL = /\p{Cc}/u;

/** @throws 400 for a name that begins with `_`, or that a header of a multipart answer could not carry */
export function checkName(name: string): string {
  if (name.startsWith("_"))
    throw badRequest(`Attachment name '${name}' starts with prohibited character '_'`);
  if (!isWellFormed(name)) throw badRequest("Attachment name is not UTF-8 encoded");
  if (CONTROL.test(name)) throw badRequest("Attachment name has a control character");
  return name;
}

/** Reads the member `_attachments`. @throws 400 */
export function readAttachments(members: JsonObject): IncomingAttachment[] {
  return keysOf(members).flatMap((name) => {
    const value = members[name];
    // CouchDB passes over whatever is no object.
    return isObject(value) ? [readAttachment(checkName(name), value)] : [];
  });
}

function readAttachment(name: string, value: JsonObject): IncomingAttachment {
  const type = readType(name, value["content_type"]);
  const revpos = readSize(value["revpos"]);
  if (value["stub"] === true) return { kind: "stub", name, type, revpos };
  const follows = value["follows"] === true;
  const base = { name, type, revpos };
  if (!follows) return { ...base, kind: "bytes", ...NOTHING_SAID, bytes: readBase64(name, value["data"]) };
  const encoding = readEncoding(value["encoding"]);
  const length = readSize(value["length"]);
  const encodedLength = encoding === "identity" ? length : (readSize(value["encoded_length"]) ?? length);
  return { ...base, kind: "follows", encoding, length, encodedLength, md5: readDigest(value["digest"]) };
}

export const NOTHING_SAID: Announced = { encoding: "identity", length: null, encodedLength: null, md5: null };

function readType(name: string, type: Json | undefined): string {
  if (type === undefined) return DEFAULT_TYPE;
  if (typeof type !== "string" || CONTROL.test(type)) throw invalidData(name);
  return type;
}

const readSize = (value: Json | undefined) =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : null;

function readEncoding(value: Json | undefined): Encoding {
  if (value === undefined || value === "identity") return "identity";
  if (value === "gzip") return "gzip";
  throw badRequest("Only gzip and identity content-encodings are supported");
}

const readDigest = (digest: Json | undefined) =>
  typeof digest === "string" && digest.startsWith("md5-") ? digest.slice("md5-".length) : null;

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function readBase64(name: string, data: Json | undefined): Uint8Array {
  const text = typeof data === "string" ? data.replaceAll(/\s/g, "") : null;
  if (text === null || !BASE64.test(text)) throw invalidData(name);
  return Buffer.from(text, "base64");
}

export const invalidData = (name: string) => badRequest(`Invalid attachment data for ${name}`);

/** How attachments are shown in a document. */
export interface AttachmentOptions {
  as: "stubs" | "data" | "follows";
  encodingInfo: boolean;
  /** Only those that are newer than the nearest of these ancestors are shown with their content. */
  since: Revision[] | null;
}

export const STUBS: AttachmentOptions = { as: "stubs", encodingInfo: false, since: null };

/** The generation up to which the reader has all attachments; 0 for none. */
export function knownGeneration(history: History, since: Revision[]): number {
  const index = history.ids.findIndex((id, back) =>
    since.some((known) => known.id === id && known.generation === history.start - back),
  );
  return index < 0 ? 0 : history.start - index;
}

/** @param read gives the content before encoding; called only where it is shown */
export function attachmentJson(
  { type, revpos, encoding, length, encodedLength, md5 }: Attachment,
  show: { as: AttachmentOptions["as"]; encodingInfo: boolean },
  read: () => Uint8Array,
): JsonObject {
  return {
    content_type: type,
    revpos,
    digest: `md5-${md5}`,
    ...(show.as === "data"
      ? { data: Buffer.from(read()).toString("base64") }
      : { length, [show.as === "follows" ? "follows" : "stub"]: true }),
    ...(show.encodingInfo && encoding !== "identity" ? { encoding, encoded_length: encodedLength } : {}),
  };
}

/** The member `_attachments`, or nothing. */
export const attachmentsMember = (members: [string, JsonObject][]): JsonObject =>
  members.length === 0 ? {} : { _attachments: objectOf(members) };
