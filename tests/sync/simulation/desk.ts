// One device of a simulation with the person who works on it: how it reaches the centre, and what the person does.
import type { Envelope } from "#src/storage/envelope.ts";
import type { Reach } from "#src/sync/couch-client.ts";
import type { AccountName } from "#tests/sync/support/test-centre.ts";
import { haiChau, hoaVang } from "#tests/sync/support/test-centre.ts";
import type { TestDevice } from "#tests/sync/support/test-device.ts";
import type { SimulatedCentre } from "./centre.ts";
import { headOf, type Wire } from "./wire.ts";

export interface Person {
  readonly name: AccountName;
  readonly sites: readonly string[];
}

export const people: readonly Person[] = [
  { name: "an", sites: [hoaVang] },
  { name: "binh", sites: [hoaVang] },
  { name: "chi", sites: [haiChau] },
  { name: "lan", sites: [hoaVang, haiChau] },
];

export interface Desk {
  readonly device: TestDevice;
  readonly person: Person;
  readonly jar: Jar;
  wire: Wire;
  /** Its disk as it was at some time. */
  copy: ReadonlyMap<string, Envelope> | undefined;
  /** Requests so far. */
  requests: number;
  requestsBefore: number;
}

/** The browser's one session cookie, whoever of its people it belongs to. */
export interface Jar {
  cookie?: string;
}

export interface Line {
  readonly jar: Jar;
  wire: Wire;
  requests: number;
}

const origin = "http://centre";

/** How the app on a device reaches the centre. */
export const reachOf =
  (line: Line, centre: () => SimulatedCentre): Reach =>
  async (url, { method = "GET", body, signal }) => {
    line.requests += 1;
    const asking = {
      method,
      path: url.slice(origin.length),
      signal: signal ?? new AbortController().signal,
      ...(typeof body === "string" && { body }),
      ...(line.jar.cookie !== undefined && { cookie: line.jar.cookie }),
    };
    const answer = await line.wire(asking, (passed) => centre().ask(passed));
    const cookie = answer.headers["set-cookie"]?.split(";")[0];
    if (cookie !== undefined) line.jar.cookie = cookie;
    return headOf(answer);
  };
