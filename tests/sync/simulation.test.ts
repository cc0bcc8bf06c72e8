// Devices, operations and faults from a seed: after healing, everything acknowledged is at the centre and everywhere the same.
import { describe, expect, it } from "vitest";
import { clashesIn } from "#src/domain/case-file/undecided.ts";
import { type Chance, chanceFrom } from "./support/chance.ts";
import { type AccountName, haiChau, hoaVang } from "./support/test-centre.ts";
import type { TestDevice, Way } from "./support/test-device.ts";
import { answerLost, couchError, cutInHalf, html, silence, straight } from "./support/ways.ts";
import { createWorld, type World } from "./support/world.ts";

const operations = 60;
const people: readonly (readonly [AccountName, string])[] = [
  ["an", hoaVang],
  ["binh", hoaVang],
  ["chi", haiChau],
  ["lan", hoaVang],
];

/** What a device was told is saved: the record, and every entry of history it carried. */
interface Acknowledged {
  readonly database: string;
  readonly id: string;
  readonly entries: readonly string[];
}

const lost: Way = () => Promise.reject(new TypeError("fetch failed"));
const twice: Way = async (request, next) => {
  const copy = request.clone();
  const first = await next(request);
  if (!request.url.includes("_bulk_docs")) return first;
  await first.body?.cancel();
  return next(copy);
};

const ways: Readonly<Record<string, Way>> = {
  straight,
  lost,
  twice,
  answerLost: answerLost("_bulk_docs"),
  changesCut: cutInHalf("_changes"),
  writesCut: cutInHalf("_bulk_docs"),
  silence: silence("_bulk_docs"),
  unauthorized: (request, next) =>
    request.url.includes("_session") ? next(request) : Promise.resolve(couchError(401, "unauthorized")()),
  busy: () => Promise.resolve(couchError(429, "too_many_requests", { "retry-after": "20" })()),
  broken: () => Promise.resolve(couchError(500, "internal_server_error")()),
  gateway: () => Promise.resolve(html(502)()),
  portal: () => Promise.resolve(html(200)()),
  tooLarge: async (request, next) => {
    if (!request.url.includes("_bulk_docs")) return next(request);
    const { docs } = (await request.clone().json()) as { docs: unknown[] };
    return docs.length > 2 ? html(413)() : next(request);
  },
};

async function operate(
  device: TestDevice,
  chance: Chance,
  acknowledged: Acknowledged[],
  site: string,
): Promise<string> {
  const database = `s-${site}`;
  const cases = device.store.read.list("case").filter((entry) => entry.database === database);
  const what = chance.below(20);
  if (what < 5 || cases.length === 0) {
    if (device.name === "lan") return "nothing";
    const { id } = await device.newCase();
    acknowledged.push({ database, id, entries: [] });
    return "case";
  }
  const { record } = chance.pick(cases);
  if (what < 9) {
    const owner = `${device.name}-${chance.below(1000)}`;
    const edited = await device.editCase(record.id, { owner });
    acknowledged.push({
      database,
      id: record.id,
      entries: (edited.history ?? []).slice(-1).map(({ id }) => id),
    });
    return "edit";
  }
  if (what < 11) {
    const { id } = await device.newNote(record.id, `ghi chú ${chance.below(1000)}`);
    acknowledged.push({ database, id, entries: [] });
    return "note";
  }
  if (what < 13) {
    device.connection(!device.online);
    return "connection";
  }
  if (what < 18) {
    const name = chance.pick(Object.keys(ways));
    device.way = ways[name] ?? straight;
    return name;
  }
  if (what < 19) {
    device.skew = chance.pick([0, 0, 730, -730]) * 24 * 3600_000 + chance.below(3600_000);
    return "clock";
  }
  await device.kill();
  await device.start();
  return "kill";
}

/** Whoever sees a clash decides it, one after the other. */
async function heal({ time }: World, devices: readonly TestDevice[]): Promise<void> {
  for (const device of devices) {
    device.way = straight;
    device.connection(true);
  }
  // As long as the longest wait before a new try: nobody presses a button.
  await time.pass(330_000);
  for (let turn = 0; turn < 10; turn++) {
    for (const device of devices) {
      for (const { record } of device.store.read.list("case")) {
        if (clashesIn(record).length > 0)
          await device.editCase(record.id, { owner: `decided-${device.name}-${turn}` });
      }
      await time.pass(20_000);
    }
    if (devices.every(({ exchange }) => exchange.counts.clashes === 0)) break;
  }
  await time.pass(60_000);
}

async function simulate(seed: number) {
  const world = await createWorld(seed);
  const chance = chanceFrom(seed);
  const acknowledged: Acknowledged[] = [];
  const course: string[] = [];
  const devices: TestDevice[] = [];
  for (const [name, site] of people) devices.push(await world.device(name, { seed, site }));
  for (let count = 0; count < operations; count++) {
    const index = chance.below(devices.length);
    const device = devices[index];
    if (!device) continue;
    const done = await operate(device, chance, acknowledged, people[index]?.[1] ?? hoaVang);
    course.push(`${device.name} ${done}`);
    await world.time.pass(chance.below(10) === 0 ? 120_000 : chance.below(4_000));
  }
  await heal(world, devices);
  return { ...world, devices, acknowledged, course, logs: devices.map(({ log }) => log) };
}

describe("simulation", () => {
  const clashes: number[] = [];

  it.each(Array.from({ length: 8 }, (_, index) => index + 1))(
    "seed %i: nothing lost, nothing divergent, nothing stuck",
    async (seed) => {
      const { centre, devices, acknowledged, logs } = await simulate(seed);
      clashes.push(...logs.flat().map((event) => (event.event === "pushed" ? event.met : 0)));
      const documents = new Map<string, ReadonlyMap<string, Readonly<Record<string, unknown>>>>();
      for (const site of [hoaVang, haiChau]) {
        const database = `s-${site}`;
        documents.set(database, await centre.documents(database));
      }
      for (const { database, id, entries } of acknowledged) {
        const document = documents.get(database)?.get(id);
        expect(document, `${database}/${id}`).toBeDefined();
        const history = (document?.["history"] ?? []) as { id: string }[];
        expect(history.map((entry) => entry.id)).toEqual(expect.arrayContaining([...entries]));
        expect(new Set(history.map((entry) => entry.id)).size).toBe(history.length);
      }
      for (const { name, store, exchange } of devices) {
        expect(exchange.counts, name).toEqual({ waiting: 0, refused: 0, clashes: 0 });
        expect(exchange.state.phase, name).toBe("idle");
        for (const site of name === "chi" ? [haiChau] : name === "lan" ? [hoaVang, haiChau] : [hoaVang]) {
          const here = store.read.all().filter(({ database }) => database === `s-${site}`);
          const there = documents.get(`s-${site}`) ?? new Map();
          expect(here.length, `${name} ${site}`).toBe(there.size);
          for (const { record } of here) {
            const { _id, _rev, ...document } = there.get(record.id) ?? {};
            expect(record).toEqual(document);
          }
        }
        if (name === "chi")
          expect(store.read.all().some(({ database }) => database === `s-${hoaVang}`)).toBe(false);
      }
    },
  );

  it("conflicts really happened", () => {
    expect(clashes.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(5);
  });

  it("a seed run twice gives the same log", async () => {
    const [first, second] = [await simulate(77), await simulate(77)];
    expect(second.course).toEqual(first.course);
    expect(second.logs).toEqual(first.logs);
  });
});
