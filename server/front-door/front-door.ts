// The one door of the service: the app, the record store under `/db`, and its own offers under `/api`.
import type { CouchClient } from "#server/couch-client/couch-client.ts";
import { isObject, parseJson } from "#server/couch/json.ts";
import { counted, type AccessEntry } from "./access-log.ts";
import { apiRoutes } from "./api.ts";
import type { CouchHandler } from "./couch-handler.ts";
import { deviceContacts } from "./device-contacts.ts";
import { deviceDirectory } from "./device-directory.ts";
import { refuse, withHeaders } from "./headers.ts";
import { inbox } from "./inbox.ts";
import { refuseOther } from "./meant-account.ts";
import { accountPace } from "./pace.ts";
import { isBeforeTheGate, passwordGate, refuseOneTimePassword } from "./password-gate.ts";
import { isOurs, pathKind, type PathKind, storePath } from "./path-kind.ts";
import { isOwnRequest } from "./same-origin.ts";
import { claimedName, sessionCookie, strictCookie } from "./session-cookie.ts";
import { staticFiles } from "./static-files.ts";
import { minimumApp, refuseOldApp } from "./version-gate.ts";
import { whoAsks } from "./who-asks.ts";

export type FrontDoorEvent = { type: "failed"; method: string; part: string; error: unknown };

export interface FrontDoorDeps {
  couch: CouchHandler;
  /** The front door's own rights; never lent to a caller. */
  admin: CouchClient;
  /** Folder of the built app. */
  app: string;
  /** Unix time in milliseconds. */
  now: () => number;
  logAccess: (entry: AccessEntry) => void;
  log: (event: FrontDoorEvent) => void;
  maxRequestBytes: number;
  /** The oldest version of the app that may exchange records, where the plan names no later one. */
  minimumApp?: string | undefined;
}

/** @param from.address where the request comes from */
export type FrontDoor = (request: Request, from: { address: string }) => Promise<Response>;

interface Visit {
  address: string;
  /** There is TLS in front. */
  secure: boolean;
  user: string | null;
  /** Kept while the answer lasts: once it is collected, an abort of the original no longer reaches its signal. */
  passedOn?: Request;
}

/** What exchanges records under `/api`; the inbox takes from every app what would be lost otherwise. */
const EXCHANGES: ReadonlySet<string> = new Set(["transfers", "bundles", "forks", "changed"]);

export function createFrontDoor(deps: FrontDoorDeps): FrontDoor {
  const minimum = minimumApp(deps);
  const directory = deviceDirectory(deps);
  const devices = deviceContacts({ ...deps, minimum, directory });
  const api = apiRoutes({ ...deps, devices, directory, inbox: inbox(deps), pace: accountPace(deps) });
  const files = staticFiles(deps.app);
  const gate = passwordGate(deps);

  const answer = async (request: Request, url: URL, kind: PathKind, visit: Visit): Promise<Response> => {
    const { part } = kind;
    if (part === "app") return files(request);
    // No fetch carries it, so it could not be passed on.
    if (request.method === "TRACE") return refuse(405, "method_not_allowed", "This method is not offered.");
    if (Number(request.headers.get("content-length") ?? "0") > deps.maxRequestBytes)
      return refuse(413, "too_large", "the request entity is too large");
    if (!isOwnRequest(request)) return refuse(403, "forbidden", "Another site may not make this request.");
    let cookie = sessionCookie(request.headers.get("cookie"));
    if (cookie !== undefined && !isBeforeTheGate(kind)) {
      const standing = await gate(cookie, visit);
      if (standing.is === "held") {
        visit.user = standing.name;
        return refuseOneTimePassword();
      }
      if (standing.is === "nobody") cookie = undefined;
      const refused = refuseOther(request, cookie);
      if (refused) return refused;
    }
    if (part === "db") {
      const refused = isBeforeTheGate(kind) ? undefined : await refuseOldApp(request, minimum);
      return refused ?? askStore(deps.couch, request, { url, cookie }, visit);
    }
    if (kind.endpoint !== undefined && EXCHANGES.has(kind.endpoint)) {
      const refused = await refuseOldApp(request, minimum);
      if (refused) return refused;
    }
    const recognised = (name: string) => {
      visit.user = name;
    };
    return api(request, { address: visit.address, secure: visit.secure, recognised });
  };

  return async (request, { address }) => {
    const time = new Date(deps.now()).toISOString();
    const url = new URL(request.url);
    const kind = pathKind(url.pathname);
    const visit: Visit = {
      address,
      secure: request.headers.get("x-forwarded-proto") === "https",
      user: null,
    };
    let response: Response;
    try {
      response = await answer(request, url, kind, visit);
    } catch (error) {
      deps.log({ type: "failed", method: request.method, part: kind.part, error });
      response = refuse(500, "internal_server_error", "See the log of the server.");
    }
    const { method } = request;
    const { status } = response;
    const log = (bytes: number, cut: boolean) => {
      deps.logAccess({ time, user: visit.user, method, ...kind, status, bytes, ...(cut ? { cut } : {}) });
    };
    const { body } = response;
    if (body === null) log(0, false);
    return withHeaders(response, body && counted(body, log), {
      secure: visit.secure,
      store: kind.part === "app",
    });
  };
}

/** Passes a request under `/db` on, with the caller's session as its only credential. */
async function askStore(
  couch: CouchHandler,
  request: Request,
  { url, cookie }: { url: URL; cookie: string | undefined },
  visit: Visit,
): Promise<Response> {
  const path = storePath(url.pathname);
  if (path === 404) return refuse(404, "not_found", "missing");
  if (path === 400) return refuse(400, "bad_request", "invalid_url_encoding");
  const [, first = ""] = path.split("/");
  if (first === "_users") {
    const refused = await refuseAccounts(couch, cookie, visit);
    if (refused !== undefined) return refused;
  }
  const headers = new Headers(request.headers);
  for (const name of ["authorization", "proxy-authorization", "cookie"]) headers.delete(name);
  // CouchDB's proxy authentication takes a user's name from such headers.
  for (const name of [...headers.keys()]) if (name.startsWith("x-auth-couchdb-")) headers.delete(name);
  if (cookie !== undefined) headers.set("Cookie", cookie);
  // Without what the session may be asked for besides: `next` and `fail` would make one answer of "signed in" and "failed".
  const search = first === "_session" ? "" : url.search;
  const target = new URL(`${path}${search}`, url.origin);
  const { method, signal, body } = request;
  visit.passedOn = new Request(target, {
    method,
    headers,
    signal,
    ...(body === null ? {} : { body, duplex: "half" }),
  });
  const answer = await couch(visit.passedOn, visit);
  const outgoing = new Headers(answer.headers);
  outgoing.delete("set-cookie");
  // It names an address without the prefix, which nobody outside can use.
  outgoing.delete("location");
  for (const line of answer.headers.getSetCookie()) {
    const strict = strictCookie(line, visit.secure);
    if (strict !== undefined) outgoing.append("Set-Cookie", strict);
  }
  const response = new Response(answer.body, { status: answer.status, headers: outgoing });
  return noteUser(couch, { method, cookie, first }, response, visit);
}

/**
 * CouchDB lets people read and write their own account: a borrowed session would get the hash of the password, which is
 * the passphrase of the device too, and a one-time password would end without a proper one. Undefined for the operator.
 */
async function refuseAccounts(
  couch: CouchHandler,
  cookie: string | undefined,
  visit: Visit,
): Promise<Response | undefined> {
  const caller = await whoAsks(couch, cookie, visit);
  visit.user = caller?.name ?? null;
  if (caller === undefined) return refuse(401, "unauthorized", "You are not authorized to access this db.");
  if (caller.roles.includes("_admin")) return undefined;
  return refuse(403, "forbidden", "You are not allowed to access this db.");
}

/**
 * Finds out who asked. What one of our databases hands out proves what the cookie says, since only a member gets it;
 * any other answer proves nothing, so the store is asked; a sign-in says it itself.
 * @param asked.first segment of the path below `/db`
 */
async function noteUser(
  couch: CouchHandler,
  asked: { method: string; cookie: string | undefined; first: string },
  response: Response,
  visit: Visit,
): Promise<Response> {
  const { method, cookie, first } = asked;
  if (first === "_session" && method === "POST" && response.ok) {
    const bytes = new Uint8Array(await response.arrayBuffer());
    const body = parseJson(bytes, 10);
    const name = isObject(body) ? body["name"] : undefined;
    if (typeof name === "string") visit.user = name;
    return new Response(bytes, { status: response.status, headers: response.headers });
  }
  if (response.ok && isOurs(first)) visit.user = claimedName(cookie) ?? null;
  else if (response.status !== 401) visit.user = (await whoAsks(couch, cookie, visit))?.name ?? null;
  return response;
}
