// One exchange with the centre: who we are, which databases are ours, and what becomes of those that are ours no more.
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import type { Reader } from "#src/domain/ports/store.ts";
import { directoryDatabase, parseDatabase } from "#src/domain/record/databases.ts";
import type { Replica } from "#src/storage/replica.ts";
import type { Centre } from "./centre.ts";
import type { CouchClient } from "./couch-client.ts";
import { databasesOf } from "./databases-of.ts";
import type { Changed, Standing } from "./changed.ts";
import type { EachDatabase, RoundEnd } from "./each-database.ts";
import { handOver, lostDatabases } from "./hand-over.ts";
import { forgetNames, partWith, readKeptNames, unwantedDatabases } from "./kept-names.ts";
import type { SyncLog } from "./event-log.ts";
import type { OneDatabase } from "./one-database.ts";
import { createProgress } from "./progress.ts";
import { rereadDamaged } from "./reread.ts";
import type { Resting } from "./resting.ts";
import type { Push } from "./push.ts";
import { offsetName, type ServerClock } from "./server-clock.ts";
import type { Session } from "./session.ts";
import { storage } from "./storage-trouble.ts";
import type { Trouble } from "./trouble.ts";
import type { ExchangeState } from "#src/domain/ports/exchange.ts";

export interface RoundDeps {
  readonly replica: Replica;
  readonly read: Pick<Reader, "list" | "unreadable">;
  readonly session: Session;
  readonly centre: Pick<Centre, "describe">;
  readonly one: OneDatabase;
  readonly each: EachDatabase;
  readonly changed: Changed;
  readonly resting: Resting;
  /** Asks below `/api`, where there is a front door. */
  readonly client: CouchClient | undefined;
  readonly push: Pick<Push, "ready">;
  readonly clock: ServerClock;
  readonly roles: readonly string[];
  readonly onRoles: (roles: readonly string[]) => void;
  readonly log: SyncLog;
}

type Progress = NonNullable<ExchangeState["progress"]>;

export interface Round {
  /** Everything: account, directory, all databases. */
  whole(signal: AbortSignal, progress: (progress: Progress) => void): Promise<RoundEnd>;
  /** Only what waits here, to be sent or to be put together; `alsoPull`: nobody follows the database, so look for our own revisions at once. */
  outgoing(signal: AbortSignal, alsoPull: (database: string) => boolean): Promise<RoundEnd>;
  /** Takes off this device the names that nobody wants kept here, as far as the centre has them. */
  forgetNames(): Promise<Result<void, Trouble>>;
}

export function createRound(deps: RoundDeps): Round {
  const { replica, read, session, one, each, push, changed, resting, clock, log } = deps;
  let { roles } = deps;
  /** What the last whole round found to be ours. */
  let ours: readonly string[] = [];

  const sites = () => read.list("site").map(({ record }) => record);
  const currentDatabases = () => databasesOf(roles, sites(), readKeptNames(replica));
  const unwanted = () => unwantedDatabases(replica, roles, sites());

  async function confirmAccount(signal: AbortSignal): Promise<Result<void, Trouble>> {
    const confirmed = await session.confirm(signal);
    if (!confirmed.ok) return confirmed;
    const now = confirmed.value.roles;
    if (now.length !== roles.length || now.some((role) => !roles.includes(role))) {
      log({ event: "rolesChanged" });
      roles = now;
      deps.onRoles(now);
    }
    return ok(undefined);
  }

  /** What waits is corrected first, in all databases, and only then is the offset stored: until then all of it is old. */
  async function setClock(): Promise<Result<void, Trouble>> {
    const offset = clock.unstored();
    if (offset === undefined) return ok(undefined);
    log({ event: "clock", offsetMs: Math.round(offset / 1000) * 1000 });
    for (const database of replica.databases()) {
      const made = await push.ready(database);
      if (!made.ok) return made;
    }
    const kept = await replica.setLocal({ [offsetName]: offset });
    return kept.ok ? kept : err(storage(kept.error));
  }

  /** What waits here is safe the sooner; and what may hang again keeps nobody waiting. */
  function inOrder(databases: readonly string[]): readonly string[] {
    const troubles = resting.troubles();
    const rank = (database: string) =>
      troubles.has(database) ? 2 : replica.outbox(database).length > 0 ? 0 : 1;
    return databases.toSorted((a, b) => rank(a) - rank(b));
  }

  return {
    async whole(signal, progress) {
      const account = await confirmAccount(signal);
      if (!account.ok) return each.failed(account.error);
      const set = await setClock();
      if (!set.ok) return each.failed(set.error);

      const told = createProgress(progress);
      let standings: ReadonlyMap<string, Standing> = new Map();
      const whole = async (database: string) => {
        const moved = (changes: number, left: number) => told.moved(database, changes, left);
        const done = await one.exchange(database, signal, moved, standings.get(database));
        if (done.ok) told.finished(database);
        return done;
      };

      // A short standstill of the centre may have passed between two rounds, and it may have been put back in it.
      one.doubt(directoryDatabase);
      const early = await rereadDamaged([directoryDatabase], deps);
      if (!early.ok) return each.failed(early.error);
      const first = await each.work(currentDatabases().slice(0, 1), signal, whole);
      if (first.halted) return first;
      ours = currentDatabases();
      const reread = await rereadDamaged([...new Set([...ours, ...replica.databases()])], deps);
      if (!reread.ok) return each.failed(reread.error);
      resting.keepOnly([...ours, ...replica.databases()]);
      const others = inOrder(ours.slice(1));
      standings = await changed.standings(
        others.filter((database) => !resting.troubleOf(database)),
        signal,
      );
      const offices = read
        .list("site")
        .flatMap(({ record }) => (record.kind === "office" ? record.siteId : []));
      told.begin(
        // An office is no place that people look for in the count.
        others.filter((database) => !offices.includes(parseDatabase(database)?.siteId ?? "")),
        new Set(others.filter((database) => one.isQuiet(database, standings.get(database)))),
      );
      const rest = await each.work(others, signal, whole);
      const leaving = unwanted();
      const left = await each.work(rest.halted ? [] : leaving, signal, async (database) => {
        const known = await one.verify(database, signal);
        return known.ok ? partWith(replica, database, one.waits, whole) : known;
      });
      const lost = rest.halted ? [] : lostDatabases(replica, roles, sites());
      const parted = await each.work(lost, signal, (database) => handOver(database, deps, signal));
      const outside = replica.databases().filter((name) => ![...ours, ...leaving].includes(name));
      const stranded = outside.some((database) => replica.outbox(database).length > 0);
      const ends = [rest, first, left, parted];
      const halting = ends.find((end) => end.halted);
      const trouble =
        halting?.trouble ??
        ends.map((end) => end.trouble).find((met) => met !== undefined) ??
        (stranded ? ({ kind: "noRight" } as const) : undefined);
      return {
        ...(trouble && { trouble }),
        ...(halting && { halted: true }),
        sound: [...first.sound, ...rest.sound],
        later: ends.reduce((sum, end) => sum + end.later, 0),
      };
    },

    async outgoing(signal, alsoPull) {
      const leaving = unwanted();
      const known = [...ours, ...leaving];
      const go = (database: string) => one.sendOut(database, signal, alsoPull(database));
      const end = await each.work(known.filter(one.waits), signal, (database) =>
        leaving.includes(database) ? partWith(replica, database, one.waits, go) : go(database),
      );
      // A form that was open when the right was lost is saved after: a whole round knows what becomes of it.
      const strays = replica.databases().filter((database) => !known.includes(database));
      const astray = strays.reduce((sum, database) => sum + replica.outbox(database).length, 0);
      return { ...end, later: end.later + astray };
    },

    forgetNames: () => forgetNames(replica, unwanted()),
  };
}
