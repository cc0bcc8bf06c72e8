// The refusals of the endpoint: a status with CouchDB's pair of `error` and `reason`.

/**
 * An answer that ends a request (or one row of a batch) early. It is thrown like CouchDB's own `throw`,
 * and turned into a reply at one place (`couch.ts`) or into a row (`write-documents.ts`).
 */
export class CouchError extends Error {
  readonly status: number;
  readonly error: string;
  readonly reason: string;

  constructor(status: number, error: string, reason: string) {
    super(`${error}: ${reason}`);
    this.name = "CouchError";
    this.status = status;
    this.error = error;
    this.reason = reason;
  }
}

/** A refusal of one row that ends the whole batch, nothing of which is then kept, as CouchDB does for these. */
export class BatchError extends CouchError {}

export const badRequest = (reason: string) => new CouchError(400, "bad_request", reason);
export const queryParseError = (reason: string) => new CouchError(400, "query_parse_error", reason);
export const docValidation = (reason: string) => new CouchError(400, "doc_validation", reason);
export const illegalDocId = (reason: string) => new CouchError(400, "illegal_docid", reason);
export const unauthorized = (reason: string) => new CouchError(401, "unauthorized", reason);
export const forbidden = (reason: string) => new CouchError(403, "forbidden", reason);
export const notFound = (reason: string) => new CouchError(404, "not_found", reason);
export const missing = () => notFound("missing");
export const deleted = () => notFound("deleted");
export const noDatabase = () => notFound("Database does not exist.");
export const conflict = () => new CouchError(409, "conflict", "Document update conflict.");
export const fileExists = () =>
  new CouchError(412, "file_exists", "The database could not be created, the file already exists.");
export const noRevision = () =>
  badRequest("When `new_edits: false`, the document needs `_rev` or `_revisions` specified");
export const invalidRevision = () => badRequest("Invalid rev format");
export const missingRevision = () => new CouchError(409, "not_found", "missing_rev");
export const missingAttachment = () => new CouchError(404, "not_found", "Document is missing attachment");
export const missingStub = (id: string, name: string) =>
  new BatchError(412, "missing_stub", `Invalid attachment stub in ${id} for ${name}`);
export const attachmentTooLarge = (name: string) => new BatchError(413, "attachment_too_large", name);
export const tooManyAttachments = () =>
  new BatchError(413, "document_too_large", "hit max_attachments_per_document");
export const rangeNotSatisfiable = () =>
  new CouchError(416, "requested_range_not_satisfiable", "Requested range not satisfiable");
export const documentTooLarge = (id: string) => new CouchError(413, "document_too_large", id);
export const tooManyLocals = () =>
  new CouchError(413, "too_large", "You keep too many _local documents in this database: delete some.");
export const requestTooLarge = () => new CouchError(413, "too_large", "the request entity is too large");
export const answerTooLarge = () =>
  new CouchError(413, "too_large", "The answer would be too large: ask for less at a time.");
export const tooManySignIns = () =>
  new CouchError(429, "too_many_requests", "Too many passwords of this address wait to be checked.");
export const tooManyDocuments = (limit: number) =>
  new CouchError(413, "max_bulk_docs_count_exceeded", String(limit));
export const tooManyAsked = (limit: number) =>
  new CouchError(413, "max_bulk_get_count_exceeded", String(limit));
export const badContentType = (reason: string) => new CouchError(415, "bad_content_type", reason);
export const tooManyFeeds = () => new CouchError(429, "too_many_requests", "Too many open change feeds.");
export const notServerAdmin = () => unauthorized("You are not a server admin.");
