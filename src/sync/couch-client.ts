// One request to the centre: sent, watched for progress, and its answer told apart from everything that is none.
import { accountHeader, appTooOldWord, appVersionHeader } from "#src/domain/ports/exchange.ts";
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import { oneTimePasswordWord } from "#src/domain/ports/sign-in.ts";
import { z } from "zod";
import { retryAfterMs } from "./backoff.ts";
import type { ServerClock } from "./server-clock.ts";
import type { After } from "./timers.ts";
import type { Trouble } from "./trouble.ts";

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What is read of an answer. */
export interface Head {
  readonly status: number;
  readonly headers: Pick<Headers, "get">;
  readonly body: { getReader(): Pick<ReadableStreamDefaultReader<Uint8Array>, "read"> } | null;
}
/** A `fetch`, or what stands for it. */
export type Reach = (url: string, init: RequestInit) => Promise<Head>;

export interface Ask<T> {
  readonly method: "GET" | "POST";
  /** Below the base address: `/directory/_changes?limit=200`. */
  readonly path: string;
  /** JSON text. */
  readonly body?: string;
  readonly schema: z.ZodType<T>;
  /** Milliseconds the centre may stay silent on purpose (a long poll). */
  readonly silenceMs?: number;
}

export interface Answer<T> {
  readonly body: T;
  /** The centre's time when it answered; milliseconds since 1970. */
  readonly at: number;
}

export type Asked<T> = Promise<Result<Answer<T>, Trouble>>;

export interface CouchClient {
  ask<T>(ask: Ask<T>, signal: AbortSignal): Asked<T>;
  /** An answer is owed and nothing has moved for longer than somebody who is waiting for it has patience. */
  isStill(): boolean;
}

export interface CouchClientDeps {
  /** Where the centre is: `/db`, or an origin with a path; no slash at the end. */
  readonly base: string;
  readonly fetch: Reach;
  readonly after: After;
  readonly clock: ServerClock;
  /** The device's own clock; milliseconds since 1970. */
  readonly deviceNow: () => number;
  /** Told with each request, so that the front door can hold back an app that is too old. */
  readonly appVersion?: string | undefined;
  /** Told with each request, so that nothing is done there in the name of whoever's the cookie is now. */
  readonly account?: string | undefined;
}

/** A request in which nothing moves for so long is given up. */
const stillMs = 30_000;
/** So long nothing moves before a person who asks anew is right to. */
const patienceMs = 5_000;
/** The slowest line on which a batch still gets through: 1 kB a second. */
const bytesPerMs = 1;

/** Without a reason of its own, each abort would pay for an exception with its stack. */
const givenUp = "given up";

const couchError = z.object({ error: z.string(), reason: z.string().nullish() });

export function createCouchClient(deps: CouchClientDeps): CouchClient {
  const { base, fetch, after, clock, deviceNow, appVersion, account } = deps;
  /** When each answer that is owed is next to be heard of; device time in milliseconds. */
  const owed = new Set<{ fromMs: number }>();
  return {
    isStill: () => [...owed].some(({ fromMs }) => deviceNow() - fromMs > patienceMs),
    async ask(ask, signal) {
      const received = await receive(ask, signal);
      if (received === undefined) return err({ kind: signal.aborted ? "stopped" : "unreachable" });
      return judge(received, ask.schema, ask.silenceMs === undefined);
    },
  };

  /** The whole answer, or undefined when none came. */
  async function receive(
    { method, path, body, silenceMs = 0 }: Ask<unknown>,
    signal: AbortSignal,
  ): Promise<Received | undefined> {
    const ended = new AbortController();
    let leave = (): void => undefined;
    // A fetch that does not heed its signal must not hold us either.
    const gone = new Promise<undefined>((resolve) => {
      leave = () => {
        resolve(undefined);
      };
    });
    const end = () => {
      ended.abort(givenUp);
      leave();
    };
    signal.addEventListener("abort", end);
    const sendingMs = (body?.length ?? 0) / bytesPerMs;
    const debt = { fromMs: deviceNow() + silenceMs + sendingMs };
    owed.add(debt);
    let callOff = after(stillMs + silenceMs + sendingMs, end);
    const moved = () => {
      debt.fromMs = deviceNow();
      callOff();
      callOff = after(stillMs + silenceMs, end);
    };
    if (signal.aborted) end();
    const whole = async (): Promise<Received> => {
      const response = await fetch(base + path, {
        method,
        headers: {
          Accept: "application/json",
          ...(appVersion === undefined ? {} : { [appVersionHeader]: appVersion }),
          ...(account === undefined ? {} : { [accountHeader]: account }),
          ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        },
        ...(body === undefined ? {} : { body }),
        cache: "no-store",
        credentials: "same-origin",
        // A captive portal answers with a redirection to its own page.
        redirect: "manual",
        signal: ended.signal,
      });
      const date = dateOf(response.headers.get("date"));
      const arrivedMs = deviceNow();
      moved();
      return { response, text: await readText(response, moved), date, arrivedMs };
    };
    const fail = (): undefined => {
      end();
      return undefined;
    };
    try {
      return await Promise.race([whole().catch(fail), gone]);
    } finally {
      owed.delete(debt);
      callOff();
      signal.removeEventListener("abort", end);
    }
  }

  function judge<T>(
    { response, text, date, arrivedMs }: Received,
    schema: z.ZodType<T>,
    prompt: boolean,
  ): Result<Answer<T>, Trouble> {
    const { status } = response;
    // A long poll's `Date` may be the moment it began.
    const dated = prompt && !Number.isNaN(date);
    const isJson = (response.headers.get("content-type") ?? "").includes("json");
    const json = parse(text);
    if (status >= 400) {
      const said = couchError.safeParse(json);
      // Servers in front of the centre say these in HTML, and mean them all the same.
      const meant = status === 413 || status === 429 || (status >= 500 && status !== 511);
      if (!said.success && !meant) return err({ kind: "notTheCentre" });
      if (said.success && dated) clock.heard(date, arrivedMs);
      if (status === 403 && said.data?.error === oneTimePasswordWord) return err({ kind: "oneTimePassword" });
      if (status === 403 && said.data?.error === appTooOldWord) return err({ kind: "appTooOld" });
      const waitMs = retryAfterMs(response.headers.get("retry-after"), clock.now());
      return err({
        kind: "status",
        status,
        reason: said.data?.reason ?? said.data?.error ?? "",
        ...(waitMs === undefined ? {} : { waitMs }),
      });
    }
    // Cut off in the middle: the centre's, but not whole.
    if (isJson && json === undefined && status >= 200 && status < 300) return err({ kind: "unreachable" });
    const body = schema.safeParse(json);
    if (status < 200 || status >= 300 || !body.success) return err({ kind: "notTheCentre" });
    if (dated) clock.heard(date, arrivedMs);
    return ok({ body: body.data, at: dated ? date : clock.now() });
  }
}

interface Received {
  readonly response: Head;
  readonly text: string;
  /** `Date` of the answer; NaN when it says none. */
  readonly date: number;
  /** The device's clock when its head arrived. */
  readonly arrivedMs: number;
}

const [earliestMs, latestMs] = [Date.parse("2000-01-01"), Date.parse("2200-01-01")];

/** NaN for none, and for one that no clock shows: instants counted from it would be none. */
function dateOf(header: string | null): number {
  const ms = Date.parse(header ?? "");
  return ms > earliestMs && ms < latestMs ? ms : Number.NaN;
}

const utf8 = new TextDecoder();
/** More than a page of the largest records: whoever sends so much is not the centre, and would go on until no memory is left. */
const mostBytes = 256_000_000;

async function readText(response: Head, moved: () => void): Promise<string> {
  const reader = response.body?.getReader();
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    moved();
    bytes += next.value.length;
    if (bytes > mostBytes) throw new Error("an answer without an end");
    pieces.push(next.value);
  }
  return utf8.decode(joined(pieces));
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [first = new Uint8Array()] = pieces;
  if (pieces.length <= 1) return first;
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
