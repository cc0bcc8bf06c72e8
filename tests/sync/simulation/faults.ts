// What goes wrong between devices, disks, clocks and the centre, each by its name; whether it really struck is counted.
import type { Chance } from "#tests/sync/support/chance.ts";
import type { TestDevice, Way } from "#tests/sync/support/test-device.ts";
import { couchError, html, straight } from "#tests/sync/support/ways.ts";

/** Told each time a fault really changes what happens. */
export type Strike = () => void;

const isWrite = (request: Request) => request.url.includes("_bulk_docs");
const isFeed = (request: Request) => request.url.includes("_changes");
const fails = () => Promise.reject(new TypeError("fetch failed"));

interface Surroundings {
  readonly strike: Strike;
  /** Waits in virtual time. */
  readonly wait: (ms: number) => Promise<void>;
  readonly chance: Chance;
}

/** Ways that are in place until another takes over. */
export const networkFaults: Readonly<Record<string, (around: Surroundings) => Way>> = {
  requestLost:
    ({ strike }) =>
    () => {
      strike();
      return fails();
    },
  answerLost:
    ({ strike }) =>
    async (request, next) => {
      const answer = await next(request);
      if (!isWrite(request)) return answer;
      strike();
      await answer.body?.cancel();
      return fails();
    },
  duplicate:
    ({ strike }) =>
    async (request, next) => {
      if (!isWrite(request)) return next(request);
      strike();
      const copy = request.clone();
      await (await next(request)).body?.cancel();
      return next(copy);
    },
  delay:
    ({ strike, wait, chance }) =>
    async (request, next) => {
      strike();
      await wait(chance.below(8_000));
      return next(request);
    },
  // What was asked first may be answered last.
  reorder:
    ({ strike, wait, chance }) =>
    async (request, next) => {
      const answer = await next(request);
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
    (request, next) => {
      if (!isWrite(request) && !isFeed(request)) return next(request);
      strike();
      return new Promise(() => undefined);
    },
  unauthorized401: answered((request) => !request.url.includes("_session"), couchError(401, "unauthorized")),
  forbidden403: answered((request) => !request.url.includes("_session"), couchError(403, "forbidden")),
  // Every row clashes with something, says somebody in between.
  conflict409:
    ({ strike }) =>
    async (request, next) => {
      if (!isWrite(request)) return next(request);
      strike();
      const { docs } = (await request.json()) as { docs: { _id: string }[] };
      const rows = docs.map(({ _id }) => ({
        id: _id,
        error: "conflict",
        reason: "Document update conflict.",
      }));
      return Response.json(rows, { status: 201 });
    },
  tooLarge413:
    ({ strike }) =>
    async (request, next) => {
      if (!isWrite(request)) return next(request);
      const { docs } = (await request.clone().json()) as { docs: unknown[] };
      if (docs.length <= 2) return next(request);
      strike();
      return html(413)();
    },
  busy429: answered(() => true, couchError(429, "too_many_requests", { "retry-after": "20" })),
  broken500: answered(() => true, couchError(500, "internal_server_error")),
  gateway502: answered(() => true, html(502)),
  portal: answered(() => true, html(200)),
};

function truncated(concerns: (request: Request) => boolean) {
  return ({ strike }: Surroundings): Way =>
    async (request, next) => {
      const answer = await next(request);
      if (!concerns(request)) return answer;
      strike();
      const text = await answer.text();
      return new Response(text.slice(0, text.length / 2), {
        headers: answer.headers,
        status: answer.status,
      });
    };
}

function answered(concerns: (request: Request) => boolean, answer: () => Response) {
  return ({ strike }: Surroundings): Way =>
    (request, next) => {
      if (!concerns(request)) return next(request);
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
export const storageFaults = ["killBeforeWrite", "killAfterWrite"] as const;
export type StorageFault = (typeof storageFaults)[number];

/** The device as it is when nothing is wrong with it any more. */
export function mend(device: TestDevice): void {
  device.way = straight;
  delete device.disk.capacity;
  // Nobody presses a button, and a network that was there all the time does not come back.
  if (!device.online) device.connection(true);
}

/** All that a course may hold, by name. */
export const faultNames: readonly string[] = [
  ...Object.keys(networkFaults),
  ...Object.keys(clockFaults),
  ...storageFaults,
  "offline",
  "killed",
  "quota",
  "cloned",
  "restored",
  "badRecord",
];
