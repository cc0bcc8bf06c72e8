// The way every request that writes documents takes: contents and passwords are made ready, then all is written at once.
import { withContents } from "./attachment-content.ts";
import type { Call } from "./call.ts";
import type { IncomingDocument } from "./document.ts";
import { forbidden, type CouchError } from "./errors.ts";
import { mayReplicate } from "./security.ts";
import type { CouchServer, OpenDatabase } from "./server.ts";
import { USERS_DATABASE, withHashedPassword } from "./user-documents.ts";
import { writeBatch, type WriteOutcome } from "./write-documents.ts";

/** Writes one document for a request about it. @throws what the row was refused with */
export async function writeOne(
  server: CouchServer,
  call: Call,
  open: () => OpenDatabase,
  document: IncomingDocument,
  replicated: boolean,
): Promise<WriteOutcome> {
  const [outcome] = await writeAll(server, call, open, [document], replicated);
  if (outcome === undefined) throw new Error("a document was written without an outcome");
  if (outcome.error !== null) throw outcome.error;
  return outcome;
}

/**
 * Writes a batch under the rights its sender has at that moment.
 * @throws 403 for `new_edits: false` from one who is neither administrator nor replicator
 */
export async function writeAll(
  server: CouchServer,
  call: Call,
  open: () => OpenDatabase,
  batch: IncomingDocument[],
  replicated: boolean,
): Promise<WriteOutcome[]> {
  const { info } = open();
  let documents = await Promise.all(batch.map((document) => withContents(document, server.limits)));
  if (info.name === USERS_DATABASE) {
    const iterations = server.deps.pbkdf2Iterations ?? 600_000;
    documents = await Promise.all(
      documents.map((document) => withHashedPassword(document, server.newId, iterations)),
    );
  }
  const database = open();
  if (replicated && !mayReplicate(call.session.user))
    throw forbidden("Only a replicator may write revisions made elsewhere (`new_edits: false`).");
  return writeBatch(server, database, call.session.user, documents, replicated);
}

/** The address of a document, seen from this server. */
export function locationOf({ request, path }: Call, id: string): string {
  const [name = ""] = path;
  return `${new URL(request.url).origin}/${encodeURIComponent(name)}/${encodeURIComponent(id)}`;
}

/** A row of `_bulk_docs` about a document that was refused. */
export const refusedRow = (id: string, rev: string | null, { error, reason }: CouchError) => ({
  id,
  ...(rev === null ? {} : { rev }),
  error,
  reason,
});
