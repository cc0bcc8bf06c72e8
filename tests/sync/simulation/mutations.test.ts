// Each fault bites: with its defence taken out, the same courses of events end badly.
import { isDeepStrictEqual } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { ok } from "#src/domain/ports/result.ts";
import type { Envelope, EnvelopeStore } from "#src/storage/envelope.ts";
import type { MemoryDisk } from "#src/storage/memory-envelopes.ts";
import type { Ownership } from "#src/storage/ownership.ts";
import type { Replica, Row } from "#src/storage/replica.ts";
import type { Ask, CouchClient } from "#src/sync/couch-client.ts";
import type { Decision } from "#src/sync/decide.ts";
import type { PushDeps } from "#src/sync/push.ts";
import { faultNames, simulate as simulateAsItIs } from "./run.ts";

type Members = Readonly<Record<string, unknown>>;

interface Mutation {
  /** The faults against which the defence stands. */
  readonly against: readonly string[];
  /** Others without which it would not show. */
  readonly besides?: readonly string[];
  /** Why it harms without the fault too. */
  readonly harmsAnyway?: string;
  readonly what: string;
  readonly file: string;
  readonly change: (original: Members) => Members;
}

/** A member of a module that is a function, to be called in its place. */
function own(original: Members, name: string): (...args: readonly unknown[]) => unknown {
  const member = original[name];
  if (typeof member !== "function") throw new Error(`${name} is no function of the module`);
  return (...args) => Reflect.apply(member, undefined, args) as unknown;
}

/** Answers of one kind of trouble, taken for "all rows accepted". */
const believing = (kinds: readonly string[]) => (original: Members) => ({
  createCouchClient: (deps: unknown) => {
    const client = own(original, "createCouchClient")(deps) as {
      ask: (ask: { path: string; body?: string }, signal: unknown) => Promise<{ ok: boolean; error?: { kind: string } }>;
    };
    return {
      ...client,
      async ask(ask: { path: string; body?: string }, signal: unknown) {
        const answer = await client.ask(ask, signal);
        if (answer.ok || !ask.path.includes("_bulk_docs") || !kinds.includes(answer.error?.kind ?? "")) return answer;
        const { docs } = JSON.parse(ask.body ?? "{}") as { docs: { _id: string; _rev?: string }[] };
        const body = docs.map(({ _id, _rev }) => ({ ok: true, id: _id, rev: `${Number.parseInt(_rev ?? "0") + 1}-0` }));
        return ok({ body, at: 0 });
      },
    };
  },
}); // prettier-ignore

/** A disk on which `lie` decides what becomes of a write. */
const disk = (lie: (write: () => Promise<unknown>) => Promise<unknown>) => (original: Members) => ({
  openMemoryEnvelopes: (of: unknown) => {
    const real = own(original, "openMemoryEnvelopes")(of) as { write: (...args: unknown[]) => Promise<unknown> };
    return { ...real, write: (...args: unknown[]) => lie(() => real.write(...args)) };
  },
}); // prettier-ignore

const later = () => {
  let waiting: (() => Promise<unknown>) | undefined;
  return async (write: () => Promise<unknown>) => {
    await waiting?.();
    waiting = write;
    return ok(undefined);
  };
};

const outOfQueue = ({ outbox: _outbox, ...row }: Row): Row => row;

const mutations: readonly Mutation[] = [
  {
    against: ["duplicate"],
    what: "our own version is taken for another's",
    file: "#src/sync/decide.ts",
    // A conflict about the very record that was sent.
    change: (original) => ({
      decisionOf(current: Row | undefined, decision: Decision) {
        const { verdict, found, sent, at } = decision;
        const isOwn = typeof found === "object" && isDeepStrictEqual(found.record, sent.record);
        if (!current || verdict.verdict !== "conflict" || !isOwn)
          return own(original, "decisionOf")(current, decision);
        const refusal = { kind: "other", reason: "another has it", at } as const;
        return { ...outOfQueue(current), sync: { state: "refused", refusal } };
      },
    }),
  },
  {
    against: ["cloned"],
    harmsAnyway: "what a device has sent comes back to it, and looks like another's each time",
    what: "our own version is not recognised",
    file: "#src/sync/meet.ts",
    change: () => ({ meet: () => "apart" }),
  },
  {
    against: ["conflict409", "answerLost", "truncatedAnswer"],
    what: "a conflict is a refusal",
    file: "#src/sync/outcome.ts",
    change: (original) => ({
      verdictOf: (outcome: { error?: string } | undefined) =>
        outcome?.error === "conflict"
          ? { verdict: "refused", kind: "other", reason: "conflict" }
          : own(original, "verdictOf")(outcome),
    }),
  },
  {
    against: ["badRecord"],
    what: "a refused row stays in the queue",
    file: "#src/sync/outcome.ts",
    change: (original) => ({
      verdictOf: (outcome: unknown) => {
        const verdict = own(original, "verdictOf")(outcome) as { verdict: string };
        return verdict.verdict === "refused" ? { verdict: "later" } : verdict;
      },
    }),
  },
  {
    against: ["restored"],
    what: "how far the feed was read is not put back with what was read",
    file: "#src/storage/memory-envelopes.ts",
    change: (original) => {
      const newest = new Map<unknown, Map<string, Envelope>>();
      return {
        openMemoryEnvelopes: (of: unknown) => {
          const real = own(original, "openMemoryEnvelopes")(of) as EnvelopeStore;
          const read = newest.get(of) ?? new Map<string, Envelope>();
          newest.set(of, read);
          return {
            ...real,
            all: () => Promise.resolve(ok([...new Map([...(of as MemoryDisk).envelopes, ...read]).values()])),
            write(puts: readonly Envelope[], drops: readonly string[]) {
              for (const put of puts) if (/"name":"checkpoint:/.test(put.b)) read.set(put.id, put);
              return real.write(puts, drops);
            },
          };
        },
      };
    },
  },
  {
    against: ["requestLost"],
    what: "no answer is taken for a good one",
    file: "#src/sync/couch-client.ts",
    change: believing(["unreachable"]),
  },
  {
    against: ["portal", "gateway502"],
    what: "anybody's answer is taken for the centre's",
    file: "#src/sync/couch-client.ts",
    change: believing(["notTheCentre", "status"]),
  },
  {
    against: ["halfOpen"],
    what: "a request without an answer is waited for",
    file: "#src/sync/couch-client.ts",
    change: (original) => ({
      createCouchClient: (deps: object) =>
        own(original, "createCouchClient")({ ...deps, after: () => () => undefined }),
    }),
  },
  {
    against: ["broken500", "forbidden403", "unauthorized401"],
    what: "nobody tries again",
    file: "#src/sync/backoff.ts",
    change: () => ({ waitBeforeRetry: () => 1e12 }),
  },
  {
    against: ["busy429"],
    what: "it is tried again at once",
    file: "#src/sync/backoff.ts",
    change: () => ({ waitBeforeRetry: () => 100 }),
  },
  {
    against: ["delay"],
    what: "what is saved while others are on their way is taken for sent with them",
    file: "#src/sync/push.ts",
    change: (original) => ({
      createPush: (deps: PushDeps) => {
        const { centre, replica } = deps;
        const write: PushDeps["centre"]["write"] = async (database, texts, signal) => {
          const answer = await centre.write(database, texts, signal);
          const sent = new Set(texts.map((text) => (JSON.parse(text) as { _id: string })._id));
          const late = replica.outbox(database).map(({ record }) => record.id).filter((id) => !sent.has(id));
          if (answer.ok) await replica.exchange(database, late, (_id, row) => row && outOfQueue(row));
          return answer;
        };
        return own(original, "createPush")({ ...deps, centre: { ...centre, write } });
      },
    }), // prettier-ignore
  },
  {
    against: ["clockTwoYearsBehind", "clockRight"],
    what: "the place in the queue is the wall clock",
    file: "#src/storage/local-write.ts",
    change: (original) => ({
      savedRow: (change: unknown, current: unknown, _outbox: number, arrivedAt: string) =>
        own(original, "savedRow")(change, current, Date.parse(arrivedAt), arrivedAt),
    }),
  },
  {
    against: ["offline"],
    what: "nobody hears of a network that comes back",
    file: "#src/sync/exchange.ts",
    change: (original) => ({
      createExchange: (deps: { network: object }) =>
        own(
          original,
          "createExchange",
        )({
          ...deps,
          network: { ...deps.network, watch: () => () => undefined },
        }),
    }),
  },
  {
    against: ["killAfterWrite"],
    what: "the process alone knows what waits",
    file: "#src/storage/sealed-store.ts",
    change: (original) => ({
      async openSealedStore(deps: unknown) {
        const opened = (await own(original, "openSealedStore")(deps)) as { value: Replica };
        const { value: replica } = opened;
        for (const database of replica.databases()) {
          const ids = replica.outbox(database).map(({ record }) => record.id);
          await replica.exchange(database, ids, (_id, row) => row && outOfQueue(row));
        }
        return opened;
      },
    }),
  },
  {
    against: ["clockTwoYearsAhead"],
    what: "instants are sent as the device has them",
    file: "#src/sync/restamp.ts",
    change: () => ({ restamp: () => undefined }),
  },
  {
    against: ["killed", "killBeforeWrite"],
    // With a network, what was lost comes back from the centre.
    besides: ["offline"],
    what: "a write is told of before it is on the disk",
    file: "#src/storage/memory-envelopes.ts",
    change: (original) => ({
      openMemoryEnvelopes: (of: unknown) => {
        const lie = later();
        return (disk(lie)(original).openMemoryEnvelopes as (of: unknown) => unknown)(of);
      },
    }),
  },
  {
    against: ["quota"],
    besides: ["offline", "killed"],
    what: "a full disk says nothing",
    file: "#src/storage/memory-envelopes.ts",
    change: disk(async (write) => {
      await write();
      return ok(undefined);
    }),
  },
  {
    against: ["reorder", "truncatedFeed"],
    what: "a page is done with before it has come whole",
    file: "#src/sync/pull.ts",
    change: (original) => ({
      createPull: (deps: { centre: { changes: (...args: readonly unknown[]) => Promise<{ ok: boolean; value?: { body: { results: unknown[] } } }> } }) => {
        const { changes } = deps.centre;
        return own(original, "createPull")({
          ...deps,
          centre: {
            ...deps.centre,
            async changes(...args: readonly unknown[]) {
              const answer = await changes(...args);
              const results = answer.value?.body.results ?? [];
              if (results.length > 2) results.splice(Math.ceil(results.length / 2));
              return answer;
            },
          },
        });
      },
    }), // prettier-ignore
  },
  {
    against: ["tooLarge413"],
    // Otherwise more than two rows hardly ever go together.
    besides: ["offline"],
    what: "a batch that is too large is refused as a whole",
    file: "#src/sync/weigh.ts",
    change: (original) => ({
      weigh: (...args: readonly unknown[]) => {
        const weighed = own(original, "weigh")(...args);
        return weighed === "again" ? { verdict: "refused", kind: "too_large", reason: "" } : weighed;
      },
    }),
  },
  {
    against: ["serverRestored"],
    what: "another store is taken for the one that was read",
    file: "#src/sync/checkpoint.ts",
    change: () => ({ isMadeAnew: () => false, isBehind: () => false }),
  },
  {
    against: ["serverRestored"],
    what: "nobody looks for what it has forgotten",
    file: "#src/sync/compare.ts",
    change: () => ({ compare: () => Promise.resolve(ok(undefined)) }),
  },
  {
    against: ["rightsChanged"],
    // Otherwise nothing waits in the moment in which the right goes.
    besides: ["offline"],
    what: "what lies here of a lost site is forgotten at once",
    file: "#src/sync/hand-over.ts",
    change: () => ({
      handOver: async (database: string, { replica }: { replica: Replica }) => {
        await replica.forget(database, () => ({ handedOver: new Set(replica.rows(database)) }));
        return ok(0);
      },
    }),
  },
  {
    against: ["rightsChanged"],
    what: "a lost site stays",
    file: "#src/sync/hand-over.ts",
    change: () => ({ handOver: () => Promise.resolve(ok(0)) }),
  },
  {
    against: ["corruptBlob"],
    what: "nothing is read anew",
    file: "#src/sync/reread.ts",
    change: () => ({ rereadDamaged: () => Promise.resolve(ok(undefined)) }),
  },
  {
    against: ["frozenLeader", "twoTabs"],
    // What lies on the disk is seen when it is read again.
    besides: ["killed"],
    what: "a tab that was taken over is not told, and does not ask",
    file: "#src/storage/web-locks.ts",
    change: (original) => ({
      webLocks: (locks: unknown) => {
        const real = own(original, "webLocks")(locks) as Ownership;
        const never = new Promise<void>(() => undefined);
        const takeOver = async (name: string) => ({ ...(await real.takeOver(name)), lost: never, holds: () => Promise.resolve(true) });
        return { ...real, takeOver };
      },
    }), // prettier-ignore
  },
  {
    against: ["schemaUpgrade"],
    what: "the centre takes the last version alone",
    file: "#server/rule/rule-table.ts",
    change: ({ ruleTable }) => {
      const { types, ...table } = ruleTable as { types: Record<string, { before?: unknown }> };
      const last = Object.entries(types).map(([name, { before: _before, ...spec }]) => [name, spec] as const);
      return { ruleTable: { ...table, types: Object.fromEntries(last) } };
    },
  },
  {
    against: ["schemaUpgrade"],
    what: "what an earlier version wrote is read as it stands",
    file: "#src/domain/record/upcast.ts",
    change: () => ({ readAsCurrent: (record: unknown) => ({ record, newer: false }) }),
  },
  {
    against: ["updateMidForm"],
    what: "a draft goes before the record of it is there",
    file: "#src/storage/memory-envelopes.ts",
    change: (original) => ({
      openMemoryEnvelopes: (of: unknown) => {
        const real = own(original, "openMemoryEnvelopes")(of) as EnvelopeStore;
        let late = (): Promise<unknown> => Promise.resolve();
        return {
          ...real,
          async write(puts: readonly Envelope[], drops: readonly string[]) {
            await late();
            late = () => Promise.resolve();
            if (drops.length === 0) return real.write(puts, drops);
            late = () => real.write(puts, []);
            return real.write([], drops);
          },
        };
      },
    }),
  },
  {
    against: ["userSwitch"],
    what: "whoever is signed in is taken for us, and nobody says who is meant",
    file: "#src/sync/couch-client.ts",
    change: (original) => ({
      createCouchClient: (deps: { account: string }) => {
        const client = own(original, "createCouchClient")({ ...deps, account: undefined }) as CouchClient;
        const ask = async (asked: Ask<unknown>, signal: AbortSignal) => {
          const answer = await client.ask(asked, signal);
          if (!answer.ok || asked.method !== "GET" || asked.path !== "/_session") return answer;
          const { userCtx } = answer.value.body as { userCtx: { name: string | null } };
          if (userCtx.name === null) return answer;
          return ok({ ...answer.value, body: { userCtx: { ...userCtx, name: deps.account } } });
        };
        return { ...client, ask };
      },
    }),
  },
];

const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
const cells = mutations.flatMap((mutation) =>
  mutation.against.map((fault) => [fault, mutation.what, mutation] as const),
);

type Simulate = typeof simulateAsItIs;

/** Whether the course of a seed with these faults alone ends badly. */
async function endsBadly(simulate: Simulate, seed: number, only: readonly string[]): Promise<boolean> {
  const { lost, divergent, untrue } = await simulate({ seed, devices: 3, operations: 60, only });
  return lost.length + divergent.length + untrue.length > 0;
}

async function firstBadSeed(simulate: Simulate, only: readonly string[]): Promise<number | undefined> {
  for (const seed of seeds) if (await endsBadly(simulate, seed, only)) return seed;
  return undefined;
}

const loaded = new Map<Mutation, Promise<Simulate>>();

/** The simulation with this defence taken out of the product. */
function without(mutation: Mutation): Promise<Simulate> {
  const { file, change } = mutation;
  const known = loaded.get(mutation);
  if (known) return known;
  const loading = (async () => {
    vi.resetModules();
    vi.doMock(file, async (load) => {
      const original: Members = await load();
      const members = change(original);
      const missing = Object.keys(members).filter((name) => !Object.hasOwn(original, name));
      if (missing.length > 0) throw new Error(`${file} has no ${missing.join(", ")}`);
      return { ...original, ...members };
    });
    const { simulate } = await import("./run.ts");
    vi.doUnmock(file);
    return simulate;
  })();
  loaded.set(mutation, loading);
  return loading;
}

describe.each(cells)("%s", (fault, what, mutation) => {
  const { besides = [], harmsAnyway } = mutation;
  const alone = harmsAnyway === undefined ? "none without it" : `without it too, since ${harmsAnyway}`;
  it(`does harm where ${what}, ${alone}, and none as it is`, { timeout: 600_000 }, async () => {
    const simulate = await without(mutation);
    const only = [fault, ...besides];
    const seed = await firstBadSeed(simulate, only);
    expect(seed).toBeDefined();
    expect(await endsBadly(simulateAsItIs, seed ?? 0, only)).toBe(false);
    expect(await endsBadly(simulate, seed ?? 0, besides)).toBe(harmsAnyway !== undefined);
  });
});

it("every fault is here", () => {
  const named = new Set(cells.map(([fault]) => fault));
  expect(faultNames.filter((name) => !named.has(name))).toEqual([]);
});
