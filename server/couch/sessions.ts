// Who sends a request (cookie first, then Basic), and the requests on `/_session`.
import type { Account, Accounts } from "./accounts.ts";
import { mediaType, readUnpacked, type Call } from "./call.ts";
import { clearedCookie, judgeCookie, newCookie, readCookie } from "./cookie.ts";
import type { CouchDeps, CouchLimits } from "./deps.ts";
import { badContentType, badRequest, unauthorized } from "./errors.ts";
import { isObject, parseJson, type Json, type JsonObject } from "./json.ts";
import { methodNotAllowed, reply } from "./replies.ts";
import { ANONYMOUS, type User } from "./security.ts";

export interface Session {
  user: User;
  /** How the user was recognised; undefined for nobody. */
  authenticated: "cookie" | "default" | undefined;
  /** The account's salt when the request came; it changes with the password. Null for nobody. */
  salt: string | null;
  /** A `Set-Cookie` value that renews an ageing session. */
  renewal: string | null;
  address: string;
  /** There is TLS in front. */
  secure: boolean;
}

export interface SessionOptions {
  accounts: Accounts;
  deps: Pick<CouchDeps, "secret" | "now" | "log">;
  limits: CouchLimits;
}

const WRONG = "Name or password is incorrect.";

/** @throws 401 for a wrong password in Basic, 403 while locked, 400 for broken credentials */
export async function recognise(
  request: Request,
  address: string,
  { accounts, deps }: SessionOptions,
): Promise<Session> {
  const secure = request.headers.get("x-forwarded-proto") === "https" || request.url.startsWith("https:");
  const base = { address, secure, renewal: null };
  const cookie = readCookie(request.headers.get("cookie"));
  if (cookie !== null) {
    const account = accounts.find(cookie.name);
    const { secret, now } = deps;
    const verdict = account === null ? "invalid" : judgeCookie(cookie, secret, account.salt, now());
    if (account !== null && verdict !== "invalid") {
      const renewal =
        verdict === "ageing" ? newCookie(cookie.name, secret, account.salt, now(), secure) : null;
      return { ...base, ...recognised(account), authenticated: "cookie", renewal };
    }
  }
  const basic = readBasic(request.headers.get("authorization"));
  if (basic === null) return { ...base, user: ANONYMOUS, authenticated: undefined, salt: null };
  const account = await accounts.signIn(basic.name, basic.password, address);
  if (account === null) {
    deps.log?.({ type: "signInFailed", address });
    throw unauthorized(WRONG);
  }
  return { ...base, ...recognised(account), authenticated: "default" };
}

const recognised = ({ user, salt }: Account) => ({ user, salt });

function readBasic(header: string | null): { name: string; password: string } | null {
  if (header === null) return null;
  const match = /^basic +(.*?) *$/i.exec(header);
  if (match === null) throw badRequest("Authorization header is invalid");
  if (!/^[A-Za-z0-9+/=_-]*$/.test(match[1] ?? ""))
    throw badRequest("Authorization header has invalid base64 value");
  const text = Buffer.from(match[1] ?? "", "base64").toString("utf8");
  const colon = text.indexOf(":");
  // "_:_" is CouchDB's way to say: nobody.
  if (colon < 0 || text === "_:_") return null;
  return { name: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** `/_session`: GET tells who is signed in, POST signs in, DELETE signs out. */
export async function handleSession(call: Call, options: SessionOptions): Promise<Response> {
  if (call.method === "GET") return tellSession(call);
  if (call.method === "POST") return signIn(call, options);
  if (call.method === "DELETE")
    return sendOn(call, "next", 200, { ok: true }, clearedCookie(call.session.secure));
  return methodNotAllowed("GET,HEAD,POST,DELETE");
}

function tellSession({ query, session }: Call): Response {
  const { name, roles } = session.user;
  if (name === null && query.get("basic") === "true") throw unauthorized("Please login.");
  return reply(200, {
    ok: true,
    userCtx: { name, roles },
    info: {
      authentication_handlers: ["cookie", "default"],
      ...(session.authenticated === undefined ? {} : { authenticated: session.authenticated }),
    },
  });
}

async function signIn(call: Call, { accounts, deps, limits }: SessionOptions): Promise<Response> {
  const { address, secure } = call.session;
  const { name, password } = await readCredentials(call.request, limits);
  const account = await accounts.signIn(name, password, address);
  if (account === null) {
    deps.log?.({ type: "signInFailed", address });
    return sendOn(call, "fail", 401, { error: "unauthorized", reason: WRONG }, clearedCookie(secure));
  }
  const cookie = newCookie(name, deps.secret, account.salt, deps.now(), secure);
  return sendOn(call, "next", 200, { ok: true, name, roles: account.user.roles }, cookie);
}

/** Answers, or sends the reader on to where the option says, always at this server. @throws 400 */
function sendOn(
  { query, request }: Call,
  option: "next" | "fail",
  status: number,
  body: JsonObject,
  cookie: string,
): Response {
  const path = query.get(option);
  if (path === null) return reply(status, body, { "Set-Cookie": cookie });
  if (!/^\/[\x21-\x7e]*$/.test(path)) throw badRequest("path must begin with a /.");
  const { origin } = new URL(request.url);
  return reply(302, body, { "Set-Cookie": cookie, Location: `${origin}${path}` });
}

const MAX_CREDENTIALS_BYTES = 10_000;

async function readCredentials(request: Request, limits: CouchLimits) {
  const type = mediaType(request);
  const bytes = await readUnpacked(request, Math.min(MAX_CREDENTIALS_BYTES, limits.maxRequestBytes));
  if (type === "application/x-www-form-urlencoded") {
    const form = new URLSearchParams(new TextDecoder().decode(bytes));
    return checkCredentials((key) => form.get(key) ?? undefined);
  }
  if (type !== "application/json")
    throw badContentType("Content-Type must be 'application/x-www-form-urlencoded' or 'application/json'");
  const body = parseJson(bytes, 2);
  if (!isObject(body)) throw badRequest("Request body must be a JSON object");
  return checkCredentials((key) => body[key]);
}

function checkCredentials(member: (key: string) => Json | undefined) {
  const name = member("username") ?? member("name");
  const password = member("password") ?? "";
  if (name === undefined) throw badRequest("request body must contain a username");
  if (member("name") !== undefined && member("name") !== name)
    throw badRequest("request body contains different usernames");
  if (typeof name !== "string" || typeof password !== "string")
    throw badRequest("name and password must be strings");
  return { name, password };
}
