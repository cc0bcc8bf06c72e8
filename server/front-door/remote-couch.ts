// A CouchDB elsewhere as the record store: passes requests on with the caller's own session and nothing else.
import { readBody } from "#server/couch/call.ts";
import { CouchError } from "#server/couch/errors.ts";
import { networkOf } from "#server/couch/network.ts";
import { isObject, parseJson, type JsonObject } from "#server/couch/json.ts";
import type { CouchHandler } from "./couch-handler.ts";
import { refuse } from "./headers.ts";
import { sessionCookie } from "./session-cookie.ts";
import { whoAsks } from "./who-asks.ts";

export interface RemoteCouchOptions {
  /** Address of the CouchDB, without credentials. */
  url: URL;
  fetch: typeof fetch;
  maxRequestBytes: number;
}

const PASSED_ON = ["accept", "content-type", "if-none-match"];
const PASSED_BACK = ["content-type", "content-length", "etag", "retry-after", "allow", "set-cookie"];
const WITHOUT_BODY = new Set(["GET", "HEAD"]);
/** Levels of a document and of what a request puts around it. */
const MAX_DEPTH = 35;

/** An administrator's credentials in `url` are not used: the caller's cookie alone decides. */
export function remoteCouch({ url, fetch, maxRequestBytes }: RemoteCouchOptions): CouchHandler {
  const base = `${url.origin}${url.pathname.replace(/\/$/, "")}`;

  const handle: CouchHandler = async (request, from) => {
    const { pathname, searchParams } = new URL(request.url);
    // Written anew: CouchDB parts it at semicolons too, and of a member said twice it takes the last.
    const search = searchParams.size === 0 ? "" : `?${searchParams.toString()}`;
    let body: Uint8Array<ArrayBuffer> | undefined;
    let replicated = searchParams.getAll("new_edits").includes("false");
    try {
      if (!WITHOUT_BODY.has(request.method)) body = new Uint8Array(await readBody(request, maxRequestBytes));
      if (body !== undefined && pathname.endsWith("/_bulk_docs")) {
        const batch = readBatch(body);
        // Written anew: a member that stands twice would mean one thing here and another to CouchDB.
        body = new TextEncoder().encode(JSON.stringify(batch));
        replicated ||= batch["new_edits"] === false;
      }
    } catch (error) {
      if (error instanceof CouchError) return refuse(error.status, error.error, error.reason);
      throw error;
    }
    if (replicated && !(await mayReplicate(request, from.address)))
      return refuse(403, "forbidden", "Only replication between servers writes with new_edits: false.");
    return send(request, `${base}${pathname}${search}`, body, from.address);
  };

  const send = async (
    request: Request,
    target: string,
    body: Uint8Array<ArrayBuffer> | undefined,
    address: string,
  ): Promise<Response> => {
    // Two answers of one CouchDB must not differ by what a proxy unpacks: nothing is packed on this stretch.
    const headers = new Headers({ "Accept-Encoding": "identity" });
    for (const name of PASSED_ON) copyHeader(request.headers, headers, name);
    const cookie = sessionCookie(request.headers.get("cookie"));
    if (cookie !== undefined) headers.set("Cookie", cookie);
    // CouchDB counts wrong passwords by address, and believes this header from a private address. It would count each
    // address of a caller's IPv6 network for itself.
    if (address !== "") headers.set("X-Forwarded-For", networkOf(address));
    try {
      const answer = await fetch(target, {
        method: request.method,
        headers,
        redirect: "manual",
        signal: request.signal,
        ...(body === undefined ? {} : { body }),
      });
      return new Response(answer.body, { status: answer.status, headers: answerHeaders(answer.headers) });
    } catch {
      return refuse(502, "bad_gateway", "The record store does not answer.");
    }
  };

  const mayReplicate = async (request: Request, address: string): Promise<boolean> => {
    const cookie = sessionCookie(request.headers.get("cookie"));
    const caller = await whoAsks(handle, cookie, { address, secure: false });
    return caller?.roles.some((role) => role === "_admin" || role === "replicator") ?? false;
  };

  return handle;
}

/** @throws 400 */
function readBatch(bytes: Uint8Array): JsonObject {
  const batch = parseJson(bytes, MAX_DEPTH);
  if (!isObject(batch)) throw new CouchError(400, "bad_request", "Request body must be a JSON object");
  return batch;
}

function copyHeader(from: Headers, to: Headers, name: string): void {
  const value = from.get(name);
  if (value !== null) to.set(name, value);
}

function answerHeaders(from: Headers): Headers {
  const headers = new Headers();
  for (const [name, value] of from) if (PASSED_BACK.includes(name)) headers.append(name, value);
  return headers;
}
