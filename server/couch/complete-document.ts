// Gives the attachments of a document their contents: what came with it, what it takes over, and what its stubs stand for.
import type { Attachment, IncomingAttachment } from "./attachment.ts";
import type { AttachmentStore } from "./attachment-store.ts";
import type { IncomingDocument } from "./document.ts";
import { attachmentTooLarge, conflict, missingStub } from "./errors.ts";

/** A document whose attachments all have their contents: in the file, or in `contents`, by their digests. */
export type CompleteDocument = Omit<IncomingDocument, "attachments"> & {
  attachments: Attachment[];
  contents: Map<string, Uint8Array>;
};

/**
 * @param document with its contents ready (`withContents`)
 * @param before name of the revision whose attachments the stubs stand for; null if there is none
 * @param options.revpos generation that new contents come with; null leaves what the sender says
 * @throws 412 for a stub of nothing, 413 for more bytes than a document may have
 */
export function completeDocument(
  store: AttachmentStore,
  document: IncomingDocument,
  before: string | null,
  options: { revpos: number | null; maxBytes: number },
): CompleteDocument {
  const { id } = document;
  const kept = before === null || document.attachments.length === 0 ? [] : store.of(id, before);
  const attachments = document.attachments.map((each) => contentOf(store, id, each, kept, options.revpos));
  const bytes = attachments.reduce((sum, { unpackedLength }) => sum + unpackedLength, 0);
  const fresh = document.attachments.find(({ kind }) => kind === "fresh");
  if (fresh !== undefined && bytes > options.maxBytes) throw attachmentTooLarge(fresh.name);
  const contents = new Map(
    document.attachments.flatMap((each) =>
      each.kind === "fresh" ? [[each.attachment.content, each.bytes] as const] : [],
    ),
  );
  return { ...document, attachments, contents };
}

function contentOf(
  store: AttachmentStore,
  id: string,
  incoming: IncomingAttachment,
  kept: Attachment[],
  revpos: number | null,
): Attachment {
  if (incoming.kind === "kept") {
    // Its revision may have been purged while the request waited.
    if (!store.has(incoming.attachment.content)) throw conflict();
    return incoming.attachment;
  }
  if (incoming.kind === "fresh")
    return revpos === null ? incoming.attachment : { ...incoming.attachment, revpos };
  if (incoming.kind !== "stub") throw new Error("an attachment came to be written without its content");
  const found = kept.find(({ name }) => name === incoming.name);
  if (found === undefined || (incoming.revpos !== null && incoming.revpos !== found.revpos))
    throw missingStub(id, incoming.name);
  return found;
}
