// Of which sites a supervisor's device keeps people's names, and which databases it is to part with (D1).
import { identityDatabase, parseDatabase } from "#src/domain/record/databases.ts";
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import type { StoreFault } from "#src/domain/ports/store.ts";
import { parseRole } from "#src/domain/roles.ts";
import type { Replica, Row } from "#src/storage/replica.ts";
import { fromTheBeginning, isToCompare } from "./checkpoint.ts";
import { databasesOf, type Place } from "./databases-of.ts";
import { inInbox } from "./held-words.ts";
import { storage } from "./storage-trouble.ts";
import type { Trouble } from "./trouble.ts";

/** Local value: ids of the sites. */
const keepNamesName = "keepNames";

export function readKeptNames(replica: Pick<Replica, "local">): readonly string[] {
  const kept = replica.local(keepNamesName);
  return Array.isArray(kept) ? kept.filter((id) => typeof id === "string") : [];
}

/** What was forgotten would come again by no change, so a site that is chosen anew is read from its beginning. */
export function writeKeptNames(
  replica: Replica,
  siteIds: readonly string[],
): Promise<Result<void, StoreFault>> {
  return replica.setLocal(() => {
    const before = readKeptNames(replica);
    const anew = siteIds.filter((id) => !before.includes(id)).map(identityDatabase);
    return { ...fromTheBeginning(replica, anew), [keepNamesName]: siteIds };
  });
}

/**
 * Databases of names that lie here though nobody wants them kept any more. One that the account may not open (any more)
 * is not among them: what waits in it could not be sent.
 */
export function unwantedDatabases(
  replica: Replica,
  roles: readonly string[],
  sites: readonly Place[],
): readonly string[] {
  const places = roles.flatMap((role) => parseRole(role)?.place ?? []);
  const possible = databasesOf(roles, sites, [...places, ...sites.map(({ siteId }) => siteId)]);
  const wanted = databasesOf(roles, sites, readKeptNames(replica));
  return replica
    .databases()
    .filter((name) => parseDatabase(name)?.kind === "identity")
    .filter((name) => possible.includes(name) && !wanted.includes(name));
}

/** Takes them off this device as far as the centre has them. */
export async function forgetNames(
  replica: Replica,
  databases: readonly string[],
): Promise<Result<void, Trouble>> {
  for (const database of databases) {
    const forgotten = await forgetProven(replica, database);
    if (!forgotten.ok) return err(storage(forgotten.error));
  }
  return ok(undefined);
}

/**
 * What is on its way goes first, and is forgotten when it is seen back; ok with how much of it there still is.
 * @param waits something of it is to be sent, or to be kept elsewhere
 */
export async function partWith(
  replica: Replica,
  database: string,
  waits: (database: string) => boolean,
  goOn: (database: string) => Promise<Result<number, Trouble>>,
): Promise<Result<number, Trouble>> {
  const before = await forgetProven(replica, database);
  if (!before.ok) return err(storage(before.error));
  if (!isToCompare(replica, database) && !before.value.some(isOnItsWay) && !waits(database)) return ok(0);
  const gone = await goOn(database);
  if (!gone.ok) return gone;
  const after = await forgetProven(replica, database);
  return after.ok ? ok(after.value.filter(isOnItsWay).length) : err(storage(after.error));
}

/** Nothing of a database that was put back or made anew, until it is known what the centre has lost of it. */
const forgetProven = (replica: Replica, database: string): ReturnType<Replica["forget"]> =>
  replica.forget(database, () => ({
    handedOver: new Set(inInbox(replica, database)),
    isDoubted: isToCompare(replica, database),
  }));

/** It has to travel, or to be seen back. A refused record waits for a person. */
const isOnItsWay = ({ outbox, sync }: Row): boolean => outbox !== undefined || sync.state === "sent";
