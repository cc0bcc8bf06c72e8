// Answers `COPY /db/doc`: writes a revision of a document, with its attachments, under another id of the same database.
import type { Call } from "./call.ts";
import { checkId, type IncomingDocument } from "./document.ts";
import type { DocumentStore } from "./document-store.ts";
import { badRequest, missing } from "./errors.ts";
import { explicitRevision } from "./explicit-revision.ts";
import { PLAIN, readCurrent, readRevision } from "./read-documents.ts";
import { reply } from "./replies.ts";
import { parseRevision, type History, type Revision } from "./revisions.ts";
import type { CouchServer, OpenDatabase } from "./server.ts";
import { storedDocument } from "./stored-document.ts";
import { locationOf, writeOne } from "./write-requests.ts";

export async function copyDocument(
  server: CouchServer,
  call: Call,
  open: () => OpenDatabase,
  id: string,
): Promise<Response> {
  const source = explicitRevision(call);
  const target = readDestination(call.request.headers.get("destination"));
  const copy = { ...readSource(open().documents, id, source), ...target };
  const outcome = await writeOne(server, call, open, copy, false);
  return reply(
    201,
    { ok: true, id: outcome.id, rev: outcome.rev },
    { ETag: `"${String(outcome.rev)}"`, Location: locationOf(call, outcome.id) },
  );
}

/** @throws 404 */
function readSource(documents: DocumentStore, id: string, revision: Revision | null): IncomingDocument {
  if (id.startsWith("_local/")) {
    const local = documents.local(id);
    if (local === null || revision !== null) throw missing();
    return { id, history: { start: 0, ids: [] }, deleted: false, body: local.body, attachments: [] };
  }
  const found =
    revision === null
      ? readCurrent(documents, id, PLAIN, false)
      : readRevision(documents, id, revision, PLAIN);
  return storedDocument(documents, id, found.revision);
}

/** `id` or `id?rev=…`, encoded as in an address. @throws 400 */
function readDestination(header: string | null): { id: string; history: History } {
  if (header === null) throw badRequest("Destination header is mandatory for COPY.");
  if (/^https?:\/\//.test(header)) throw badRequest("Destination URL must be relative.");
  const [name = "", query] = header.split("?");
  let id;
  try {
    id = checkId(decodeURIComponent(name));
  } catch (error) {
    if (error instanceof URIError) throw badRequest("invalid_url_encoding");
    throw error;
  }
  if (query === undefined) return { id, history: { start: 0, ids: [] } };
  const { generation, id: revision } = parseRevision(query.split("=")[1]);
  return { id, history: { start: generation, ids: [revision] } };
}
