// Reads a document that comes with its attachments behind it, as CouchDB's replicator sends it (`multipart/related`).
import type { IncomingAttachment } from "./attachment.ts";
import type { CouchLimits } from "./deps.ts";
import { readDocument, type IncomingDocument } from "./document.ts";
import { badContentType, badRequest } from "./errors.ts";
import { parseJson } from "./json.ts";
import { readBoundary, readParts } from "./multipart.ts";

/**
 * As in CouchDB, the parts belong to the attachments that `follow` in the order in which the document names them.
 * @param id the id in the address
 * @throws 400, 413, 415
 */
export function readRelated(
  request: Request,
  bytes: Uint8Array,
  limits: CouchLimits,
  id: string,
): IncomingDocument {
  const [first, ...rest] = readParts(bytes, readBoundary(request.headers.get("content-type") ?? ""));
  if (first === undefined) throw badRequest("multipart body without a document");
  if (first.headers.get("content-type")?.split(";")[0]?.trim() !== "application/json")
    throw badContentType("Content-Type must be application/json");
  const document = readDocument(parseJson(first.body, limits.maxDepth + 3), limits, id);
  const parts = rest.values();
  const attachments = document.attachments.map((each): IncomingAttachment => {
    if (each.kind !== "follows") return each;
    const part = parts.next();
    if (part.done === true) throw badRequest("attachment shorter than expected");
    return { ...each, kind: "bytes", bytes: part.value.body };
  });
  return { ...document, attachments };
}
