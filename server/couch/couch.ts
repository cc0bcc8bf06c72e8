// The embedded CouchDB-compatible server as a function from a request to an answer, over one SQLite file.
import { accountsWith } from "./accounts.ts";
import { readPath, type Call } from "./call.ts";
import { handleDatabase } from "./database-requests.ts";
import { databasesIn } from "./databases.ts";
import { documentsIn } from "./document-store.ts";
import { DEFAULT_LIMITS, systemTimer, type CouchDeps } from "./deps.ts";
import { CouchError, unauthorized } from "./errors.ts";
import { feedHub } from "./feed-hub.ts";
import { lockoutWith } from "./lockout.ts";
import { namesWithin, readListQuery } from "./list-query.ts";
import { refuseOptions } from "./query.ts";
import { headOf, methodNotAllowed, refusal, reply } from "./replies.ts";
import { ANONYMOUS, checkMember, checkServerAdmin, type User } from "./security.ts";
import type { CouchServer, OpenDatabase } from "./server.ts";
import { handleSession, recognise, type Session } from "./sessions.ts";
import { openSqlStore } from "./sql-store.ts";
import { USERS_DATABASE, userDocumentId } from "./user-documents.ts";

export interface Couch {
  /**
   * Answers one request as CouchDB 3.5 would, paths without any prefix: `/`, `/_session`, `/s-vn-gso-48/_changes`.
   * A feed ends when `request.signal` is aborted or its body is cancelled.
   * @param from.address where the request comes from, for the lock-out after wrong passwords
   */
  handle(request: Request, from?: { address?: string }): Promise<Response>;
  /** How many change feeds are open, and how many of them wait. */
  feeds(): { open: number; waiting: number };
  /** Ends all feeds and closes the file. */
  close(): void;
}

export function createCouch(deps: CouchDeps): Couch {
  const server = assemble(deps);
  const answer = async (request: Request, address: string): Promise<Response> => {
    try {
      return await answerRequest(server, request, address);
    } catch (error) {
      if (error instanceof CouchError) return refusal(error);
      deps.log?.({ type: "failed", method: request.method, error });
      return reply(500, { error: "internal_server_error", reason: "See the log of the server." });
    }
  };
  return {
    handle: async (request, from) => {
      const response = await answer(request, from?.address ?? "");
      return request.method === "HEAD" ? headOf(response) : response;
    },
    feeds: server.hub.count,
    close: () => {
      server.hub.close();
      server.store.close();
    },
  };
}

function assemble(deps: CouchDeps): CouchServer {
  const limits = { ...DEFAULT_LIMITS, ...deps.limits };
  const store = openSqlStore(deps.file);
  const random = (bytes: number) => Buffer.from(deps.randomBytes(bytes));
  const newId = () => random(16).toString("hex");
  const databases = databasesIn(store, `g1AAAA${random(12).toString("base64url")}`);
  if (databases.find(USERS_DATABASE) === null)
    databases.create(USERS_DATABASE, newId(), Math.floor(deps.now() / 1000));
  const { uuid } = databases.open(USERS_DATABASE);
  const accounts = accountsWith({
    admins: deps.admins,
    secret: deps.secret,
    lockout: lockoutWith(deps.now),
    pbkdf2Iterations: deps.pbkdf2Iterations ?? 600_000,
    findUser: (name) => {
      // Looked up each time: an administrator may delete the accounts and make the database anew.
      const info = databases.find(USERS_DATABASE);
      if (info === null) return null;
      const users = documentsIn(store, info.key);
      const stored = users.find(userDocumentId(name));
      return stored === null || stored.deleted ? null : users.body(stored.id, stored.winner);
    },
  });
  const hub = feedHub(limits, deps.startTimer ?? systemTimer);
  return { deps, limits, store, databases, accounts, hub, newId, uuid };
}

async function answerRequest(server: CouchServer, request: Request, address: string) {
  const url = new URL(request.url);
  const path = readPath(url);
  const { accounts, deps, limits } = server;
  const session = await recognise(request, address, { accounts, deps, limits });
  const method = request.method === "HEAD" ? "GET" : request.method;
  // CouchDB parts a query at semicolons too.
  const query = new URLSearchParams(url.search.replaceAll(";", "&"));
  const call = { request, method, path, query, session };
  const response = await route(server, call);
  if (session.renewal !== null && !response.headers.has("set-cookie"))
    response.headers.set("Set-Cookie", session.renewal);
  return response;
}

async function route(server: CouchServer, call: Call): Promise<Response> {
  const [first, ...rest] = call.path;
  if (first === undefined) return call.method === "GET" ? welcome(server) : methodNotAllowed("GET,HEAD");
  if (first === "_session" && rest.length === 0) return handleSession(call, server);
  if (first === "_up" && rest.length === 0)
    return call.method === "GET" ? reply(200, { status: "ok", seeds: {} }) : methodNotAllowed("GET,HEAD");
  if (first === "_all_dbs" && rest.length === 0) return allDatabases(server, call);
  if (isForServerAdmins(first, rest)) checkServerAdmin(call.session.user);
  return handleDatabase(server, call, () => openFor(server, call, first));
}

function welcome(server: CouchServer): Response {
  return reply(200, {
    couchdb: "Welcome",
    version: "3.5.0",
    uuid: server.uuid,
    features: [],
    vendor: { name: "neo-ve" },
  });
}

/** Whatever else begins with an underscore, and what lists accounts. */
const isForServerAdmins = (first: string, [second]: string[]) =>
  first === USERS_DATABASE ? second === "_all_docs" || second === "_changes" : first.startsWith("_");

function allDatabases(server: CouchServer, call: Call): Response {
  checkServerAdmin(call.session.user);
  if (call.method !== "GET") return methodNotAllowed("GET,HEAD");
  refuseOptions(call.query, ["keys"]);
  return reply(200, namesWithin(server.databases.names(), readListQuery(call.query, null)));
}

/** Opens a database for the user of a request, with the roles and the password the user has now. */
function openFor(server: CouchServer, call: Call, name: string): OpenDatabase {
  const info = server.databases.open(name);
  call.session.user = currentUser(server, call.session);
  if (!isOwnUserDocument(call, name)) checkMember(call.session.user, info.security);
  return { info, documents: documentsIn(server.store, info.key) };
}

function currentUser(server: CouchServer, { user, salt }: Session): User {
  if (user.name === null) return ANONYMOUS;
  const account = server.accounts.find(user.name);
  if (account === null || account.salt !== salt) throw unauthorized("Name or password is incorrect.");
  return account.user;
}

/** People may read their own account; all else in `_users` is for server administrators. */
function isOwnUserDocument({ method, path, session }: Call, name: string): boolean {
  const user = session.user.name;
  return (
    name === USERS_DATABASE &&
    user !== null &&
    method === "GET" &&
    path.length === 2 &&
    path[1] === userDocumentId(user)
  );
}
