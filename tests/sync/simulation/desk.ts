// One device of a simulation with the person who works on it: how it reaches the centre, and what the person does.
import { accountHeader } from "#src/domain/ports/exchange.ts";
import type { Envelope } from "#src/storage/envelope.ts";
import type { Reach } from "#src/sync/couch-client.ts";
import { haiChau, hoaVang } from "#tests/sync/support/test-centre.ts";
import type { TestDevice } from "#tests/sync/support/test-device.ts";
import { type Answering, type Asking, headOf, type Wire } from "./wire.ts";

export interface Person {
  readonly name: keyof typeof sitesOf;
  readonly sites: readonly string[];
  /** What the centre says now. */
  hasRoles: boolean;
}

const sitesOf = { an: [hoaVang], binh: [hoaVang], chi: [haiChau], lan: [hoaVang, haiChau] } as const;

export const newPeople = (): readonly Person[] =>
  (["an", "binh", "chi", "lan"] as const).map((name) => ({ name, sites: sitesOf[name], hasRoles: true }));

export interface Desk extends Line {
  readonly device: TestDevice;
  readonly person: Person;
  /** Its disk as it was at some time. */
  copy: ReadonlyMap<string, Envelope> | undefined;
  isClone: boolean;
  requestsBefore: number;
  waitingBefore: number;
  eventsBefore: number;
}

/** Database of the (first) site at which the person works. */
export const siteOf = ({ person: { sites } }: Desk): string => `s-${sites[0] ?? hoaVang}`;

/** The browser's one session cookie, whoever of its people it belongs to. */
export interface Jar {
  cookie?: string;
}

interface Line {
  readonly jar: Jar;
  wire: Wire;
  /** Requests so far. */
  requests: number;
}

const origin = "http://centre";

/** How the app on a device reaches the centre. */
export const reachOf =
  (line: Line, ask: (asking: Asking) => Promise<Answering>): Reach =>
  async (url, { method = "GET", body, signal, headers }) => {
    line.requests += 1;
    const account: unknown = headers && Reflect.get(headers, accountHeader);
    const asking = {
      method,
      path: url.slice(origin.length),
      signal: signal ?? new AbortController().signal,
      ...(typeof body === "string" && { body }),
      ...(typeof account === "string" && { account }),
      ...(line.jar.cookie !== undefined && { cookie: line.jar.cookie }),
    };
    const answer = await line.wire(asking, ask);
    const cookie = answer.headers["set-cookie"]?.split(";")[0];
    if (cookie !== undefined) line.jar.cookie = cookie;
    return headOf(answer);
  };
