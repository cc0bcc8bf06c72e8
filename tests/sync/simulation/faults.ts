// What goes wrong between devices, disks, clocks and the centre, each by its name; whether it really struck is counted.
import type { Chance } from "#tests/sync/support/chance.ts";
import { type Answering, type Asking, json, wholeText, type Wire } from "./wire.ts";

/** Told each time a fault really changes what happens. */
export type Strike = () => void;

const isWrite = ({ path }: Asking) => path.includes("_bulk_docs");
const isFeed = ({ path }: Asking) => path.includes("_changes");
const fails = () => Promise.reject(new TypeError("fetch failed"));

interface Surroundings {
  readonly strike: Strike;
  /** Waits in virtual time. */
  readonly wait: (ms: number) => Promise<void>;
  readonly chance: Chance;
}

const batchOf = ({ body = "" }: Asking) => (JSON.parse(body) as { docs: { _id: string }[] }).docs;

/** Somebody in between who answers in HTML. */
const html = (status: number) => (): Answering => ({
  status,
  headers: { "content-type": "text/html", date: new Date(0).toUTCString() },
  pieces: ["<html><body>Đăng nhập Wi-Fi</body></html>"],
});
const couchError = (status: number, error: string, headers: Readonly<Record<string, string>> = {}) => (): Answering => ({
  status,
  headers: { ...json, ...headers },
  pieces: [JSON.stringify({ error, reason: error })],
}); // prettier-ignore

/** Ways that are in place until another takes over. */
export const networkFaults: Readonly<Record<string, (around: Surroundings) => Wire>> = {
  requestLost:
    ({ strike }) =>
    () => {
      strike();
      return fails();
    },
  answerLost:
    ({ strike }) =>
    async (asking, next) => {
      const answer = await next(asking);
      if (!isWrite(asking)) return answer;
      strike();
      return fails();
    },
  duplicate:
    ({ strike }) =>
    async (asking, next) => {
      if (!isWrite(asking)) return next(asking);
      strike();
      await next(asking);
      return next(asking);
    },
  delay:
    ({ strike, wait, chance }) =>
    async (asking, next) => {
      strike();
      await wait(chance.below(8_000));
      return next(asking);
    },
  // What was asked first may be answered last.
  reorder:
    ({ strike, wait, chance }) =>
    async (asking, next) => {
      const answer = await next(asking);
      if (chance.below(2) === 0) {
        strike();
        await wait(chance.below(20_000));
      }
      return answer;
    },
  truncatedFeed: truncated(isFeed),
  truncatedAnswer: truncated(isWrite),
  halfOpen:
    ({ strike }) =>
    (asking, next) => {
      if (!isWrite(asking) && !isFeed(asking)) return next(asking);
      strike();
      return new Promise(() => undefined);
    },
  unauthorized401: answered(({ path }) => !path.includes("_session"), couchError(401, "unauthorized")),
  forbidden403: answered(({ path }) => !path.includes("_session"), couchError(403, "forbidden")),
  // Every row clashes with something, says somebody in between.
  conflict409:
    ({ strike }) =>
    (asking, next) => {
      if (!isWrite(asking)) return next(asking);
      strike();
      const rows = batchOf(asking).map(({ _id }) => ({
        id: _id,
        error: "conflict",
        reason: "Document update conflict.",
      }));
      return Promise.resolve({ status: 201, headers: json, pieces: [JSON.stringify(rows)] });
    },
  tooLarge413:
    ({ strike }) =>
    (asking, next) => {
      if (!isWrite(asking) || batchOf(asking).length <= 2) return next(asking);
      strike();
      return Promise.resolve(html(413)());
    },
  busy429: answered(() => true, couchError(429, "too_many_requests", { "retry-after": "20" })),
  broken500: answered(() => true, couchError(500, "internal_server_error")),
  gateway502: answered(() => true, html(502)),
  portal: answered(() => true, html(200)),
};

function truncated(concerns: (asking: Asking) => boolean) {
  return ({ strike }: Surroundings): Wire =>
    async (asking, next) => {
      const answer = await next(asking);
      if (!concerns(asking)) return answer;
      strike();
      const text = await wholeText(answer);
      return { ...answer, pieces: [text.slice(0, text.length / 2)] };
    };
}

function answered(concerns: (asking: Asking) => boolean, answer: () => Answering) {
  return ({ strike }: Surroundings): Wire =>
    (asking, next) => {
      if (!concerns(asking)) return next(asking);
      strike();
      return Promise.resolve(answer());
    };
}

const year = 365 * 24 * 3_600_000;

/** Clocks that are set wrong, and right again. */
export const clockFaults: Readonly<Record<string, number>> = {
  clockTwoYearsAhead: 2 * year,
  clockTwoYearsBehind: -2 * year,
  clockRight: 0,
};

/** At which step of a write the process dies. */
export type StorageFault = "killBeforeWrite" | "killAfterWrite";
