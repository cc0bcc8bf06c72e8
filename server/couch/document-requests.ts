// Requests on one document, ordinary, design or local.
import { mediaType, readBody, readJson, type Call } from "./call.ts";
import { copyDocument } from "./copy-document.ts";
import { checkId, readDocument } from "./document.ts";
import { badRequest } from "./errors.ts";
import type { JsonObject } from "./json.ts";
import { withExplicitRevision } from "./explicit-revision.ts";
import { getDocument } from "./get-document.ts";
import { readLocal } from "./local-documents.ts";
import { refuseOptions } from "./query.ts";
import { PLAIN, readCurrent } from "./read-documents.ts";
import { readRelated } from "./related-document.ts";
import { etagOf, methodNotAllowed, reply } from "./replies.ts";
import type { CouchServer, OpenDatabase } from "./server.ts";
import { locationOf, writeOne } from "./write-requests.ts";

const LACKING = ["local_seq", "batch"];

/** @param open opens the database anew, with the rights of this moment; called after every wait */
export async function handleDocument(
  server: CouchServer,
  call: Call,
  open: () => OpenDatabase,
  id: string,
): Promise<Response> {
  refuseOptions(call.query, LACKING);
  if (call.method === "GET") return getDocument(server, call, open(), id);
  if (call.method === "PUT") return putDocument(server, call, open, id);
  if (call.method === "DELETE") return deleteDocument(server, call, open, id);
  if (call.method === "COPY") return copyDocument(server, call, open, id);
  if (call.method === "POST") return refuseForm(call);
  return methodNotAllowed("DELETE,GET,HEAD,POST,PUT,COPY");
}

/** CouchDB takes forms from its own pages here; this server has none. @throws 400 */
function refuseForm({ request }: Call): never {
  if (!request.headers.has("referer")) throw badRequest("Referer header required.");
  throw badRequest("Forms are not supported by this server.");
}

async function putDocument(
  server: CouchServer,
  call: Call,
  open: () => OpenDatabase,
  id: string,
): Promise<Response> {
  checkId(id);
  const sent = await readSent(server, call, id);
  const document = withExplicitRevision(call, { ...sent, id });
  const replicated = call.query.get("new_edits") === "false";
  const outcome = await writeOne(server, call, open, document, replicated);
  return reply(
    document.deleted ? 200 : 201,
    { ok: true, id: outcome.id, rev: outcome.rev },
    { ETag: etagOfWritten(id, outcome.rev, document.body), Location: locationOf(call, id) },
  );
}

/** The ETag that a reader will get. */
const etagOfWritten = (id: string, rev: string | null, body: JsonObject) =>
  id.startsWith("_local/") ? etagOf({ _id: id, _rev: rev, ...body }) : `"${String(rev)}"`;

async function readSent({ limits }: CouchServer, call: Call, id: string) {
  if (mediaType(call.request) !== "multipart/related")
    return readDocument(await readJson(call, limits), limits, id);
  return readRelated(call.request, await readBody(call.request, limits.maxRequestBytes), limits, id);
}

async function deleteDocument(
  server: CouchServer,
  call: Call,
  open: () => OpenDatabase,
  id: string,
): Promise<Response> {
  const { documents } = open();
  if (id.startsWith("_local/")) readLocal(documents, id);
  else readCurrent(documents, id, PLAIN, false);
  const empty = readDocument({ _deleted: true }, server.limits, id);
  const document = withExplicitRevision(call, { ...empty, id });
  const outcome = await writeOne(server, call, open, document, false);
  return reply(200, { ok: true, id: outcome.id, rev: outcome.rev }, { ETag: `"${String(outcome.rev)}"` });
}
