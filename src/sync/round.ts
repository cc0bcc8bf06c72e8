// One exchange with the centre: who we are, which databases are ours, and for each send what waits and take over what came.
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import type { Reader } from "#src/domain/ports/store.ts";
import { directoryDatabase } from "#src/domain/record/databases.ts";
import type { Replica } from "#src/storage/replica.ts";
import type { Centre } from "./centre.ts";
import type { CouchClient } from "./couch-client.ts";
import { databasesOf } from "./databases-of.ts";
import type { Changed, Standing } from "./changed.ts";
import { handOver, lostDatabases } from "./hand-over.ts";
import { forgetNames, partWith, readKeptNames, unwantedDatabases } from "./kept-names.ts";
import { readCheckpoint } from "./checkpoint.ts";
import type { Forks } from "./forks.ts";
import type { SyncLog } from "./event-log.ts";
import { compare } from "./compare.ts";
import type { MovedCases } from "./moved-cases.ts";
import type { Pull } from "./pull.ts";
import type { Author } from "./offer.ts";
import { createProgress } from "./progress.ts";
import { rereadDamaged, suspectAll } from "./reread.ts";
import type { Resting } from "./resting.ts";
import type { Push } from "./push.ts";
import { offsetName, type ServerClock } from "./server-clock.ts";
import type { Session } from "./session.ts";
import { storage } from "./storage-trouble.ts";
import type { Transfers } from "./transfers.ts";
import { isPerhapsItsOwn, stopsEverything, type Trouble } from "./trouble.ts";
import type { ExchangeState } from "#src/domain/ports/exchange.ts";

export interface RoundDeps {
  readonly replica: Replica;
  readonly read: Pick<Reader, "list" | "unreadable">;
  readonly session: Session;
  readonly centre: Centre;
  readonly author: Author;
  readonly forks: Forks;
  readonly movedCases: MovedCases;
  readonly transfers: Transfers;
  readonly changed: Changed;
  readonly resting: Resting;
  /** Asks below `/api`, where there is a front door. */
  readonly client: CouchClient | undefined;
  readonly pull: Pull;
  readonly push: Push;
  readonly clock: ServerClock;
  readonly roles: readonly string[];
  readonly onRoles: (roles: readonly string[]) => void;
  readonly log: SyncLog;
}

type Progress = NonNullable<ExchangeState["progress"]>;

/** How a round ended: what is in order, and the gravest trouble met, if any. */
export interface RoundEnd {
  readonly trouble?: Trouble;
  /** The trouble is one of the whole way: the other databases were not asked. */
  readonly halted?: true;
  /** Databases that can be followed live. */
  readonly sound: readonly string[];
  /** Rows that the centre wants later, or that it must be asked about again. */
  readonly later: number;
}

export interface Round {
  /** Everything: account, directory, all databases. */
  whole(signal: AbortSignal, progress: (progress: Progress) => void): Promise<RoundEnd>;
  /** Only what waits here, to be sent or to be put together; `alsoPull`: nobody follows the database, so look for our own revisions at once. */
  outgoing(signal: AbortSignal, alsoPull: (database: string) => boolean): Promise<RoundEnd>;
  /** Takes off this device the names that nobody wants kept here, as far as the centre has them. */
  forgetNames(): Promise<Result<void, Trouble>>;
  /** The centre was out of reach: it may have been put back or made anew meanwhile. */
  mistrust(): void;
  /** The front door is to do something for us of this database. */
  waits(database: string): boolean;
  /** A person asks: what rests after a trouble of its own is tried with the next round. */
  hurry(): void;
}

export function createRound(deps: RoundDeps): Round {
  const { replica, read, session, pull, push, forks, movedCases, transfers, changed, resting, clock, log } =
    deps;
  let { roles } = deps;
  /** Databases whose identity was checked since the centre was last out of reach. */
  const verified = new Set<string>();
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
    const kept = await replica.exchange(directoryDatabase, [], () => undefined, { [offsetName]: offset });
    return kept.ok ? kept : err(storage(kept.error));
  }

  async function pullAll(
    database: string,
    signal: AbortSignal,
    moved: (changes: number, pending: number) => void,
  ): Promise<Result<void, Trouble>> {
    for (;;) {
      const page = await pull.page(database, false, signal);
      if (!page.ok) return page;
      moved(page.value.changes, page.value.pending);
      if (page.value.pending === 0) return ok(undefined);
    }
  }

  async function exchange(
    database: string,
    signal: AbortSignal,
    moved: (changes: number, pending: number) => void,
    standing?: Standing,
  ): Promise<Result<number, Trouble>> {
    if (!verified.has(database)) {
      const checked = await pull.verify(database, signal, standing);
      if (!checked.ok) return checked;
      // A store that was put back as a whole is another one in every database.
      if (!checked.value && database === directoryDatabase) {
        verified.clear();
        const suspected = await suspectAll(replica, log);
        if (!suspected.ok) return suspected;
      }
      verified.add(database);
    }
    if (isQuiet(database, standing)) return ok(0);
    const sent = await push.send(database, signal);
    if (!sent.ok) return sent;
    const pulled = await pullAll(database, signal, moved);
    if (!pulled.ok) return pulled;
    const compared = await compare(database, deps, signal);
    if (!compared.ok) return compared;
    const done = await askDoor(database, signal);
    return done.ok ? ok(sent.value + done.value) : done;
  }

  /** What the front door does for us: puts versions together, brings on what is of cases that moved, goes on with transfers. */
  async function askDoor(database: string, signal: AbortSignal): Promise<Result<number, Trouble>> {
    let later = 0;
    for (const ask of [forks.mend, movedCases.bringOn, transfers.goOn]) {
      const done = await ask(database, signal);
      if (!done.ok) return done;
      later += done.value;
    }
    return ok(later);
  }

  const waitsForDoor = (database: string): boolean =>
    forks.pending(database).length > 0 || movedCases.waits(database) || transfers.waits(database);

  /** Nothing is to be fetched from it, and nothing to be told to it. */
  function isQuiet(database: string, standing: Standing | undefined): boolean {
    if (!standing || standing.changed || readCheckpoint(replica, database).anew) return false;
    return replica.outbox(database).length === 0 && !waitsForDoor(database);
  }

  /**
   * Whether a trouble that looks like one of the whole way is this database's alone: the centre itself answers. Two in a
   * row are not believed to be.
   */
  async function isItsOwn(trouble: Trouble, before: Trouble | undefined, signal: AbortSignal) {
    if (!isPerhapsItsOwn(trouble) || (before && isPerhapsItsOwn(before))) return false;
    return (await session.confirm(signal)).ok;
  }

  /** What waits here is safe the sooner; and what may hang again keeps nobody waiting. */
  function inOrder(databases: readonly string[]): readonly string[] {
    const troubles = resting.troubles();
    const rank = (database: string) =>
      troubles.has(database) ? 2 : replica.outbox(database).length > 0 ? 0 : 1;
    return databases.toSorted((a, b) => rank(a) - rank(b));
  }

  /** One database after the other; what stops everything ends the round, the rest is noted. */
  async function each(
    databases: readonly string[],
    signal: AbortSignal,
    work: (database: string) => Promise<Result<number, Trouble>>,
  ): Promise<RoundEnd> {
    const sound: string[] = [];
    let later = 0;
    let trouble: Trouble | undefined;
    let before: Trouble | undefined;
    for (const database of databases) {
      const rests = resting.troubleOf(database);
      trouble ??= rests;
      if (rests) continue;
      const done = await work(database);
      if (done.ok) {
        resting.worked(database);
        before = undefined;
        sound.push(database);
        later += done.value;
        continue;
      }
      report(done.error, database);
      if (stopsEverything(done.error) && !(await isItsOwn(done.error, before, signal)))
        return { trouble: done.error, halted: true, sound, later };
      resting.failed(database, done.error);
      before = done.error;
      trouble ??= done.error;
    }
    return { ...(trouble && { trouble }), sound, later };
  }

  function report(trouble: Trouble, database?: string): void {
    if (database !== undefined && !stopsEverything(trouble)) verified.delete(database);
    else verified.clear();
    log({
      event: "trouble",
      kind: trouble.kind,
      ...(database !== undefined && { database }),
      ...(trouble.kind === "status" && { status: trouble.status }),
    });
  }

  function failed(trouble: Trouble): RoundEnd {
    report(trouble);
    return { trouble, halted: true, sound: [], later: 0 };
  }

  return {
    async whole(signal, progress) {
      const account = await confirmAccount(signal);
      if (!account.ok) return failed(account.error);
      const set = await setClock();
      if (!set.ok) return failed(set.error);

      const told = createProgress(progress);
      let standings: ReadonlyMap<string, Standing> = new Map();
      const one = async (database: string) => {
        const moved = (changes: number, left: number) => told.moved(database, changes, left);
        const done = await exchange(database, signal, moved, standings.get(database));
        if (done.ok) told.finished(database);
        return done;
      };

      // A short standstill of the centre may have passed between two rounds, and it may have been put back in it.
      verified.delete(directoryDatabase);
      const first = await each(currentDatabases().slice(0, 1), signal, one);
      if (first.halted) return first;
      ours = currentDatabases();
      const reread = await rereadDamaged(ours, deps);
      if (!reread.ok) return failed(reread.error);
      resting.keepOnly([...ours, ...replica.databases()]);
      const others = inOrder(ours.slice(1));
      standings = await changed.standings(
        others.filter((database) => !resting.troubleOf(database)),
        signal,
      );
      told.begin(others, new Set(others.filter((database) => isQuiet(database, standings.get(database)))));
      const rest = await each(others, signal, one);
      const leaving = unwanted();
      const left = await each(rest.halted ? [] : leaving, signal, (database) =>
        partWith(replica, database, one),
      );
      const lost = rest.halted ? [] : lostDatabases(replica, roles, sites());
      const parted = await each(lost, signal, (database) => handOver(database, deps, signal));
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
      const waits = (database: string) => replica.outbox(database).length > 0 || waitsForDoor(database);
      const go = async (database: string) => {
        const sent = await push.send(database, signal);
        if (!sent.ok) return sent;
        const done = await askDoor(database, signal);
        if (!done.ok) return done;
        const pulled = alsoPull(database) ? await pullAll(database, signal, () => undefined) : ok(undefined);
        return pulled.ok ? ok(sent.value + done.value) : pulled;
      };
      const end = await each(known.filter(waits), signal, (database) =>
        leaving.includes(database) ? partWith(replica, database, go) : go(database),
      );
      // A form that was open when the right was lost is saved after: a whole round knows what becomes of it.
      const strays = replica.databases().filter((database) => !known.includes(database));
      const astray = strays.reduce((sum, database) => sum + replica.outbox(database).length, 0);
      return { ...end, later: end.later + astray };
    },

    forgetNames: () => forgetNames(replica, unwanted()),

    mistrust: () => {
      verified.clear();
      resting.wakeAll();
    },

    waits: waitsForDoor,

    hurry: () => {
      resting.wakeAll();
    },
  };
}
