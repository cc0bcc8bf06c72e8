// Databases that have a trouble of their own: each is left alone for a while, longer after each failure, and blocks no other.
import type { SiteAside } from "#src/domain/ports/exchange.ts";
import { parseDatabase } from "#src/domain/record/databases.ts";
import { waitBeforeRetry } from "./backoff.ts";
import { faultOf, type Trouble } from "./trouble.ts";

export interface Resting {
  /** It failed, while the centre itself can be reached. */
  failed(database: string, trouble: Trouble): void;
  worked(database: string): void;
  /** Its trouble, as long as it is not to be asked along with others yet. */
  troubleOf(database: string): Trouble | undefined;
  /** Milliseconds until the first of them is to be asked again; undefined where there is none. */
  dueInMs(): number | undefined;
  /** What each of them has met; by name of the database. */
  troubles(): ReadonlyMap<string, Trouble>;
  /** All may be asked again at once. */
  wakeAll(): void;
  /** Those that are not among these any more are forgotten. */
  keepOnly(databases: readonly string[]): void;
}

interface Rest {
  readonly trouble: Trouble;
  readonly failures: number;
  /** Device time in milliseconds. */
  readonly sinceMs: number;
  readonly waitMs: number;
}

export function createResting(deps: {
  /** The device's own clock; milliseconds since 1970. */
  readonly deviceNow: () => number;
  /** Evenly spread from 0 to 1. */
  readonly chance: () => number;
}): Resting {
  const rests = new Map<string, Rest>();
  /** A clock that was put back must not make a wait of years. */
  function leftMs({ sinceMs, waitMs }: Rest): number {
    const passedMs = deps.deviceNow() - sinceMs;
    return passedMs < 0 ? 0 : Math.max(0, waitMs - passedMs);
  }
  return {
    failed(database, trouble) {
      const failures = (rests.get(database)?.failures ?? 0) + 1;
      // The network is there: silence is no reason to knock as often as a phone on the move does.
      const met: Trouble = trouble.kind === "unreachable" ? { kind: "notTheCentre" } : trouble;
      const waitMs = waitBeforeRetry(failures, met, deps.chance());
      rests.set(database, { trouble, failures, sinceMs: deps.deviceNow(), waitMs });
    },
    worked: (database) => void rests.delete(database),
    troubleOf(database) {
      const rest = rests.get(database);
      return rest && leftMs(rest) > soonMs(rest) ? rest.trouble : undefined;
    },
    dueInMs() {
      const left = [...rests.values()].map(leftMs);
      return left.length === 0 ? undefined : Math.min(...left);
    },
    troubles: () => new Map([...rests].map(([database, { trouble }]) => [database, trouble])),
    wakeAll() {
      for (const [database, rest] of rests) rests.set(database, { ...rest, waitMs: 0 });
    },
    keepOnly(databases) {
      for (const database of rests.keys()) if (!databases.includes(database)) rests.delete(database);
    },
  };
}

/**
 * What has so little left goes along when somebody asks anyway, though never sooner than it wanted. Of several that failed
 * together the first wakes when half of the longest wait is over: so all are asked in one round, not each in its own.
 */
function soonMs({ trouble, waitMs }: Rest): number {
  const wantedMs = "waitMs" in trouble ? (trouble.waitMs ?? 0) : 0;
  return Math.min(waitMs / 2, Math.max(0, waitMs - wantedMs));
}

/** The sites they belong to, each once. */
export function sitesAside(resting: Pick<Resting, "troubles">): readonly SiteAside[] {
  const reasons = new Map<string, SiteAside["why"]>();
  for (const [database, trouble] of resting.troubles()) {
    const siteId = parseDatabase(database)?.siteId;
    if (siteId) reasons.set(siteId, whyAside(trouble));
  }
  return [...reasons].map(([siteId, why]) => ({ siteId, why }));
}

function whyAside(trouble: Trouble): SiteAside["why"] {
  const { kind } = faultOf(trouble);
  if (kind === "offline") return "silent";
  if (kind === "notTheCentre") return "unreadable";
  return kind === "forbidden" ? "closed" : "failing";
}

/** Whether there are sites that are exchanged beside those. */
export const othersAreSound = (aside: readonly SiteAside[], sound: readonly string[]): boolean =>
  aside.length > 0 &&
  sound
    .map((database) => parseDatabase(database)?.siteId)
    .some((siteId) => siteId && !aside.some((each) => each.siteId === siteId));
