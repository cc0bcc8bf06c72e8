// Requests on one document: GET, PUT and DELETE of ordinary, design and local documents.
import { readJson, type Call } from "./call.ts";
import { checkId, readDocument, type IncomingDocument } from "./document.ts";
import { badRequest, forbidden, missing, type CouchError } from "./errors.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";
import { readLocal } from "./local-documents.ts";
import { isTrue, readJsonParameter, refuseOptions } from "./query.ts";
import { PLAIN, readCurrent, readRevision, readRevisions, type ReadOptions } from "./read-documents.ts";
import { methodNotAllowed, notModified, reply } from "./replies.ts";
import { parseRevision, revisionName } from "./revisions.ts";
import { mayReplicate } from "./security.ts";
import type { CouchServer, OpenDatabase } from "./server.ts";
import { USERS_DATABASE, withHashedPassword } from "./user-documents.ts";
import { writeBatch, type WriteOutcome } from "./write-documents.ts";

const LACKING = ["local_seq", "batch"];

/** @param open opens the database anew, with the rights of this moment; called after every wait */
export async function handleDocument(
  server: CouchServer,
  call: Call,
  open: () => OpenDatabase,
  id: string,
): Promise<Response> {
  refuseOptions(call.query, LACKING);
  if (call.method === "GET") return getDocument(call, open(), id);
  if (call.method === "PUT") return putDocument(server, call, open, id);
  if (call.method === "DELETE") return deleteDocument(server, call, open, id);
  return methodNotAllowed("DELETE,GET,HEAD,PUT");
}

function getDocument({ request, query }: Call, { documents }: OpenDatabase, id: string): Response {
  if (id.startsWith("_local/")) return reply(200, readLocal(documents, id));
  const options = readOptions(query);
  const openRevs = query.get("open_revs");
  if (openRevs !== null) {
    const wanted = openRevs === "all" ? "all" : readRevisionList(readJsonParameter(query, "open_revs"));
    const found = readRevisions(documents, id, wanted, {
      revs: options.revs,
      latest: isTrue(query, "latest"),
    });
    if (found.length === 0 && wanted === "all") throw missing();
    const rows = found.map((each) =>
      "found" in each ? { ok: each.found } : { missing: revisionName(each.lacking) },
    );
    return reply(200, rows);
  }
  const rev = query.get("rev");
  const revision = rev === null ? null : parseRevision(rev);
  const json =
    revision === null || isTrue(query, "latest")
      ? readCurrent(documents, id, options, isTrue(query, "deleted"))
      : readRevision(documents, id, revision, options);
  return withEtag(request, json, options);
}

function readOptions(query: URLSearchParams): ReadOptions {
  const meta = isTrue(query, "meta");
  return {
    revs: isTrue(query, "revs"),
    revsInfo: meta || isTrue(query, "revs_info"),
    conflicts: meta || isTrue(query, "conflicts"),
    deletedConflicts: meta || isTrue(query, "deleted_conflicts"),
  };
}

function readRevisionList(value: Json | undefined) {
  if (!Array.isArray(value)) throw badRequest("Invalid list of revisions");
  return value.map(parseRevision);
}

function withEtag(request: Request, json: JsonObject, options: ReadOptions): Response {
  const plain = !options.revsInfo && !options.conflicts && !options.deletedConflicts;
  if (!plain) return reply(200, json);
  const rev = json["_rev"];
  if (typeof rev !== "string") throw new Error("a stored document has no revision");
  const etag = `"${rev}"`;
  const known = (request.headers.get("if-none-match") ?? "").split(/[, ]+/);
  return known.includes(etag) ? notModified(etag) : reply(200, json, { ETag: etag });
}

async function putDocument(
  server: CouchServer,
  call: Call,
  open: () => OpenDatabase,
  id: string,
): Promise<Response> {
  checkId(id);
  const value = await readJson(call, server.limits);
  if (!isObject(value)) throw badRequest("Document must be a JSON object");
  const document = withExplicitRevision(call, readDocument({ ...value, _id: id }, server.limits));
  const replicated = call.query.get("new_edits") === "false";
  const outcome = await writeOne(server, call, open, document, replicated);
  return reply(
    document.deleted ? 200 : 201,
    { ok: true, id: outcome.id, rev: outcome.rev },
    { ETag: `"${String(outcome.rev)}"`, Location: locationOf(call, id) },
  );
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
  const empty = readDocument({ _id: id, _deleted: true }, server.limits);
  const document = withExplicitRevision(call, empty);
  const outcome = await writeOne(server, call, open, document, false);
  return reply(200, { ok: true, id: outcome.id, rev: outcome.rev }, { ETag: `"${String(outcome.rev)}"` });
}

/** Adds the revision that `?rev` or `If-Match` names. @throws 400 if body, query and header disagree */
function withExplicitRevision({ request, query }: Call, document: IncomingDocument) {
  if (document.id.startsWith("_local/")) {
    const rev = query.get("rev");
    if (rev === null || document.history.ids.length > 0) return document;
    return { ...document, history: { start: 0, ids: [localCounter(rev)] } };
  }
  let { history } = document;
  for (const [given, reason] of [
    [query.get("rev"), "Document rev from request body and query string have different values"],
    [
      request.headers.get("if-match")?.replaceAll('"', "") ?? null,
      "Document rev and etag have different values",
    ],
  ] as const) {
    if (given === null) continue;
    const { generation, id } = parseRevision(given);
    if (history.ids.length === 0) history = { start: generation, ids: [id] };
    else if (history.start !== generation || history.ids[0] !== id) throw badRequest(reason);
  }
  return { ...document, history };
}

function localCounter(rev: string): string {
  const counter = /^0-(\d{1,15})$/.exec(rev)?.[1];
  if (counter === undefined) throw badRequest("Invalid rev format");
  return counter;
}

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
  let documents = batch;
  if (open().info.name === USERS_DATABASE) {
    const iterations = server.deps.pbkdf2Iterations ?? 600_000;
    documents = await Promise.all(
      batch.map((document) => withHashedPassword(document, server.newId, iterations)),
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
