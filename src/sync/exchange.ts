// The engine that exchanges records with the centre: when it runs, what it tells, and how it recovers.
import type { Exchange, ExchangeFault } from "#src/domain/ports/exchange.ts";
import { err } from "#src/domain/ports/result.ts";
import { createAlarm } from "./alarm.ts";
import { waitBeforeRetry } from "./backoff.ts";
import { sendOn } from "./bundle-relay.ts";
import { createBundles } from "./bundles.ts";
import { createContact } from "./contact.ts";
import type { RoundEnd } from "./each-database.ts";
import type { ExchangeDeps } from "./exchange-deps.ts";
import { writeKeptNames } from "./kept-names.ts";
import { createLastExchange } from "./last-exchange.ts";
import { createLive, mostFollowed } from "./live.ts";
import { createNameOf } from "./one-name.ts";
import { createParts } from "./parts.ts";
import { othersAreSound, sitesAside } from "./resting.ts";
import { createTeller } from "./teller.ts";
import { faultOf, isPerhapsItsOwn, stopsEverything, type Trouble } from "./trouble.ts";
import { createWhichCopy } from "./which-copy.ts";

/** Rows that the centre wanted later, when nothing else is wrong: twice as long after each round that did not help. */
const laterMs = 30_000;
const longestLaterMs = 240_000;
/**
 * Between two rounds where there are too many databases to follow: the more there are, the rarer; a quarter more or less, so
 * that many devices do not come in step.
 */
const pollMs = (databases: number) => Math.max(5_000, databases * 500);

/** Begins at once, and goes on until `stop`. */
export function createExchange(deps: ExchangeDeps): Exchange {
  const { replica, read, surroundings, after, network, frontDoor, log = () => undefined } = deps;
  const deviceNow = () => surroundings.now();
  const { client, doorClient, session, clock, author, one, resting, round } = createParts(deps, chance);
  const lastExchange = createLastExchange(replica);

  const aside = () => sitesAside(resting);
  const phase = network.online() ? "idle" : "offline";
  const teller = createTeller({ phase }, { read, lastExchange, aside, onBug: deps.onBug, log });
  const { tell } = teller;

  let stopped = false;
  /** So many things are being done that nothing may be under way beside. */
  let pauses = 0;
  let ending = new AbortController();
  let running: Promise<void> | undefined;
  let current: "whole" | "outgoing" | undefined;
  /** What is to run next, and by whose wish: a person is not told "offline" without a try. */
  let wanted: "whole" | "outgoing" | undefined;
  let asked = false;
  let failures = 0;
  /** Whole rounds, one after the other, after which rows were still to be sent later. */
  let roundsInVain = 0;
  /** The last run of everything met no trouble. */
  let complete = false;
  /** The centre asked for patience, for another password or a later app: saving alone does not make us come back. */
  let held = false;
  /** The newest place in any outbox that a run has seen. */
  let seen = 0;

  const contact =
    frontDoor &&
    doorClient &&
    createContact({
      ...frontDoor,
      client: doorClient,
      session,
      which: createWhichCopy({ replica, randomBytes: surroundings.randomBytes }),
      waiting: () => teller.counts.waiting,
      after,
      deviceNow,
      signal: () => ending.signal,
    });

  const { keys } = frontDoor ?? {};
  const bundles =
    frontDoor &&
    keys &&
    createBundles({
      ...frontDoor,
      keys,
      recoveryRecipient: frontDoor.recoveryRecipient,
      replica,
      read,
      account: deps.account,
      author,
      clock,
      surroundings,
      onHeld() {
        asked = true;
        request("whole");
      },
    });

  const live = createLive({
    one,
    after,
    onAnswer(database, { changes, startedOver }) {
      if (stopped) return;
      if (teller.state.phase === "idle") {
        void lastExchange.mark(clock.now());
        contact?.note();
        tell({ phase: "idle" });
      }
      // Sites and accounts may have changed, and with them what is ours.
      if (startedOver || (database === "directory" && changes > 0)) request("whole");
      else if (one.waitsForDoor(database)) request("outgoing");
    },
    onTrouble(trouble, inVain) {
      if (stopped) return;
      if (inVain > 1 && isPerhapsItsOwn(trouble)) {
        // All else goes well: what stands between ends whatever is held open.
        one.doubt();
        live.stop();
      } else {
        // A database that was closed to us ends its feed without a word: ask anew who we are and what is ours.
        mistrust();
        settle({ trouble, ...(stopsEverything(trouble) && { halted: true }), sound: [], later: 0 });
      }
      // The round that comes next may go well, and would be followed by the next feed at once.
      if (!held) alarm.set(waitBeforeRetry(inVain, { kind: "unreachable" }, chance()));
    },
    onBug(error, inVain) {
      if (stopped) return;
      broke(error);
      alarm.set(waitBeforeRetry(inVain, { kind: "broken" }, chance()));
    },
  });

  const alarm = createAlarm({
    after,
    deviceNow,
    ring() {
      held = session.refused;
      request("whole");
    },
    log,
  });

  const newest = () =>
    Math.max(0, ...replica.databases().map((database) => replica.outbox(database).at(-1)?.outbox ?? 0));

  function request(what: "whole" | "outgoing"): void {
    if (stopped || (held && !asked)) return;
    // Before a first complete run, and after a failure, sending alone would not tell how it stands.
    if (wanted !== "whole") wanted = complete ? what : "whole";
    if (pauses === 0) running ??= work();
  }

  async function work(): Promise<void> {
    // Whoever asked goes on first: a save is told of before it is sent.
    await Promise.resolve();
    try {
      for (;;) {
        const what = wanted;
        if (what === undefined || stopped || pauses > 0) return;
        wanted = undefined;
        if (!network.online() && !asked) {
          live.stop();
          tell({ phase: "offline" });
          continue;
        }
        if (asked) resting.wakeAll();
        asked = false;
        current = what;
        const end = await runOnce(what);
        if (!stopped) await conclude(what, end);
      }
    } catch (error) {
      if (!stopped) broke(error);
    } finally {
      // In the same breath as the last look at `wanted`, so that no wish falls between.
      running = undefined;
      current = undefined;
    }
  }

  /** Nobody knows what a bug has left undone: it is said, and everything is tried again, ever more rarely. */
  function broke(error: unknown): void {
    settle({ trouble: { kind: "broken" }, halted: true, sound: [], later: 0 });
    deps.onBug(error);
  }

  async function runOnce(what: "whole" | "outgoing"): Promise<RoundEnd> {
    const { signal } = ending;
    seen = newest();
    tell({ phase: "syncing" });
    if (what === "outgoing") return round.outgoing(signal, (database) => !live.isFollowing(database));
    live.stop();
    alarm.callOff();
    const end = await round.whole(signal, (progress) => {
      tell({ phase: "syncing", progress });
    });
    if (end.trouble || !doorClient) return end;
    const relayed = await sendOn({ replica, session, client: doorClient, log }, signal);
    return relayed.ok ? { ...end, later: end.later + relayed.value } : { ...end, trouble: relayed.error };
  }

  async function conclude(what: "whole" | "outgoing", end: RoundEnd): Promise<void> {
    if (end.trouble?.kind === "stopped") {
      if (wanted === undefined && pauses === 0) tell({ phase: "offline" });
      return;
    }
    if (!end.trouble) await lastExchange.mark(clock.now());
    else if (what === "whole" && isOfSomeSites(end)) await lastExchange.markFirst(clock.now());
    if (stopped) return;
    // Whoever looks after the devices wants to know of one that may not exchange any more.
    if (!end.trouble || end.trouble.kind === "appTooOld") contact?.note();
    if (what === "whole" || end.trouble) {
      // What was saved meanwhile goes with the next try.
      if (end.trouble && wanted === "outgoing") wanted = undefined;
      if (what === "whole") roundsInVain = end.later > 0 ? roundsInVain + 1 : 0;
      settle(end);
    } else if (complete) {
      tell({ phase: "idle" });
      if (end.later > 0) alarm.setSooner(laterInMs());
    }
  }

  const isOfSomeSites = ({ halted, sound }: RoundEnd) => !halted && othersAreSound(aside(), sound);

  /** Tells how it stands, and arranges for what comes next. */
  function settle(end: RoundEnd): void {
    const { trouble, halted, sound, later } = end;
    complete = trouble === undefined;
    held = false;
    if (trouble) {
      failures += 1;
      const fault: ExchangeFault = isOfSomeSites(end) ? { kind: "someSites" } : faultOf(trouble);
      tell({ phase: fault.kind === "offline" ? "offline" : "error", fault });
    } else {
      failures = 0;
      tell({ phase: "idle" });
    }
    if (trouble?.kind === "passwordChanged" || trouble?.kind === "oneTimePassword") {
      live.stop();
      held = true;
      return;
    }
    const follows = !halted && sound.length > 0 && sound.length <= mostFollowed;
    if (follows) live.follow(sound);
    else live.stop();
    if (trouble && halted) {
      retry(trouble);
      return;
    }
    const due = trouble && (resting.dueInMs() ?? waitBeforeRetry(failures, trouble, chance()));
    const poll = follows || sound.length === 0 ? undefined : pollMs(sound.length) * (0.75 + chance() / 2);
    const waits = [due, later > 0 ? laterInMs() : undefined, poll].filter((ms) => ms !== undefined);
    // Upwards: what rests for another fraction of a millisecond is not asked yet, and would be woken for again at once.
    if (waits.length > 0) alarm.set(Math.ceil(Math.min(...waits)));
  }

  const laterInMs = () => Math.min(longestLaterMs, laterMs * 2 ** Math.max(0, roundsInVain - 1));

  function retry(trouble: Trouble): void {
    held =
      trouble.kind === "lockedOut" ||
      trouble.kind === "appTooOld" ||
      ("waitMs" in trouble && trouble.waitMs !== undefined);
    alarm.set(waitBeforeRetry(failures, trouble, chance()));
  }

  function chance(): number {
    const [high = 0, low = 0] = surroundings.randomBytes(2);
    return (high * 256 + low) / 65_536;
  }

  /** The centre was out of reach: it may have been put back or made anew meanwhile. */
  function mistrust(): void {
    one.doubt();
    resting.wakeAll();
  }

  function breakOff(): void {
    ending.abort();
    ending = new AbortController();
  }

  const unwatchNetwork = network.watch(() => {
    if (network.online()) {
      failures = 0;
      roundsInVain = 0;
      held = session.refused;
      if (held) settle({ trouble: { kind: "passwordChanged" }, halted: true, sound: [], later: 0 });
      else request("whole");
      return;
    }
    alarm.callOff();
    live.stop();
    mistrust();
    breakOff();
    tell({ phase: "offline" });
  });

  const unwatchReplica = replica.watch(() => {
    if (newest() > seen) {
      seen = newest();
      // What is new may go through where something else does not.
      roundsInVain = 0;
      request("outgoing");
    }
    teller.recount();
  });

  request("whole");

  return {
    get state() {
      return teller.state;
    },
    get counts() {
      return teller.counts;
    },
    watch: teller.watch,
    async run() {
      if (session.refused || stopped) return;
      // A run that hangs in a dead connection would give up much later, and then wait.
      const hangs = client.isStill();
      if (hangs) breakOff();
      roundsInVain = 0;
      if (hangs || current !== "whole") {
        asked = true;
        request("whole");
      }
      await running;
    },
    async resume(password) {
      session.renew(password);
      held = false;
      failures = 0;
      roundsInVain = 0;
      asked = true;
      request("whole");
      await running;
    },
    async keepNames(siteIds) {
      pauses += 1;
      live.stop();
      ending.abort();
      ending = new AbortController();
      await running;
      const kept = await writeKeptNames(replica, siteIds);
      // What is not forgotten now for want of space is tried again with every round.
      if (kept.ok) await round.forgetNames();
      pauses -= 1;
      asked = true;
      request("whole");
      return kept;
    },
    nameOf: createNameOf({ client, session, signal: () => ending.signal }),
    devices: () => contact?.devices() ?? Promise.resolve(err({ type: "NotOfferedHere" })),
    ...(bundles && { bundles }),
    async stop() {
      stopped = true;
      contact?.stop();
      unwatchNetwork();
      unwatchReplica();
      alarm.callOff();
      live.stop();
      ending.abort();
      await running;
    },
  };
}
