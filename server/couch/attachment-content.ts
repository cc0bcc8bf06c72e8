// The bytes of attachments: packed as CouchDB packs them, named by their digests, unpacked again within limits.
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gunzip as gunzipCallback, gunzipSync, gzip as gzipCallback } from "node:zlib";
import { invalidData, type Attachment, type IncomingAttachment } from "./attachment.ts";
import type { CouchLimits } from "./deps.ts";
import type { IncomingDocument } from "./document.ts";
import { CouchError, attachmentTooLarge, badRequest, tooManyAttachments } from "./errors.ts";

const gzip = promisify(gzipCallback);
const gunzip = promisify(gunzipCallback);

/** CouchDB's default `[attachments] compression_level`. */
const LEVEL = 8;
/** CouchDB's default `[attachments] compressible_types`. */
const COMPRESSIBLE = /^\s*(?:text\/.*|application\/(?:javascript|json|xml))(?:\s*;.*)?\s*$/i;

type AttachmentLimits = Pick<CouchLimits, "maxAttachments" | "maxAttachmentsBytes">;

/** Packs and names all bytes of a document, so that writing it need not wait. @throws 400, 413 */
export async function withContents(
  document: IncomingDocument,
  limits: AttachmentLimits,
): Promise<IncomingDocument> {
  if (document.attachments.length === 0) return document;
  if (document.attachments.length > limits.maxAttachments) throw tooManyAttachments();
  const attachments = [];
  for (const each of document.attachments) attachments.push(await ready(each, limits));
  return { ...document, attachments };
}

async function ready(incoming: IncomingAttachment, limits: AttachmentLimits): Promise<IncomingAttachment> {
  if (incoming.kind === "follows")
    throw badRequest(`Attachment ${incoming.name} should follow, but nothing does`);
  if (incoming.kind !== "bytes") return incoming;
  const { name, type, revpos, bytes, encoding } = incoming;
  if (bytes.length > limits.maxAttachmentsBytes) throw attachmentTooLarge(name);
  checkAnnounced(incoming);
  const packs = encoding === "identity" && COMPRESSIBLE.test(type);
  const kept = packs ? await gzip(bytes, { level: LEVEL }) : bytes;
  const unpackedLength = encoding === "gzip" ? await countUnpacked(name, bytes, limits) : bytes.length;
  const attachment: Attachment = {
    name,
    type,
    revpos: revpos ?? 0,
    encoding: packs ? "gzip" : encoding,
    // CouchDB's own count of what came packed and without a word is that of the packed bytes.
    length: encoding === "gzip" ? (incoming.length ?? bytes.length) : bytes.length,
    unpackedLength,
    encodedLength: kept.length,
    md5: md5Of(kept),
    content: createHash("sha256").update(kept).digest("hex"),
  };
  return { kind: "fresh", name, type, revpos, attachment, bytes: kept };
}

function checkAnnounced({ bytes, encodedLength, md5 }: IncomingAttachment & { kind: "bytes" }): void {
  if (encodedLength !== null && bytes.length < encodedLength)
    throw badRequest("attachment shorter than expected");
  if (encodedLength !== null && bytes.length > encodedLength)
    throw badRequest("attachment longer than expected");
  if (md5 !== null && md5 !== md5Of(bytes))
    throw new CouchError(400, "content_md5_mismatch", "Possible message corruption.");
}

const md5Of = (bytes: Uint8Array) => createHash("md5").update(bytes).digest("base64");

/** A reader that wants it unpacked must be able to get it, and a small packet must not blow up in the memory. */
async function countUnpacked(name: string, bytes: Uint8Array, limits: AttachmentLimits): Promise<number> {
  try {
    return (await gunzip(bytes, { maxOutputLength: limits.maxAttachmentsBytes })).length;
  } catch (error) {
    if (error instanceof RangeError) throw attachmentTooLarge(name);
    throw invalidData(name);
  }
}

/** The content as it was before it was packed. */
export const unpacked = ({ encoding }: Attachment, bytes: Uint8Array): Uint8Array =>
  encoding === "gzip" ? gunzipSync(bytes) : bytes;
