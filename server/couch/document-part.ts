// A revision and the attachments behind it, as a part of a multipart answer.
import type { CouchLimits } from "./deps.ts";
import type { DocumentStore } from "./document-store.ts";
import { answerTooLarge } from "./errors.ts";
import type { DocumentPart } from "./multipart.ts";
import type { FoundRevision } from "./read-documents.ts";

/** @throws 413 when the answer has grown too large */
export function documentPart(
  documents: DocumentStore,
  { json, following }: FoundRevision,
  { maxAnswerSize }: CouchLimits,
): DocumentPart {
  return {
    json: JSON.stringify(json),
    following: following.map((each) => {
      if (documents.taken() > maxAnswerSize) throw answerTooLarge();
      const bytes = documents.attachments.read(each);
      return { name: each.name, type: each.type, encoding: each.encoding, bytes };
    }),
  };
}
