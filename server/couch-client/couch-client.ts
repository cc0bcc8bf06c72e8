// A small client of CouchDB's protocol with an operator's rights: for provisioning and for the front door itself.
import { isObject, parseJson, type Json } from "#server/couch/json.ts";

/** Sends one request to a CouchDB; its URL holds the path only, below a made-up origin. */
export type SendToCouch = (request: Request) => Promise<Response>;

/** Why CouchDB did not do what it was asked. */
export class CouchFault extends Error {
  /** Undefined where nothing that looks like CouchDB answered. */
  readonly status: number | undefined;

  constructor(status: number | undefined, what: string) {
    super(what);
    this.name = "CouchFault";
    this.status = status;
  }
}

/** CouchDB itself has answered, and did not do it. */
export const isAnswered = (error: unknown): error is CouchFault & { readonly status: number } =>
  error instanceof CouchFault && error.status !== undefined;

/** It refuses what a record says; with any other status it is in trouble itself, or another was faster. */
export const isRefusal = ({ status }: { readonly status: number }): boolean =>
  [400, 403, 413].includes(status);

export interface CouchClient {
  /** Name of the operator. */
  readonly user: string;
  /** The answer's JSON; undefined where CouchDB answers 404. @throws CouchFault for any other answer but 2xx */
  read(path: string): Promise<Json | undefined>;
  /** @param body is written as JSON. @throws CouchFault for any answer but 2xx */
  write(method: "PUT" | "POST", path: string, body?: object): Promise<Json>;
}

export interface CouchClientOptions {
  send: SendToCouch;
  user: string;
  password: string;
  /** Milliseconds after which an answer is not waited for any more; a minute unless told. */
  patienceMs?: number;
}

const ORIGIN = "http://couch.invalid";
const MAX_JSON_DEPTH = 100;

/** Signs in with the first request, and again when the session has ended. */
export function couchClient({ send, user, password, patienceMs = 60_000 }: CouchClientOptions): CouchClient {
  let cookie: string | undefined;

  /** With the whole answer: a store may stop in the middle of it. */
  const trySend = async (path: string, init: RequestInit): Promise<Answered> => {
    const ended = new AbortController();
    const request = new Request(ORIGIN + path, { ...init, signal: ended.signal });
    let timer: NodeJS.Timeout | undefined;
    // An abort does not reach what follows a signal of a request that is collected: whoever waits is let go all the same.
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        ended.abort();
        reject(new DOMException("too slow", "TimeoutError"));
      }, patienceMs).unref();
    });
    const whole = async (): Promise<Answered> => {
      const answer = await send(request);
      const { status, ok, headers } = answer;
      return { status, ok, headers, bytes: await answer.arrayBuffer() };
    };
    try {
      return await Promise.race([whole(), late]);
    } catch (error) {
      throw noAnswer(error);
    } finally {
      clearTimeout(timer);
    }
  };

  const signIn = async (): Promise<string> => {
    const response = await trySend("/_session", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ name: user, password }),
    });
    const body = parsed(response);
    if (response.status === 401)
      throw new CouchFault(401, `The record store does not know "${user}", or not with this password.`);
    if (!response.ok) throw faultOf(response.status, body);
    const session = response.headers.getSetCookie().find((line) => line.startsWith("AuthSession="));
    if (session === undefined) throw new CouchFault(undefined, "What answers there is not CouchDB.");
    return session.split(";")[0] ?? "";
  };

  const exchange = async (method: string, path: string, body: object | undefined) => {
    const trySendAs = (session: string) =>
      trySend(path, {
        method,
        headers: {
          Accept: "application/json",
          Cookie: session,
          ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    cookie ??= await signIn();
    const first = await trySendAs(cookie);
    if (first.status !== 401) return first;
    cookie = await signIn();
    return trySendAs(cookie);
  };

  return {
    user,
    read: async (path) => {
      const response = await exchange("GET", path, undefined);
      const body = parsed(response);
      if (response.status === 404) return undefined;
      if (!response.ok) throw faultOf(response.status, body);
      return body;
    },
    write: async (method, path, content) => {
      const response = await exchange(method, path, content);
      const body = parsed(response);
      if (!response.ok) throw faultOf(response.status, body);
      return body;
    },
  };
}

/** `/db/id` for a document; the parts in clear. */
export const documentPath = (database: string, id: string) =>
  `/${encodeURIComponent(database)}/${id.startsWith("_design/") ? id : encodeURIComponent(id)}`;

interface Answered {
  readonly status: number;
  readonly ok: boolean;
  readonly headers: Headers;
  readonly bytes: ArrayBuffer;
}

function parsed({ bytes }: Answered): Json {
  try {
    return parseJson(new Uint8Array(bytes), MAX_JSON_DEPTH);
  } catch {
    throw new CouchFault(undefined, "What answers there is not CouchDB.");
  }
}

function faultOf(status: number, body: Json): CouchFault {
  const said = isObject(body)
    ? [body["error"], body["reason"]].filter((text) => typeof text === "string")
    : [];
  return new CouchFault(status, `The record store answers ${String(status)} (${said.join(": ")}).`);
}

const noAnswer = (error: unknown): CouchFault =>
  new CouchFault(undefined, `No answer from the record store (${causeOf(error)}).`);

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { cause } = error;
  if (typeof cause === "object" && cause !== null && "code" in cause) return String(cause.code);
  return error.name;
}
