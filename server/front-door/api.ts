// What the front door itself offers under `/api`: who is signed in, a new password, the devices, whether all is well.
import { Hono } from "hono";
import { parseRole } from "#src/domain/roles.ts";
import { CouchFault, type CouchClient } from "#server/couch-client/couch-client.ts";
import { mediaType, readBody } from "#server/couch/call.ts";
import { CouchError } from "#server/couch/errors.ts";
import { isObject, parseJson, type Json } from "#server/couch/json.ts";
import { hasOneTimePassword, readAccount } from "#server/couch-client/account.ts";
import { takeBundlePart } from "./bundles.ts";
import { changePassword } from "./change-password.ts";
import { MAX_CHANGED_BYTES, readAskedChanged, standingsOf } from "./changed.ts";
import type { CouchHandler } from "./couch-handler.ts";
import type { DeviceContacts } from "./device-contacts.ts";
import type { DeviceDirectory } from "./device-directory.ts";
import { mendForks, readAskedForks } from "./forks.ts";
import { refuse } from "./headers.ts";
import { readHanded, type Inbox } from "./inbox.ts";
import { keepLost } from "./lost-words.ts";
import { type Pace, refuseForNow } from "./pace.ts";
import { sessionCookie, strictCookie } from "./session-cookie.ts";
import { readAskedTransfers, readLate, resumeAsked, takeLateRecords } from "./transfers-door.ts";
import { whoAsks, type Caller } from "./who-asks.ts";

export interface ApiDeps {
  couch: CouchHandler;
  /** The front door's own rights, for `_users`, which CouchDB keeps closed. */
  admin: CouchClient;
  now: () => number;
  devices: DeviceContacts;
  directory: DeviceDirectory;
  inbox: Inbox;
  maxRequestBytes: number;
  pace: Pace;
}

interface From {
  address: string;
  secure: boolean;
  /** Called with the name of whoever turns out to ask, for the access log. */
  recognised: (name: string) => void;
}

const MAX_BODY_BYTES = 10_000;
/** Levels of a record, and of what the request puts around it. */
const MAX_RECORD_DEPTH = 36;

/**
 * `GET /api/session` → `{name, roles, displayName, oneTimePassword}`, or 401.
 * `POST /api/password` `{name, old, new}` → `{ok: true}` and a new session; refusals as in `PasswordFault`, status 403
 * (`wrong_password`, `locked`, `no_account`) or 400; 401 `session_ended` where the session is over, or not that of
 * `name`, which may be left out.
 * `POST /api/devices` `{device, appVersion, waiting, keys}` from a device that has just exchanged → `{ok: true, keys}`:
 * whether its public keys stand in the directory now. `keys` may be left out, and so may `turn` and `copy`, by which a device that
 * was cloned or put back tells itself apart: `isAnother` asks it to report anew as a copy (`device-contacts.ts`).
 * `POST /api/bundles` `{head, signature, part}` from a supervisor who brings in what somebody handed on by file →
 * `{ok, at, outcomes}`, one for each record of the part (`bundles.ts`).
 * `GET /api/devices` → `{devices: DeviceContact[]}` of a supervisor's sites; 403 for anybody else.
 * `POST /api/inbox` `{database, records}`, unsent records of a database that the account may not open any more →
 * `{ok, kept, at}` with the ids that are kept for good; 409 `still_allowed` where it may: they are for the database then.
 * The same with `held: true` of one that it may open: others' words, which the centre lost when it was put back and which
 * their devices have not brought. What is in its place already counts as kept.
 * `POST /api/forks` `{database, ids}`, of which somebody who reads the database has seen several versions: they are put
 * together, and those that the outcome names are pruned → `{ok, merged, pruned}`.
 * `POST /api/changed` `{since: {<database>: <sequence>}}` → `{databases}`: of those that the caller may read what each says
 * of itself and whether it has changes after that.
 * `POST /api/transfers` `{database, ids}`, transfers that lie in the database: they go on → `{ok, states}` by id.
 * `POST /api/transfers/late` `{database, records: [{record, case?, held?}]}`, unsent records of cases that have moved away
 * from the site: brought on under their author's name, who asks → `{ok, results}`, an `Applied` for each. With `held` one
 * that others have written in too, before the centre was put back: kept in the inbox where it is not known (`kept`).
 * Bundles, inbox, forks and transfers answer 429 with `Retry-After` to an account that asks without end (`pace.ts`).
 * `GET /api/health` → `{ok, time}`; 503 while the record store does not answer.
 */
export function apiRoutes(deps: ApiDeps): (request: Request, from: From) => Response | Promise<Response> {
  const app = new Hono<{ Bindings: From }>();
  app.get("/api/health", () => health(deps));
  app.get("/api/session", (context) => session(deps, context.req.raw, context.env));
  app.post("/api/password", (context) => password(deps, context.req.raw, context.env));
  app.post("/api/devices", (context) => noteDevice(deps, context.req.raw, context.env));
  app.get("/api/devices", (context) => listDevices(deps, context.req.raw, context.env));
  app.post("/api/bundles", (context) => takeBundle(deps, context.req.raw, context.env));
  app.post("/api/inbox", (context) => takeIn(deps, context.req.raw, context.env));
  app.post("/api/changed", (context) => tellChanged(deps, context.req.raw, context.env));
  app.post("/api/forks", (context) => mend(deps, context.req.raw, context.env));
  app.post("/api/transfers", (context) => goOnWithTransfers(deps, context.req.raw, context.env));
  app.post("/api/transfers/late", (context) => takeLate(deps, context.req.raw, context.env));
  app.notFound(() => refuse(404, "not_found", "There is nothing of this name."));
  app.onError((error) => {
    if (error instanceof CouchError) return refuse(error.status, error.error, error.reason);
    throw error;
  });
  return (request, from) => app.fetch(request, from);
}

async function health({ couch, now }: ApiDeps): Promise<Response> {
  const response = await couch(new Request("http://couch.invalid/_up"), { address: "" });
  await response.body?.cancel();
  // A CouchDB that wants a password for everything refuses this too, and is well.
  const ok = response.status < 500;
  return Response.json({ ok, time: new Date(now()).toISOString() }, { status: ok ? 200 : 503 });
}

/** Not "wrong password", and not to be taken for it. */
const sessionEnded = () => refuse(401, "session_ended", "The session is over. Sign in again.");
const notSignedIn = () => refuse(401, "unauthorized", "Nobody is signed in.");

async function session(deps: ApiDeps, request: Request, from: From): Promise<Response> {
  const caller = await callerOf(deps, request, from);
  if (caller === undefined) return notSignedIn();
  const account = await readAccount(deps.admin, caller.name);
  const displayName = account?.["displayName"];
  const response = Response.json({
    name: caller.name,
    roles: caller.roles,
    displayName: typeof displayName === "string" ? displayName : caller.name,
    oneTimePassword: hasOneTimePassword(account),
  });
  return withCookies(response, caller.renewal, from.secure);
}

async function password(deps: ApiDeps, request: Request, from: From): Promise<Response> {
  const caller = await callerOf(deps, request, from);
  if (caller === undefined) return sessionEnded();
  const body = await readJson(request);
  const { name, old, new: next } = isObject(body) ? body : {};
  // Another person of this device has signed in meanwhile: their password is not to be tried, nor changed.
  if (name !== undefined && name !== caller.name) return sessionEnded();
  if (typeof old !== "string" || typeof next !== "string")
    return refuse(400, "bad_request", "old and new must be strings.");
  const outcome = await changePassword({ name: caller.name, old, new: next }, deps, from);
  if ("error" in outcome) {
    const status = ["wrong_password", "locked", "no_account"].includes(outcome.error) ? 403 : 400;
    return refuse(status, outcome.error, "The password was not changed.");
  }
  try {
    // One that was made known with a stolen session does not know the new password, and counts no more.
    await deps.directory.retireAll(caller.name);
  } catch (error) {
    // The password is changed all the same, and that must be told.
    if (!(error instanceof CouchFault)) throw error;
  }
  return withCookies(Response.json({ ok: true }), outcome, from.secure);
}

async function noteDevice(deps: ApiDeps, request: Request, from: From): Promise<Response> {
  const caller = await callerOf(deps, request, from);
  if (caller === undefined) return notSignedIn();
  if (!caller.roles.some((role) => parseRole(role) !== undefined))
    return refuse(403, "forbidden", "This account works on no device.");
  const noted = await deps.devices.note(caller.name, await readJson(request, MAX_BODY_BYTES, 4));
  const response = noted
    ? Response.json({ ok: true, ...noted })
    : refuse(
        400,
        "bad_request",
        "device, appVersion, waiting, keys, copy and turn are asked for, and nothing else.",
      );
  return withCookies(response, caller.renewal, from.secure);
}

async function listDevices(deps: ApiDeps, request: Request, from: From): Promise<Response> {
  const caller = await callerOf(deps, request, from);
  if (caller === undefined) return notSignedIn();
  const devices = await deps.devices.seenBy(caller.roles);
  if (devices === undefined) return refuse(403, "forbidden", "Supervisors read this.");
  return withCookies(Response.json({ devices }), caller.renewal, from.secure);
}

async function mend(deps: ApiDeps, request: Request, from: From): Promise<Response> {
  const caller = await pacedCaller(deps, request, from);
  if (caller instanceof Response) return caller;
  const asked = readAskedForks(await readJson(request));
  if (asked === undefined)
    return refuse(400, "bad_request", "database and ids are asked for, and nothing else.");
  if (!(await mayRead(deps.couch, request, asked.database, from)))
    return refuse(403, "forbidden", "You are not allowed to access this db.");
  const mended = await mendForks(deps.admin, asked);
  return withCookies(Response.json({ ok: true, ...mended }), caller.renewal, from.secure);
}

async function tellChanged(deps: ApiDeps, request: Request, from: From): Promise<Response> {
  const caller = await callerOf(deps, request, from);
  if (caller === undefined) return notSignedIn();
  const asked = readAskedChanged(await readJson(request, MAX_CHANGED_BYTES));
  if (asked === undefined)
    return refuse(
      400,
      "bad_request",
      "Databases of ours with a sequence each are asked for, and nothing else.",
    );
  const Cookie = sessionCookie(request.headers.get("cookie")) ?? "";
  const databases = await standingsOf(deps.couch, asked, { Cookie }, from);
  return withCookies(Response.json({ databases }), caller.renewal, from.secure);
}

async function takeBundle(deps: ApiDeps, request: Request, from: From): Promise<Response> {
  const caller = await pacedCaller(deps, request, from);
  if (caller instanceof Response) return caller;
  const taken = await takeBundlePart(deps, caller, await readJson(request, deps.maxRequestBytes));
  if ("error" in taken) return refuse(taken.status, taken.error, taken.reason);
  const at = new Date(deps.now()).toISOString();
  return withCookies(Response.json({ ok: true, at, outcomes: taken }), caller.renewal, from.secure);
}

async function goOnWithTransfers(deps: ApiDeps, request: Request, from: From): Promise<Response> {
  const caller = await pacedCaller(deps, request, from);
  if (caller instanceof Response) return caller;
  const asked = readAskedTransfers(await readJson(request));
  if (asked === undefined)
    return refuse(400, "bad_request", "database and ids are asked for, and nothing else.");
  if (!(await mayRead(deps.couch, request, asked.database, from)))
    return refuse(403, "forbidden", "You are not allowed to access this db.");
  const states = await resumeAsked(deps, asked);
  return withCookies(Response.json({ ok: true, states }), caller.renewal, from.secure);
}

async function takeLate(deps: ApiDeps, request: Request, from: From): Promise<Response> {
  const caller = await pacedCaller(deps, request, from);
  if (caller instanceof Response) return caller;
  const late = readLate(await readJson(request, deps.maxRequestBytes, MAX_RECORD_DEPTH));
  if (late === undefined)
    return refuse(400, "bad_request", "database and records are asked for, and nothing else.");
  if (!(await mayRead(deps.couch, request, late.database, from)))
    return refuse(403, "forbidden", "You are not allowed to access this db.");
  const results = await takeLateRecords(deps, late, caller);
  return withCookies(Response.json({ ok: true, results }), caller.renewal, from.secure);
}

async function takeIn(deps: ApiDeps, request: Request, from: From): Promise<Response> {
  const caller = await pacedCaller(deps, request, from);
  if (caller instanceof Response) return caller;
  const handed = readHanded(await readJson(request, deps.maxRequestBytes, MAX_RECORD_DEPTH));
  if (handed === undefined)
    return refuse(400, "bad_request", "database and records are asked for, and nothing else.");
  const isOpen = await mayRead(deps.couch, request, handed.database, from);
  if (isOpen && handed.held !== true)
    return refuse(409, "still_allowed", "This account may write to the database itself.");
  const kept = isOpen
    ? await keepLost(deps, caller.name, handed)
    : await deps.inbox.keep(caller.name, handed);
  const at = new Date(deps.now()).toISOString();
  return withCookies(Response.json({ ok: true, kept, at }), caller.renewal, from.secure);
}

/** Asks the record store with the caller's own session. */
async function mayRead(
  couch: CouchHandler,
  request: Request,
  database: string,
  from: From,
): Promise<boolean> {
  const Cookie = sessionCookie(request.headers.get("cookie")) ?? "";
  const asked = new Request(`http://couch.invalid/${encodeURIComponent(database)}`, { headers: { Cookie } });
  const answer = await couch(asked, from);
  await answer.body?.cancel();
  return answer.ok;
}

async function callerOf({ couch }: ApiDeps, request: Request, from: From): Promise<Caller | undefined> {
  const caller = await whoAsks(couch, sessionCookie(request.headers.get("cookie")), from);
  if (caller !== undefined) from.recognised(caller.name);
  return caller;
}

/** Who asks for what costs much; the answer where nobody does, or has to wait. */
async function pacedCaller(deps: ApiDeps, request: Request, from: From): Promise<Caller | Response> {
  const caller = await callerOf(deps, request, from);
  if (caller === undefined) return notSignedIn();
  const wait = deps.pace(caller.name);
  return wait === undefined ? caller : refuseForNow(wait);
}

/** @throws 400, 413, 415 */
async function readJson(request: Request, most = MAX_BODY_BYTES, depth = 2): Promise<Json> {
  if (mediaType(request) !== "application/json")
    throw new CouchError(415, "bad_content_type", "Content-Type must be application/json");
  return parseJson(await readBody(request, most), depth);
}

function withCookies(response: Response, cookies: readonly string[], secure: boolean): Response {
  for (const line of cookies) {
    const cookie = strictCookie(line, secure);
    if (cookie !== undefined) response.headers.append("Set-Cookie", cookie);
  }
  return response;
}
