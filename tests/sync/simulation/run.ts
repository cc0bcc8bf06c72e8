// One course of events from a seed: devices, people who work, faults; then everything heals, and the oracle looks.
import { clashesIn } from "#src/domain/case-file/undecided.ts";
import { newId } from "#src/domain/record/ids.ts";
import type { SyncEvent } from "#src/sync/event-log.ts";
import { chanceFrom } from "#tests/sync/support/chance.ts";
import { haiChau, hoaVang } from "#tests/sync/support/test-centre.ts";
import { createTestDevice, type TestDevice } from "#tests/sync/support/test-device.ts";
import { createVirtualTime } from "#tests/sync/support/virtual-time.ts";
import { type MakeCentre, memoryCentre } from "./centres.ts";
import { type Desk, people, type Person, reachOf } from "./desk.ts";
import { clockFaults, networkFaults, type StorageFault, storageFaults } from "./faults.ts";
import { straightWire } from "./wire.ts";
import { createOracle, type Verdict } from "./oracle.ts";

export interface Course {
  readonly seed: number;
  readonly devices: number;
  /** For each device. */
  readonly operations: number;
  /** Only these faults; all unless told. */
  readonly only?: readonly string[];
  /** The one in memory unless told. */
  readonly centre?: MakeCentre;
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

/** The same phone in two hands is rare. */
const mostClones = 2;
const minute = 60_000;

export async function simulate({
  seed,
  devices: count,
  operations,
  only,
  centre: makeCentre = memoryCentre,
}: Course): Promise<Outcome> {
  const time = createVirtualTime(undefined, makeCentre === memoryCentre ? 1 : undefined);
  const centre = await makeCentre(time, seed);
  const chance = chanceFrom(seed);
  const oracle = createOracle();
  const events: string[] = [];
  const strikes = new Map<string, number>();
  const desks: Desk[] = [];
  let saves = 0;
  let busiest = 0;
  let clones = 0;

  const strike = (name: string) => () => void strikes.set(name, (strikes.get(name) ?? 0) + 1);
  const wait = (ms: number) => new Promise<void>((resolve) => void time.after(ms, resolve));

  async function newDesk(person: Person, disk?: TestDevice["disk"]): Promise<Desk> {
    const [site = hoaVang] = person.sites;
    const line = { jar: {}, wire: straightWire, requests: 0 };
    const device = await createTestDevice({
      time,
      name: person.name,
      site,
      seed: seed * 1000 + desks.length,
      app: { device: `phone-${desks.length}`, appVersion: "1.0.0" },
      reach: reachOf(line, () => centre),
      ...(disk && { disk }),
    });
    const save = device.save.bind(device);
    device.save = async (database, record) => {
      oracle.attempted(record);
      await save(database, record);
      saves += 1;
      oracle.acknowledged(device, database, record);
    };
    const desk: Desk = Object.assign(line, { device, person, copy: undefined, requestsBefore: 0 });
    desks.push(desk);
    return desk;
  }

  /** What a person does; false where the disk did not take it, or the process died over it. */
  async function attempt(device: TestDevice, act: () => Promise<unknown>): Promise<boolean> {
    let died = false;
    const death = new Promise<false>((resolve) => {
      onDeath = () => {
        died = true;
        resolve(false);
      };
    });
    const done = await Promise.race([act().then(() => true, () => false), death]); // prettier-ignore
    onDeath = undefined;
    if (died) {
      await device.kill();
      await device.start();
      verifyDisk(device, "after it died");
    }
    return done;
  }
  let onDeath: (() => void) | undefined;

  const problems: string[] = [];
  function verifyDisk(device: TestDevice, when: string) {
    problems.push(...oracle.missingOn(device).map((what) => `on ${device.name}'s device ${when}: ${what}`));
  }

  async function work({ device, person: { sites } }: Desk): Promise<string> {
    const site = chance.pick(sites);
    const database = `s-${site}`;
    const cases = device.store.read.list("case").filter((entry) => entry.database === database);
    const what = chance.below(12);
    if (cases.length === 0 || what < 2) {
      if (device.name === "lan") return "nothing";
      return (await attempt(device, () => device.newCase())) ? "case" : "case not saved";
    }
    const { record } = chance.pick(cases);
    if (what < 8) {
      const owner = `${device.name}-${chance.below(1000)}`;
      const fields = chance.below(3) === 0 ? { channel: chance.pick(["ngo", "coast_guard", "police"] as const) } : { owner }; // prettier-ignore
      return (await attempt(device, () => device.editCase(record.id, fields))) ? "edit" : "edit not saved";
    }
    const text = `ghi chú ${chance.below(1000)}`;
    return (await attempt(device, () => device.newNote(record.id, text))) ? "note" : "note not saved";
  }

  /** By name: how often in a hundred disturbances, and what happens. */
  const disturbances: readonly (readonly [string, number, (desk: Desk) => string | Promise<string>])[] = [
    ...Object.entries(networkFaults).map(([name, way]) => {
      const disturb = (desk: Desk) => {
        desk.wire = way({ strike: strike(name), wait, chance });
        return name;
      };
      return [name, 3, disturb] as const;
    }),
    ...Object.entries(clockFaults).map(([name, skew]) => {
      const disturb = ({ device }: Desk) => {
        device.skew = skew + chance.below(3_600_000);
        strike(name)();
        return name;
      };
      return [name, 2, disturb] as const;
    }),
    ...storageFaults.map((name) => [name, 3, (desk: Desk) => dieWriting(desk, name)] as const),
    ["offline", 20, offline],
    ["killed", 3, killed],
    ["quota", 2, quota],
    ["cloned", 1, clone],
    ["restored", 1, restore],
    ["badRecord", 1, badRecord],
    // What ends a disturbance, or makes one possible.
    ["straight", 10, straightAgain],
    ["room again", 2, roomAgain],
    ["copied", 3, copied],
  ];
  const always = new Set(["straight", "room again", "copied"]);
  const possible = disturbances.filter(([name]) => !only || only.includes(name) || always.has(name));
  const weights = possible.reduce((sum, [, weight]) => sum + weight, 0);

  async function disturb(desk: Desk): Promise<string> {
    let place = chance.next() * weights;
    for (const [, weight, happen] of possible) {
      place -= weight;
      if (place < 0) return happen(desk);
    }
    return "nothing";
  }

  function offline({ device }: Desk): string {
    device.connection(!device.online);
    if (!device.online) strike("offline")();
    return device.online ? "online" : "offline";
  }

  async function killed({ device }: Desk): Promise<string> {
    strike("killed")();
    await device.kill();
    await device.start();
    verifyDisk(device, "after a kill");
    return "killed";
  }

  function quota({ device: { disk } }: Desk): string {
    const used = [...disk.envelopes.values()].reduce((sum, { b }) => sum + b.length, 0);
    disk.capacity = used + chance.below(2_000);
    strike("quota")();
    return "quota";
  }

  function roomAgain({ device }: Desk): string {
    delete device.disk.capacity;
    return "room again";
  }

  function straightAgain(desk: Desk): string {
    desk.wire = straightWire;
    return "straight";
  }

  function copied(desk: Desk): string {
    desk.copy = new Map(desk.device.disk.envelopes);
    return "copied";
  }

  async function dieWriting(desk: Desk, step: StorageFault): Promise<string> {
    const { device } = desk;
    device.diskWay = async (write) => {
      device.diskWay = (again) => again();
      if (step === "killAfterWrite") await write();
      strike(step)();
      onDeath?.();
      return new Promise(() => undefined);
    };
    await work(desk);
    // Nothing was written: the next write of the exchange would die alone.
    device.diskWay = (write) => write();
    return step;
  }

  async function clone(desk: Desk): Promise<string> {
    if (clones === mostClones) return "nothing";
    clones += 1;
    strike("cloned")();
    const made = await newDesk(desk.person, { envelopes: new Map(desk.device.disk.envelopes) });
    oracle.cloned(desk.device, made.device);
    return "cloned";
  }

  async function restore(desk: Desk): Promise<string> {
    const { device, copy } = desk;
    if (!copy) return "nothing";
    strike("restored")();
    const documents = await allDocuments();
    await device.kill();
    device.disk.envelopes.clear();
    for (const [id, envelope] of copy) device.disk.envelopes.set(id, envelope);
    delete device.disk.capacity;
    await device.start();
    oracle.diskReplaced(device, (database) => documents.get(database) ?? new Map());
    return "restored";
  }

  /** Signed with another's name, as only a broken or hostile app does. */
  async function badRecord({
    device,
    person: {
      sites: [site = hoaVang],
    },
  }: Desk): Promise<string> {
    const [entry] = device.store.read.list("case");
    if (!entry || device.name === "lan") return "nothing";
    const at = device.now();
    const id = newId((length) => chance.bytes(length));
    oracle.mustBeRefused(id);
    const record = { type: "note" as const, id, version: 1, createdAt: at, createdBy: "nobody", device: "d", deviceTime: at, case: entry.record.id, text: "x" }; // prettier-ignore
    const saved = await attempt(device, () => device.save(`s-${site}`, record));
    if (saved) strike("badRecord")();
    return saved ? "bad record" : "bad record not saved";
  }

  async function allDocuments() {
    const found = new Map<string, Awaited<ReturnType<typeof centre.documents>>>();
    for (const site of [hoaVang, haiChau]) found.set(`s-${site}`, await centre.documents(`s-${site}`));
    return found;
  }

  async function pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= minute) {
      for (const desk of desks) desk.requestsBefore = desk.requests;
      await time.pass(Math.min(minute, left));
      for (const { requests, requestsBefore } of desks)
        busiest = Math.max(busiest, requests - requestsBefore);
    }
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

  /** The device as it is when nothing is wrong with it any more. */
  function mend(desk: Desk): void {
    const { device } = desk;
    desk.wire = straightWire;
    delete device.disk.capacity;
    // Nobody presses a button, and a network that was there all the time does not come back.
    if (!device.online) device.connection(true);
  }

  try {
    for (let index = 0; index < count; index++) await newDesk(people[index % people.length] ?? people[0]!); // prettier-ignore
    for (let done = 0; done < operations * count; done++) {
      const desk = chance.pick(desks);
      const event = chance.below(10) < 7 ? await work(desk) : await disturb(desk);
      events.push(`${desk.device.name} ${event}`);
      await pass((chance.below(10) === 0 ? 120_000 : chance.below(4_000)) * (4 / count));
    }
    await heal();
    const documents = await allDocuments();
    const { lost, divergent, untrue } = oracle.verdict(
      desks.map(({ device, person }) => ({ device, scope: person.sites.map((site) => `s-${site}`) })),
      (database) => documents.get(database) ?? new Map(),
    );
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
      untrue,
    };
  } finally {
    for (const { device } of desks) await device.kill();
    centre.close();
  }
}
