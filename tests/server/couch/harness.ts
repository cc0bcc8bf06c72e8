// A server in memory with a clock that tests move, and a short way to ask it something.
import { randomBytes } from "node:crypto";
import { createCouch, type Couch } from "#server/couch/couch.ts";
import type { CouchDeps } from "#server/couch/deps.ts";

export const ADMIN = { name: "operator", password: "operator password" };
const START_MS = Date.UTC(2026, 10, 22, 8, 0, 0);

interface Credentials {
  name: string;
  password: string;
}

export interface Ask {
  as?: Credentials | null;
  body?: unknown;
  /** Sent as it is, in place of `body`. */
  raw?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
  address?: string;
  signal?: AbortSignal;
}

interface Answer {
  status: number;
  body: unknown;
  headers: Headers;
}

export interface Harness {
  couch: Couch;
  clock: { ms: number };
  send(method: string, path: string, ask?: Ask): Promise<Response>;
  /** Sends and reads the answer as JSON; as the administrator unless told otherwise. */
  ask(method: string, path: string, ask?: Ask): Promise<Answer>;
  addUser(name: string, roles: string[], password?: string): Promise<Credentials>;
}

export function startHarness(deps: Partial<CouchDeps> = {}): Harness {
  const clock = { ms: START_MS };
  const couch = createCouch({
    file: ":memory:",
    secret: "secret of the tests",
    now: () => clock.ms,
    randomBytes,
    admins: { [ADMIN.name]: ADMIN.password },
    pbkdf2Iterations: 10,
    log: (event) => {
      if (event.type === "failed") throw event.error;
    },
    ...deps,
  });
  const send = (method: string, path: string, ask: Ask = {}) => {
    const headers = new Headers(ask.headers);
    const as = ask.as === undefined && !headers.has("cookie") ? ADMIN : ask.as;
    if (as) headers.set("Authorization", basic(as));
    const body = ask.raw ?? (ask.body === undefined ? null : JSON.stringify(ask.body));
    if (body !== null && !headers.has("content-type")) headers.set("Content-Type", "application/json");
    const init: RequestInit = { method, headers, body };
    if (ask.signal !== undefined) init.signal = ask.signal;
    const request = new Request(`http://127.0.0.1${path}`, init);
    return couch.handle(request, { address: ask.address ?? "10.0.0.1" });
  };
  const ask = async (method: string, path: string, options?: Ask) => {
    const response = await send(method, path, options);
    const text = await response.text();
    const body: unknown = text === "" ? null : JSON.parse(text);
    return { status: response.status, body, headers: response.headers };
  };
  return {
    couch,
    clock,
    send,
    ask,
    addUser: async (name, roles, password = `${name} password`) => {
      const document = { type: "user", name, roles, password };
      await ask("PUT", `/_users/org.couchdb.user:${encodeURIComponent(name)}`, { body: document });
      return { name, password };
    },
  };
}

export const basic = ({ name, password }: Credentials) =>
  `Basic ${Buffer.from(`${name}:${password}`).toString("base64")}`;

/** Reads a member of an answer whose shape the test is about to check. */
export function member(value: unknown, ...path: (string | number)[]): unknown {
  let inner = value;
  for (const key of path) {
    if (typeof inner !== "object" || inner === null) return undefined;
    inner = Reflect.get(inner, key);
  }
  return inner;
}

export const textOf = (value: unknown, ...path: (string | number)[]) => String(member(value, ...path));

/** Refuses as record rules do, with a plain object. */
export function refuse(reason: unknown): never {
  throw reason;
}
