// One course of events from a seed: devices, people who work, faults; then everything heals, and the oracle looks.
import { clashesIn } from "#src/domain/case-file/undecided.ts";
import type { AnyRecord } from "#src/domain/record/define.ts";
import { webLocks } from "#src/storage/web-locks.ts";
import type { SyncEvent } from "#src/sync/event-log.ts";
import { chanceFrom } from "#tests/sync/support/chance.ts";
import { haiChau, hoaVang } from "#tests/sync/support/test-centre.ts";
import { createTestDevice, type DeviceOptions, type TestDevice } from "#tests/sync/support/test-device.ts";
import { createVirtualTime, type VirtualTime } from "#tests/sync/support/virtual-time.ts";
import { type MakeCentre, memoryCentre } from "./centres.ts";
import { type Desk, newPeople, type Person, reachOf } from "./desk.ts";
import { clockFaults, networkFaults } from "./faults.ts";
import { always, mishaps } from "./mishaps.ts";
import { createOracle, type Verdict } from "./oracle.ts";
import type { Mishap, Scene } from "./scene.ts";
import { createVirtualLocks } from "./virtual-locks.ts";
import { straightWire } from "./wire.ts";

export interface Course {
  readonly seed: number;
  readonly devices: number;
  /** For each device. */
  readonly operations: number;
  /** Only these faults; all unless told. */
  readonly only?: readonly string[];
  /** The one in memory unless told. */
  readonly centre?: MakeCentre;
  /** Where devices keep their envelopes; in memory unless told. */
  readonly store?: (time: VirtualTime) => NonNullable<DeviceOptions["envelopes"]>;
}

export interface Outcome extends Verdict {
  readonly seed: number;
  /** Saves that were acknowledged. */
  readonly saves: number;
  /** Rows that met another version at the centre. */
  readonly met: number;
  /** Most requests of one device in a minute. */
  readonly busiest: number;
  /** How often each fault struck. */
  readonly strikes: ReadonlyMap<string, number>;
  /** What happened, in order: the same for the same seed. */
  readonly events: readonly string[];
  readonly logs: readonly (readonly SyncEvent[])[];
}

/** All that a course may hold, by name. */
export const faultNames: readonly string[] = [networkFaults, clockFaults, mishaps].flatMap((each) =>
  Object.keys(each),
);

/**
 * Requests of one device in a minute, beside one for each row that waits: a round asks some ten things, and rounds follow each
 * other by waiting.
 */
const mostRequests = 150;

/** Rows that wait again, since the centre was put back without them. */
const lostAtCentre = (events: readonly SyncEvent[]): number =>
  events.reduce((sum, each) => sum + (each.event === "compared" ? each.lost : 0), 0);

const minute = 60_000;
const databases = [hoaVang, haiChau].map((site) => `s-${site}`);

/** By name: how often in some hundred disturbances, and what happens. */
const disturbances: readonly (readonly [string, number, Mishap])[] = [
  ...Object.entries(networkFaults).map(([name, way]) => {
    const disturb: Mishap = ({ strike, time, chance }, desk) => {
      const wait = (ms: number) => new Promise<void>((resolve) => void time.after(ms, resolve));
      desk.wire = way({ strike: () => strike(name), wait, chance });
      return name;
    };
    return [name, 3, disturb] as const;
  }),
  ...Object.entries(clockFaults).map(([name, skew]) => {
    const disturb: Mishap = ({ strike, chance }, { device }) => {
      device.skew = skew + chance.below(3_600_000);
      strike(name);
      return name;
    };
    return [name, 2, disturb] as const;
  }),
  ...Object.entries({ ...mishaps, ...always }).map(
    ([name, [weight, happen]]) => [name, weight, happen] as const,
  ),
];

export async function simulate(course: Course): Promise<Outcome> {
  const { seed, devices: count, operations, only, centre: makeCentre = memoryCentre, store } = course;
  // Promises alone need one turn of the event loop; the real endpoint and IndexedDB need more.
  const isLight = makeCentre === memoryCentre && store === undefined;
  const time = createVirtualTime(undefined, isLight ? 1 : undefined);
  const centre = await makeCentre(time, seed);
  const envelopes = store?.(time);
  const chance = chanceFrom(seed);
  const oracle = createOracle();
  const people = newPeople();
  const backup: Scene["backup"] = { isThere: false };
  const events: string[] = [];
  const strikes = new Map<string, number>();
  const desks: Desk[] = [];
  const problems: string[] = [];
  const lies: string[] = [];
  let saves = 0;
  let busiest = 0;
  const overruns: string[] = [];

  function ask(asking: Parameters<typeof centre.ask>[0]) {
    // What the inbox keeps is nowhere else: a backup of before it would lose it.
    if (asking.path === "/api/inbox") backup.isThere = false;
    return centre.ask(asking);
  }

  async function newDesk(person: Person, disk?: TestDevice["disk"]): Promise<Desk> {
    const [site = hoaVang] = person.sites;
    const line = { jar: {}, wire: straightWire, requests: 0 };
    const locks = createVirtualLocks(time.after);
    let tabs = 0;
    const device = await createTestDevice({
      time,
      name: person.name,
      site,
      seed: seed * 1000 + desks.length,
      app: { device: `phone-${desks.length}`, appVersion: "1.0.0" },
      reach: reachOf(line, ask),
      ownership() {
        const tab = (tabs += 1);
        return { ...webLocks(locks.of(tab)), crashed: () => locks.crashed(tab) };
      },
      ...(disk && { disk }),
      ...(envelopes && { envelopes }),
    });
    const desk: Desk = Object.assign(line, { device, person, copy: undefined, isClone: false, requestsBefore: 0, waitingBefore: 0, eventsBefore: 0 });
    const save = device.save.bind(device);
    device.save = async (database, record, dropDrafts) => {
      oracle.attempted(database, record);
      await save(database, record, dropDrafts);
      acknowledge(desk, database, record);
    };
    desks.push(desk);
    return desk;
  } // prettier-ignore

  function acknowledge({ device, person }: Desk, database: string, record: AnyRecord): void {
    saves += 1;
    oracle.acknowledged(device, database, record, person.hasRoles);
  }

  let onDeath: (() => void) | undefined;
  async function attempt(desk: Desk, act: () => Promise<unknown>): Promise<boolean> {
    let died = false;
    const death = new Promise<false>((resolve) => {
      onDeath = () => {
        died = true;
        resolve(false);
      };
    });
    const done = await Promise.race([act().then(() => true, () => false), death]); // prettier-ignore
    onDeath = undefined;
    if (died) await restart(desk, "after it died");
    return done;
  }

  async function restart({ device }: Desk, when: string): Promise<void> {
    await device.kill();
    await device.start();
    problems.push(...oracle.missingOn(device).map((what) => `on ${device.name}'s device ${when}: ${what}`));
  }

  async function work(desk: Desk): Promise<string> {
    const { device, person } = desk;
    const database = `s-${chance.pick(person.sites)}`;
    const cases = device.store.read.list("case").filter((entry) => entry.database === database);
    const what = chance.below(12);
    if (cases.length === 0 || what < 2) {
      if (device.name === "lan") return "nothing";
      return (await attempt(desk, () => device.newCase())) ? "case" : "case not saved";
    }
    const { record } = chance.pick(cases);
    if (what < 8) {
      const owner = `${device.name}-${chance.below(1000)}`;
      const fields = chance.below(3) === 0 ? { channel: chance.pick(["ngo", "coast_guard", "police"] as const) } : { owner }; // prettier-ignore
      return (await attempt(desk, () => device.editCase(record.id, fields))) ? "edit" : "edit not saved";
    }
    const text = `ghi chú ${chance.below(1000)}`;
    return (await attempt(desk, () => device.newNote(record.id, text))) ? "note" : "note not saved";
  }

  async function documents() {
    const found = new Map<string, Awaited<ReturnType<typeof centre.documents>>>();
    for (const database of databases) found.set(database, await centre.documents(database));
    return (database: string) => found.get(database) ?? new Map<string, never>();
  }

  const waitingOn = ({ device: { store } }: Desk) =>
    databases.reduce((sum, database) => sum + store.outbox(database).length, 0);

  async function pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= minute) {
      for (const desk of desks) {
        desk.requestsBefore = desk.requests;
        desk.waitingBefore = waitingOn(desk);
        desk.eventsBefore = desk.device.log.length;
      }
      await time.pass(Math.min(minute, left));
      for (const { requests, requestsBefore, waitingBefore, eventsBefore, device } of desks) {
        const asked = requests - requestsBefore;
        busiest = Math.max(busiest, asked);
        if (asked > mostRequests + waitingBefore + lostAtCentre(device.log.slice(eventsBefore)))
          overruns.push(`a device asked ${asked} times in a minute`);
      }
    }
  }

  const scene: Scene = {
    time,
    centre,
    chance,
    oracle,
    desks,
    people,
    backup,
    strike: (name) => void strikes.set(name, (strikes.get(name) ?? 0) + 1),
    newDesk,
    work,
    attempt,
    die: () => onDeath?.(),
    acknowledge,
    restart,
    complain: (what) => void problems.push(what),
    documents,
    pass,
  };

  const possible = disturbances.filter(
    ([name]) => !only || only.includes(name) || Object.hasOwn(always, name),
  );
  const weights = possible.reduce((sum, [, weight]) => sum + weight, 0);

  async function disturb(desk: Desk): Promise<string> {
    let place = chance.next() * weights;
    for (const [, weight, happen] of possible) {
      place -= weight;
      if (place < 0) return happen(scene, desk);
    }
    return "nothing";
  }

  /** Whoever says that all is sent must be right, unless the centre has lost it behind their back. */
  async function listen({ device, person }: Desk): Promise<void> {
    const { state, counts } = device.exchange;
    if (state.phase !== "idle" || counts.waiting > 0 || backup.putBackAt !== undefined || !person.hasRoles)
      return;
    lies.push(
      ...oracle.unsentOf(device, await documents()).map((what) => `${device.name} says all is sent: ${what}`),
    );
  }

  /** The device as it is when nothing is wrong with it any more. */
  function mend(desk: Desk): void {
    const { device } = desk;
    desk.wire = straightWire;
    delete device.disk.capacity;
    // Nobody presses a button, and a network that was there all the time does not come back.
    if (!device.online) device.connection(true);
  }

  /** Whoever sees a clash decides it, one after the other. */
  async function heal(): Promise<void> {
    for (const desk of desks) mend(desk);
    // As long as the longest wait before a new try: nobody presses a button.
    await pass(330_000);
    for (let turn = 0; turn < 20; turn++) {
      for (const { device } of desks) {
        for (const { record } of device.store.read.list("case")) {
          const clashes = clashesIn(record);
          if (clashes.length === 0) continue;
          const decided = Object.fromEntries(
            clashes.map(({ unit: { path }, sides: [side] }) => [path, side.to]),
          );
          await device.editCase(record.id, decided);
        }
        await pass(20_000);
      }
      if (desks.every(({ device }) => device.exchange.counts.clashes === 0)) break;
    }
    await pass(60_000);
  }

  try {
    for (let index = 0; index < count; index++) {
      const person = people[index % people.length];
      if (person) await newDesk(person);
    }
    for (let done = 0; done < operations * count; done++) {
      const desk = chance.pick(desks);
      const event = chance.below(10) < 7 ? await work(desk) : await disturb(desk);
      events.push(`${desk.device.name} ${event}`);
      // A device has the same day however many there are.
      await pass((chance.below(10) === 0 ? 120_000 : chance.below(4_000)) * (4 / count));
      if (done % 25 === 0) await listen(chance.pick(desks));
    }
    await heal();
    const { lost, divergent, untrue } = oracle.verdict({
      desks: desks.map(({ device, person }) => ({
        device,
        scope: person.hasRoles ? person.sites.map((site) => `s-${site}`) : [],
      })),
      databases,
      centre: await documents(),
      inbox: await centre.inbox(),
    });
    const logs = desks.map(({ device }) => device.log);
    return {
      seed,
      saves,
      met: logs.flat().reduce((sum, event) => sum + (event.event === "pushed" ? event.met : 0), 0),
      busiest,
      strikes,
      events,
      logs,
      lost: [...problems, ...lost],
      divergent,
      untrue: [...lies, ...untrue, ...overruns],
    };
  } finally {
    for (const { device } of desks) await device.kill();
    centre.close();
  }
}
