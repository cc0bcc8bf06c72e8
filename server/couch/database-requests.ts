// Requests on one database and its special paths (`_changes`, `_bulk_docs`, `_security`, …).
import { allDocsText, listDocuments } from "./all-docs.ts";
import { handleAttachment } from "./attachment-requests.ts";
import { bulkDocs, bulkGet, missingRevs, revsDiff } from "./bulk-requests.ts";
import { checkJsonType, readJson, readJsonObject, type Call } from "./call.ts";
import { answerChanges } from "./changes-feed.ts";
import { handleDocument } from "./document-requests.ts";
import { NO_HISTORY, readDocument } from "./document.ts";
import { answerTooLarge, badRequest, forbidden, unauthorized } from "./errors.ts";
import { type JsonObject } from "./json.ts";
import { readListQuery } from "./list-query.ts";
import { compactDatabase, purge } from "./maintenance.ts";
import { lastOfEach, refuseOptions } from "./query.ts";
import { methodNotAllowed, reply, textReply } from "./replies.ts";
import { checkDatabaseAdmin, checkServerAdmin, isDatabaseAdmin, readSecurity } from "./security.ts";
import type { CouchServer, DatabaseCall, OpenDatabase } from "./server.ts";
import { USERS_DATABASE } from "./user-documents.ts";
import { locationOf, writeOne } from "./write-requests.ts";

type Answer = (request: DatabaseCall) => Response | Promise<Response>;

const SPECIAL: Record<string, Record<string, Answer>> = {
  _changes: { GET: changes, POST: changes },
  _all_docs: { GET: allDocs, POST: allDocs },
  _bulk_docs: { POST: bulkDocs },
  _bulk_get: { POST: bulkGet },
  _revs_diff: { POST: revsDiff },
  _missing_revs: { POST: missingRevs },
  _security: { GET: getSecurity, PUT: putSecurity },
  _ensure_full_commit: { POST: ensureFullCommit },
  _purge: { POST: purgeRevisions },
  _compact: { POST: compactBodies },
};

/** What CouchDB says is allowed, where that is not just the methods there are. */
const ALLOWED: Record<string, string> = {
  _changes: "GET,POST,HEAD",
  _all_docs: "GET,HEAD,POST",
  _security: "PUT,GET",
};

/** Answers any request below `/db`. @param open opens the database with the rights of this moment */
export async function handleDatabase(
  server: CouchServer,
  call: Call,
  open: () => OpenDatabase,
): Promise<Response> {
  const { method } = call;
  const [name = "", second, ...rest] = call.path;
  if (second === undefined) {
    if (method === "PUT" || method === "DELETE") return changeDatabase(server, call, name);
    return handleRoot({ server, call, open });
  }
  // Before anything else, so that nobody learns more than that the database is there.
  open();
  const special = Object.hasOwn(SPECIAL, second) && rest.length === 0 ? SPECIAL[second] : undefined;
  if (special !== undefined) {
    const answer = Object.hasOwn(special, method) ? special[method] : undefined;
    if (answer !== undefined) return answer({ server, call, open });
    return methodNotAllowed(ALLOWED[second] ?? Object.keys(special).join(","));
  }
  if (method === "GET" && second.startsWith("_design/")) return toDesignDocument(call);
  const { id, attachment } = readDocumentPath(second, rest);
  if (attachment !== null) return handleAttachment(server, call, open, id, attachment);
  return handleDocument(server, call, open, id);
}

/** CouchDB sends readers of an encoded `_design/name` to the address with the slash. */
function toDesignDocument({ request }: Call): Response {
  const location = request.url.replaceAll(/_design%2F/gi, "_design/");
  return new Response(null, { status: 301, headers: { Location: location, "Cache-Control": "no-store" } });
}

/** @throws 400 */
function readDocumentPath(second: string, rest: string[]): { id: string; attachment: string | null } {
  if (second === "_local" || second === "_local/") {
    const [name, ...more] = rest;
    if (name === undefined || name === "") throw badRequest("Invalid _local document id.");
    if (more.length > 0) throw badRequest("_local documents do not accept attachments.");
    return { id: `_local/${name}`, attachment: null };
  }
  const [name, ...more] = rest;
  const [id, path] = second === "_design" && name !== undefined ? [`_design/${name}`, more] : [second, rest];
  return { id, attachment: path.length === 0 ? null : path.join("/") };
}

function changeDatabase(server: CouchServer, call: Call, name: string): Response {
  const { databases, deps, hub } = server;
  checkServerAdmin(call.session.user);
  if (call.method === "DELETE") {
    if (call.query.has("rev"))
      throw badRequest(
        "You tried to DELETE a database with a ?=rev parameter. Did you mean to DELETE a document instead?",
      );
    const { key } = databases.open(name);
    databases.remove(name);
    // Without its account a feed ends, wherever it is.
    if (name === USERS_DATABASE) hub.wakeAll();
    else hub.wake(key);
    return reply(200, { ok: true });
  }
  checkPlacement(call.query);
  databases.create(name, server.newId(), Math.floor(deps.now() / 1000));
  const location = `${new URL(call.request.url).origin}/${encodeURIComponent(name)}`;
  return reply(201, { ok: true }, { Location: location });
}

/** How a cluster would spread a new database; here there is one place, which is what is told. @throws 400 */
function checkPlacement(query: URLSearchParams): void {
  for (const name of ["n", "q"])
    if (query.has(name) && !/^0*[1-9]\d{0,14}$/.test(query.get(name) ?? ""))
      throw badRequest(`The \`${name}\` value should be a positive integer.`);
  const partitioned = query.get("partitioned") ?? "false";
  if (partitioned === "true") throw badRequest("Partitioned feature is not enabled.");
  if (partitioned !== "false") throw badRequest("Invalid `partitioned` parameter");
}

async function handleRoot({ server, call, open }: DatabaseCall): Promise<Response> {
  const { info } = open();
  if (call.method === "GET") return reply(200, server.databases.info(info));
  if (call.method !== "POST") return methodNotAllowed("DELETE,GET,HEAD,POST");
  refuseOptions(call.query, ["batch"]);
  checkJsonType(call.request);
  const sent = readDocument(await readJson(call, server.limits), server.limits);
  // Of a document without an id there is no revision yet, whatever is said.
  const document = sent.id === "" ? { ...sent, history: NO_HISTORY } : sent;
  const outcome = await writeOne(server, call, open, document, false);
  return reply(
    201,
    { ok: true, id: outcome.id, rev: outcome.rev },
    { Location: locationOf(call, outcome.id) },
  );
}

async function changes({ server, call, open }: DatabaseCall): Promise<Response> {
  const body = call.method === "POST" ? await readOptionalObject(server, call) : null;
  const query = lastOfEach(call.query);
  // The answer to a HEAD has no body to wait for.
  if (call.request.method === "HEAD") query.delete("feed");
  const { user } = call.session;
  const client = call.request.signal;
  return answerChanges(server, { query, body, user: user.name, client, open });
}

const FILTERS_OF_BODIES = new Set(["_doc_ids", "_selector"]);

/** The body of a POST that needs none but for its filter. */
async function readOptionalObject(server: CouchServer, call: Call): Promise<JsonObject> {
  const filter = lastOfEach(call.query).get("filter") ?? "";
  if (call.request.body === null && !FILTERS_OF_BODIES.has(filter)) {
    checkJsonType(call.request);
    return {};
  }
  return readJsonObject(call, server.limits);
}

async function allDocs({ server, call, open }: DatabaseCall): Promise<Response> {
  const body = call.method === "POST" ? await readJsonObject(call, server.limits) : null;
  const query = readListQuery(call.query, body);
  const { maxAnswerSize, maxAskedFor } = server.limits;
  // Each is looked up while everybody else waits; CouchDB has a process for each who asks.
  if (query.keys !== undefined && query.keys.length > maxAskedFor) throw answerTooLarge();
  const list = listDocuments(server.databases, open(), query, maxAnswerSize);
  return textReply(200, allDocsText(list));
}

function getSecurity({ open }: DatabaseCall): Response {
  return reply(200, open().info.security);
}

async function putSecurity({ server, call, open }: DatabaseCall): Promise<Response> {
  const value = await readJson(call, server.limits);
  const { info } = open();
  if (info.name === USERS_DATABASE)
    throw forbidden("You can't edit the security object of the user database.");
  checkDatabaseAdmin(call.session.user, info.security);
  server.databases.setSecurity(info, readSecurity(value));
  server.hub.wake(info.key);
  return reply(200, { ok: true });
}

function ensureFullCommit({ call, open }: DatabaseCall): Response {
  checkJsonType(call.request);
  return reply(201, { ok: true, instance_start_time: String(open().info.created) });
}

async function purgeRevisions({ server, call, open }: DatabaseCall): Promise<Response> {
  checkServerAdmin(call.session.user);
  const asked = await readJsonObject(call, server.limits);
  return reply(201, purge(server, open(), asked));
}

function compactBodies({ server, call, open }: DatabaseCall): Response {
  const database = open();
  if (!isDatabaseAdmin(call.session.user, database.info.security))
    throw unauthorized("You are not a server or db admin.");
  checkJsonType(call.request);
  compactDatabase(server, database);
  return reply(202, { ok: true });
}
