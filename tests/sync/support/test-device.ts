// A device for tests: the real store on a memory disk, the real engine, its own clock, network and cookies.
import type { Exchange } from "#src/domain/ports/exchange.ts";
import type { AnyRecord } from "#src/domain/record/define.ts";
import { entryOf } from "#src/domain/record/history.ts";
import { newId } from "#src/domain/record/ids.ts";
import type { Case } from "#src/domain/records/case.ts";
import { contentOf, unitsOf } from "#src/domain/record/unit.ts";
import { definitions } from "#src/domain/records/index.ts";
import type { Note } from "#src/domain/records/note.ts";
import type { EnvelopeStore } from "#src/storage/envelope.ts";
import type { Ownership } from "#src/storage/ownership.ts";
import { type MemoryDisk, newMemoryDisk, openMemoryEnvelopes } from "#src/storage/memory-envelopes.ts";
import { openSealedStore, type SealedStore } from "#src/storage/sealed-store.ts";
import type { SyncEvent } from "#src/sync/event-log.ts";
import type { Head, Reach } from "#src/sync/couch-client.ts";
import { createExchange } from "#src/sync/exchange.ts";
import type { FrontDoor } from "#src/sync/exchange-deps.ts";
import { chanceFrom } from "./chance.ts";
import { accounts, type AccountName, hoaVang, passwordOf, type TestCentre } from "./test-centre.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** What lies between device and centre: hands the request on, or does not; changes the answer, or loses it. */
export type Way = (request: Request, next: (request: Request) => Promise<Response>) => Promise<Response>;

export type DiskWay = (write: () => ReturnType<EnvelopeStore["write"]>) => ReturnType<EnvelopeStore["write"]>;

export interface TestDevice {
  readonly name: AccountName;
  readonly store: SealedStore;
  readonly exchange: Exchange;
  readonly log: SyncEvent[];
  readonly disk: MemoryDisk;
  /** `METHOD path` of every request, without query. */
  readonly requests: string[];
  way: Way;
  /** What lies between store and disk. */
  diskWay: DiskWay;
  /** A bug of the engine; unless a test expects one, it fails. */
  onBug: (error: unknown) => void;
  online: boolean;
  /** Milliseconds by which this device's clock is wrong. */
  skew: number;
  /** Tells the engine that `online` has changed. */
  connection(online: boolean): void;
  /** The process is gone in this moment; the disk and the browser's cookies stay. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /**
   * The process stands still: nothing reaches it, neither answers nor timers nor news of its locks. Another may be started
   * beside it. It goes on with what has come meanwhile when the function this returns is called.
   */
  freeze(): () => Promise<void>;
  newCase(fields?: Partial<Case>): Promise<Case>;
  editCase(id: string, fields: Partial<Case>): Promise<Case>;
  newNote(caseId: string, text: string): Promise<Note>;
  /** @param dropDrafts ids of drafts that end with it */
  save(database: string, record: AnyRecord, dropDrafts?: readonly string[]): Promise<void>;
  case(id: string): ReturnType<SealedStore["read"]["get"]>;
  readonly now: () => string;
}

export interface DeviceOptions {
  readonly time: VirtualTime;
  /** Not needed where there is `reach`. */
  readonly centre?: TestCentre;
  readonly name: AccountName;
  readonly online?: boolean;
  readonly skew?: number;
  readonly seed?: number;
  readonly site?: string;
  /** A disk that has been used before. */
  readonly disk?: MemoryDisk;
  /** What the device says of itself to a front door at `/api`; it speaks with the record store alone where it is left out. */
  readonly app?: Omit<FrontDoor, "base">;
  /** In place of `way` and centre; the device still knows whether it is online. */
  readonly reach?: Reach;
  /** In place of envelopes that lie in memory alone. */
  readonly envelopes?: (disk: MemoryDisk) => Promise<EnvelopeStore>;
  /** Which of its processes has the profile; `crashed` frees what it had. */
  readonly ownership?: () => Ownership & { crashed(): void };
}

/** One process of the app on the device. */
interface Life {
  is: "alive" | "frozen" | "dead";
  /** What would have happened meanwhile. */
  readonly held: (() => void)[];
  readonly network: Set<() => void>;
  readonly ownership: (Ownership & { crashed(): void }) | undefined;
  end: () => Promise<void>;
}

/** What a damaged blob begins with here. */
export const damaged = "damaged";
/** Sealing is tested elsewhere; here the text itself lies on the disk, so that time stays virtual. */
const openText = {
  seal: (id: string, text: string) => Promise.resolve({ id, v: 1, k: "none", b: text }),
  open: ({ b }: { b: string }) => Promise.resolve(b.startsWith(damaged) ? undefined : b),
};

const newLife = (ownership: Life["ownership"]): Life => ({
  is: "alive",
  held: [],
  network: new Set(),
  ownership,
  end: () => Promise.resolve(),
});

export async function createTestDevice(options: DeviceOptions): Promise<TestDevice> {
  const { time, centre, name, site = hoaVang } = options;
  const chance = chanceFrom((options.seed ?? 1) * 31 + name.length * 7 + name.charCodeAt(0));
  const disk = options.disk ?? newMemoryDisk();
  const handle = centre?.handle ?? (() => Promise.reject(new Error("there is no centre")));
  const cookies = new Map<string, string>();
  let life: Life = newLife(undefined);
  /** With those that stand still. */
  const lives: Life[] = [];
  let parts: { store: SealedStore; exchange: Exchange } | undefined;
  const nowMs = () => time.now() + device.skew;
  const surroundings = { now: nowMs, randomBytes: (count: number) => chance.bytes(count) };

  /** What happens to a process: at once, when it wakes up, or never. */
  const happens = (to: Life, what: () => void): void => {
    if (to.is === "alive") what();
    else if (to.is === "frozen") to.held.push(() => happens(to, what));
  };
  const arrives = <T>(to: Life, value: Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      value.then(
        (given) => happens(to, () => resolve(given)),
        (error: unknown) =>
          happens(to, () => {
            reject(error);
          }),
      );
    });

  async function fetchFor(of: Life, url: string, init: RequestInit): Promise<Head> {
    device.requests.push(`${init.method ?? "GET"} ${/^https?:\/\/[^/]+([^?]*)/.exec(url)?.[1] ?? "/"}`);
    if (of.is !== "alive") return new Promise(() => undefined);
    if (!device.online) throw new TypeError("fetch failed");
    if (options.reach) return options.reach(url, init);
    const request = new Request(url, init);
    if (cookies.size > 0)
      request.headers.set("cookie", [...cookies].map(([key, value]) => `${key}=${value}`).join("; "));
    const answer = await device.way(request, handle);
    for (const cookie of answer.headers.getSetCookie()) {
      const [key = "", value = ""] = (cookie.split(";")[0] ?? "").split(/=(.*)/s);
      if (value === "") cookies.delete(key);
      else cookies.set(key, value);
    }
    return answer;
  }

  /** After a kill, nothing that the old process still wants to write reaches the disk. */
  async function diskOf(of: Life): Promise<EnvelopeStore> {
    const real = (await options.envelopes?.(disk)) ?? openMemoryEnvelopes(disk);
    return {
      ...real,
      all: () => real.all(),
      close: () => real.close(),
      write: (puts, drops) =>
        of.is === "dead"
          ? new Promise(() => undefined)
          : arrives(
              of,
              device.diskWay(() => real.write(puts, drops)),
            ),
    };
  }

  async function begin(): Promise<void> {
    const own = newLife(options.ownership?.());
    life = own;
    lives.push(own);
    const claim = await own.ownership?.takeOver(name);
    const envelopes = await diskOf(own);
    const opened = await openSealedStore({
      envelopes,
      sealer: openText,
      surroundings,
      ...(claim && { holds: () => claim.holds() }),
    });
    if (!opened.ok) throw new Error("the disk did not open");
    const store = opened.value;
    const exchange = createExchange({
      replica: store,
      read: store.read,
      account: { name, password: passwordOf(name), roles: accounts[name] },
      base: "http://centre",
      ...(options.app && { frontDoor: { base: "http://centre/api", ...options.app } }),
      fetch: (url, init) => arrives(own, fetchFor(own, url, init)),
      surroundings,
      after: (delayMs, ring) => time.after(delayMs, () => happens(own, ring)),
      network: {
        online: () => device.online,
        watch(listener) {
          own.network.add(listener);
          return () => own.network.delete(listener);
        },
      },
      onBug: (error) => device.onBug(error),
      log: (event) => {
        if (own.is === "alive") device.log.push(event);
      },
    });
    own.end = () => envelopes.close();
    // As the vault and the app do when another tab has taken the profile over.
    void claim?.lost.then(() =>
      happens(own, () => {
        void exchange.stop();
        void store.close().then(() => claim.release());
      }),
    );
    parts = { store, exchange };
  }

  function running() {
    if (!parts) throw new Error(`${name}'s device is not running`);
    return parts;
  }

  const now = () => new Date(nowMs()).toISOString();
  const newRecordId = () => newId((count) => chance.bytes(count));
  /** As commands stamp: the device's clock, corrected by what is known of the centre's. */
  const corrected = () => {
    const offset = device.store.local("clockOffset");
    return new Date(nowMs() + (typeof offset === "number" ? offset : 0)).toISOString();
  };
  const stamps = () => ({
    id: newRecordId(),
    version: 1,
    createdAt: corrected(),
    createdBy: name,
    device: `device-of-${name}`,
    deviceTime: now(),
  });

  const device: TestDevice = {
    name,
    get store() {
      return running().store;
    },
    get exchange() {
      return running().exchange;
    },
    disk,
    log: [],
    requests: [],
    way: (request, next) => next(request),
    diskWay: (write) => write(),
    onBug(error) {
      queueMicrotask(() => {
        throw error;
      });
    },
    online: options.online ?? true,
    skew: options.skew ?? 0,
    now,
    connection(online) {
      device.online = online;
      for (const listener of life.network) listener();
    },
    async kill() {
      const ended = lives.splice(0);
      for (const each of ended) {
        each.is = "dead";
        each.network.clear();
        each.ownership?.crashed();
      }
      parts = undefined;
      for (const each of ended) await each.end();
      await time.settle();
    },
    start: begin,
    freeze() {
      const frozen = life;
      frozen.is = "frozen";
      frozen.network.clear();
      return async () => {
        if (frozen.is !== "frozen") return;
        frozen.is = "alive";
        for (const happen of frozen.held.splice(0)) {
          happen();
          // Each in a turn of its own, as a browser gives them.
          await time.settle();
        }
        await time.settle();
      };
    },
    async newCase(fields = {}) {
      const made = stamps();
      const record: Case = {
        type: "case",
        ...made,
        updatedAt: made.createdAt,
        updatedBy: name,
        code: "HVG-26-7K3QXM-5",
        receivedAt: made.createdAt,
        ...fields,
      };
      await device.save(`s-${site}`, record);
      return record;
    },
    async editCase(id, fields) {
      const entry = device.store.read.get("case", id);
      if (!entry) throw new Error("no such case on this device");
      const at = corrected();
      const next: Case = { ...entry.record, ...fields, updatedAt: at, updatedBy: name };
      // A decision is an entry too where it leaves the value as it stands.
      const entries = unitsOf(definitions.case)
        .filter(({ path }) => path in fields)
        .map((unit) => {
          const sides = [contentOf(entry.record, unit), contentOf(next, unit)] as const;
          const made = { id: newRecordId(), at, by: name, device: `device-of-${name}` };
          return entryOf(unit, sides, entry.record.history ?? [], made);
        });
      const record: Case = { ...next, history: [...(entry.record.history ?? []), ...entries] };
      await device.save(entry.database, record);
      return record;
    },
    async newNote(caseId, text) {
      const record: Note = { type: "note", ...stamps(), case: caseId, text };
      await device.save(`s-${site}`, record);
      return record;
    },
    async save(database, record, dropDrafts = []) {
      const saved = await device.store.write({ changes: [{ database, record }], dropDrafts });
      if (!saved.ok) throw new Error(JSON.stringify(saved.error));
    },
    case: (id) => device.store.read.get("case", id),
  };
  await begin();
  return device;
}
