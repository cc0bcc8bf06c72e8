// What lies here of a site that the account may not open any more: handed to the inbox at the front door, then forgotten.
import { leftDatabasesName, readLeftDatabases } from "#src/domain/ports/left-databases.ts";
import { type Draft, isErased, type SyncState } from "#src/domain/ports/store.ts";
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import { directoryDatabase, parseDatabase } from "#src/domain/record/databases.ts";
import { parseRole } from "#src/domain/roles.ts";
import type { Replica, Row } from "#src/storage/replica.ts";
import { z } from "zod";
import type { Centre } from "./centre.ts";
import { checkpointValue, isToCompare, readCheckpoint } from "./checkpoint.ts";
import type { CouchClient } from "./couch-client.ts";
import { databasesOf, type Place } from "./databases-of.ts";
import type { SyncLog } from "./event-log.ts";
import { inParts } from "./in-parts.ts";
import { forksValue } from "./forks.ts";
import type { Session } from "./session.ts";
import { storage } from "./storage-trouble.ts";
import { stopsEverything, type Trouble } from "./trouble.ts";

export interface HandOverDeps {
  readonly replica: Replica;
  readonly centre: Pick<Centre, "describe">;
  readonly session: Session;
  /** Asks below `/api`; without it nothing can be handed over, and nothing is forgotten. */
  readonly client: CouchClient | undefined;
  readonly log: SyncLog;
}

/** The inbox takes no longer one, and nothing of a request in which there is one. */
const mostOfReason = 2_000;
const kept = z.object({ ok: z.literal(true), kept: z.array(z.string()), at: z.string() });

/**
 * Databases that lie here and that these roles do not open, whatever is chosen to be kept. Where a supervisor's directory
 * does not know the site, nothing can be said of it.
 */
export function lostDatabases(
  replica: Pick<Replica, "databases" | "drafts">,
  roles: readonly string[],
  sites: readonly Place[],
): readonly string[] {
  const placed = roles.flatMap((role) => parseRole(role) ?? []);
  const known = new Set(sites.map(({ siteId }) => siteId));
  const isSupervisor = placed.some(({ role }) => role === "supervisor");
  const possible = databasesOf(roles, sites, [...placed.map(({ place }) => place), ...known]);
  const held = new Set([...replica.databases(), ...replica.drafts().map(({ database }) => database)]);
  return [...held].filter((database) => {
    const place = parseDatabase(database);
    if (!place || database === directoryDatabase || possible.includes(database)) return false;
    return known.has(place.siteId) || !isSupervisor;
  });
}

/**
 * Gives the inbox everything of the database that the centre does not have, drafts too, and forgets it once the inbox has said that
 * it keeps it. Only where the centre itself refuses the database; ok with how many rows are
 * to be tried again later.
 */
export async function handOver(
  database: string,
  deps: HandOverDeps,
  signal: AbortSignal,
): Promise<Result<number, Trouble>> {
  const { replica, centre, session, client, log } = deps;
  const draftsHere = () => replica.drafts().filter((draft) => draft.database === database);
  const here = () => replica.rows(database).length + draftsHere().length;
  if (!client) return ok(0);
  const described = await centre.describe(database, signal);
  if (described.ok) return ok(here());
  const refusal = described.error;
  if (refusal.kind !== "status" || refusal.status !== 403) return stays(refusal, here());

  const unproven = isToCompare(replica, database);
  const rows = replica.rows(database);
  // Of what was erased at the centre nothing is brought back there, in no way.
  const drafts = draftsHere();
  const given = new Set(rows.filter(({ sync }) => isErased(sync)));
  const givenDrafts = new Set<Draft>();
  const unsent = rows.filter((row) => !given.has(row) && (unproven || !isTaken(row)));
  let at = "";
  // Nothing to hand over is said too: whether the account may not write there after all is for the front door to know.
  const hand = async (items: object): Promise<Result<ReadonlySet<string>, Trouble>> => {
    const body = JSON.stringify({ database, records: [], ...items });
    const ask = { method: "POST", path: "/inbox", body, schema: kept } as const;
    const answer = await session.ask(() => client.ask(ask, signal), signal);
    if (!answer.ok) return answer;
    ({ at } = answer.value.body);
    return ok(new Set(answer.value.body.kept));
  };
  /** What the inbox keeps leaves already, so that a front door which asks for patience gets less each time. */
  const goOnLater = async (trouble: Trouble): Promise<Result<number, Trouble>> => {
    const kept = unsent.filter((row) => given.has(row));
    if (kept.length > 0) {
      const noted = await note(database, { givenDrafts, unsent: unsent.length, at }, true, replica);
      const ids = kept.map(({ record }) => record.id);
      const gone = noted.ok ? await replica.discard(database, ids, (row) => given.has(row)) : noted;
      if (!gone.ok) return err(storage(gone.error));
    }
    return stays(trouble, here());
  };
  for (const some of unsent.length + drafts.length > 0 ? inParts(unsent, itemOf) : [[]]) {
    const ids = await hand({ records: some.map(itemOf) });
    if (!ids.ok) return goOnLater(ids.error);
    for (const row of some) if (ids.value.has(row.record.id)) given.add(row);
  }
  for (const some of inParts(drafts, (draft) => draft)) {
    const ids = await hand({ drafts: some });
    if (!ids.ok) return goOnLater(ids.error);
    for (const draft of some) if (ids.value.has(draft.id)) givenDrafts.add(draft);
  }
  return forget(database, { given, givenDrafts, unsent: unsent.length, at }, unproven, { replica, log });
}

/** Everything stays: for a while, or as long as the inbox is not offered here. */
function stays(trouble: Trouble, rows: number): Result<number, Trouble> {
  if (stopsEverything(trouble)) return err(trouble);
  const isOffered = trouble.kind !== "status" || (trouble.status !== 404 && trouble.status !== 405);
  return ok(isOffered ? rows : 0);
}

interface Given {
  readonly given: ReadonlySet<Row>;
  readonly givenDrafts: ReadonlySet<Draft>;
  readonly unsent: number;
  readonly at: string;
}

/** Before anything leaves: should the right come back, all of it is read anew, whatever is forgotten by then. */
function note(
  database: string,
  { givenDrafts, unsent, at }: Omit<Given, "given">,
  isMoreToCome: boolean,
  replica: Replica,
  isStillSo: () => boolean = () => true,
): ReturnType<Replica["setLocal"]> {
  return replica.setLocal(() => {
    if (!isStillSo()) return undefined;
    const known = readLeftDatabases(replica);
    // It may be handed over again: ended in the middle, or as what is typed in an open form grows. It is told once.
    const drafts = Math.max(known[database]?.drafts ?? 0, givenDrafts.size);
    const handedOver = Math.max(known[database]?.handedOver ?? 0, unsent);
    const told = { ...known, [database]: { at, handedOver, ...(drafts > 0 && { drafts }) } };
    return {
      // That the centre may have lost the rest is not forgotten.
      ...checkpointValue(
        database,
        isMoreToCome ? { ...readCheckpoint(replica, database), since: "0" } : undefined,
      ),
      ...forksValue(database, []),
      [leftDatabasesName]: told,
    };
  });
}

async function forget(
  database: string,
  made: Given,
  unproven: boolean,
  { replica, log }: Pick<HandOverDeps, "replica" | "log">,
): Promise<Result<number, Trouble>> {
  let isCalledOff = false;
  // Found out only now, while all of this was under way: what was taken for proven is not.
  const isStillSo = () => !(isCalledOff = isToCompare(replica, database) && !unproven);
  const noted = await note(database, made, unproven, replica, isStillSo);
  if (!noted.ok) return err(storage(noted.error));
  if (isCalledOff) return ok(replica.rows(database).length);
  const forgotten = await replica.forget(database, () => ({
    handedOver: made.given,
    handedDrafts: made.givenDrafts,
    isDoubted: unproven || isToCompare(replica, database),
  }));
  if (!forgotten.ok) return err(storage(forgotten.error));
  log({ event: "left", database, handedOver: made.unsent });
  return ok(forgotten.value.length);
}

/** The centre has shown this very version. */
const isTaken = ({ sync, outbox }: Row): boolean => sync.state === "central" && outbox === undefined;

function itemOf({ record, sync, rev }: Row): object {
  return { record, state: sync.state, ...(rev === undefined ? {} : { rev }), ...reasonOf(sync) };
}
const reasonOf = (sync: SyncState): object =>
  sync.state === "refused" ? { reason: sync.refusal.reason.slice(0, mostOfReason) } : {};
