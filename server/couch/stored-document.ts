// A stored revision taken out again, to be written with a change or under another id.
import type { Attachment, IncomingAttachment } from "./attachment.ts";
import type { IncomingDocument } from "./document.ts";
import type { DocumentStore } from "./document-store.ts";
import { isDeletion, revisionName, type Revision } from "./revisions.ts";

/** The revision, which is known to be here, as a document that follows it. */
export function storedDocument(documents: DocumentStore, id: string, revision: Revision): IncomingDocument {
  const stored = documents.find(id);
  const name = revisionName(revision);
  const body = documents.body(id, name);
  if (stored === null || body === null) throw new Error("a revision that was found is not there");
  return {
    id,
    history: { start: revision.generation, ids: [revision.id] },
    deleted: isDeletion(stored.tree, revision),
    body,
    attachments: documents.attachments.of(id, name).map(keptAttachment),
  };
}

const keptAttachment = (attachment: Attachment): IncomingAttachment => ({
  kind: "kept",
  name: attachment.name,
  type: attachment.type,
  revpos: attachment.revpos,
  attachment,
});
