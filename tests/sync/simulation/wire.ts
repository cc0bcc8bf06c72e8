// What travels between a device and the centre of a simulation: of a request and its answer only what either of them reads.
import { accountHeader } from "#src/domain/ports/exchange.ts";
import type { Head } from "#src/sync/couch-client.ts";

export interface Asking {
  readonly method: string;
  /** Path and query, without origin. */
  readonly path: string;
  readonly body?: string;
  readonly cookie?: string;
  /** For whom the app says that it asks. */
  readonly account?: string;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

export interface Answering {
  readonly status: number;
  /** By lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** The text in pieces; those that a held request waits for come later. */
  readonly pieces: readonly (string | Promise<string>)[];
}

/** Hands on what is asked, or does not; changes the answer, or loses it. */
export type Wire = (asking: Asking, next: (asking: Asking) => Promise<Answering>) => Promise<Answering>;

export const straightWire: Wire = (asking, next) => next(asking);

export const json = { "content-type": "application/json" };

export async function wholeText({ pieces }: Answering): Promise<string> {
  let text = "";
  for (const piece of pieces) text += typeof piece === "string" ? piece : await piece;
  return text;
}

const encoder = new TextEncoder();

/** As `fetch` would give it. */
export function headOf({ status, headers, pieces }: Answering): Head {
  let at = 0;
  const read = async () => {
    const piece = pieces[at];
    at += 1;
    if (piece === undefined) return { done: true, value: undefined } as const;
    const text = typeof piece === "string" ? piece : await piece;
    return { done: false, value: encoder.encode(text) } as const;
  };
  return {
    status,
    headers: { get: (name) => headers[name.toLowerCase()] ?? null },
    body: { getReader: () => ({ read }) },
  };
}

const origin = "http://centre";

/** As a real server is asked. */
export function requestOf({ method, path, body, cookie, account, signal }: Asking): Request {
  const headers = {
    accept: "application/json",
    ...(body === undefined ? {} : json),
    ...(cookie === undefined ? {} : { cookie }),
    ...(account === undefined ? {} : { [accountHeader]: account }),
  };
  return new Request(origin + path, { method, headers, signal, ...(body === undefined ? {} : { body }) });
}

const headersThatMatter = ["content-type", "date", "set-cookie", "cache-control"];

/** What a real server answered; of a request that it holds open, the rest comes later. */
export async function answeringOf(response: Response, held: boolean): Promise<Answering> {
  const headers = Object.fromEntries(
    headersThatMatter.flatMap((name) => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
  const { status } = response;
  if (!held || !response.ok) return { status, headers, pieces: [await response.text()] };
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  const next = async () => decoder.decode((await reader?.read())?.value, { stream: true });
  const first = await next();
  const rest = (async () => {
    let text = "";
    for (let piece = await next(); piece !== ""; piece = await next()) text += piece;
    return text;
  })();
  rest.catch(() => undefined);
  return { status, headers, pieces: [first, rest] };
}

export const isHeld = ({ path }: Pick<Asking, "path">): boolean => path.includes("feed=longpoll");
