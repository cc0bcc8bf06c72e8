// Devices of both sites while a case goes from one to the other: what each of them has in the end, whoever was away.
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { lateWordsName } from "#src/domain/ports/exchange.ts";
import type { AnyRecord, HistoryEntry } from "#src/domain/record/define.ts";
import { entryOf } from "#src/domain/record/history.ts";
import { newId } from "#src/domain/record/ids.ts";
import { contentOf, unitsOf } from "#src/domain/record/unit.ts";
import { definitions } from "#src/domain/records/index.ts";
import type { Person } from "#src/domain/records/person.ts";
import { chanceFrom } from "./support/chance.ts";
import { city, haiChau, hoaVang, type AccountName } from "./support/test-centre.ts";
import type { TestDevice, Way } from "./support/test-device.ts";
import { elsewhere, throughDoor } from "./support/through-door.ts";
import { answeredBy, answerLost, couchError } from "./support/ways.ts";
import { personOn, stampsOn } from "./support/written-on.ts";
import { createWorld } from "./support/world.ts";

const here = { files: `s-${hoaVang}`, names: `p-${hoaVang}` };
const there = { files: `s-${haiChau}`, names: `p-${haiChau}` };
const chance = chanceFrom(77);
const anId = () => newId((count) => chance.bytes(count));

const stampsOf = (device: TestDevice) => stampsOn(device, anId());

const newPerson = (device: TestDevice, site: string, displayName: string): Promise<Person> =>
  personOn(device, site, anId(), displayName);
async function editPerson(device: TestDevice, id: string, fields: Partial<Person>): Promise<void> {
  const entry = device.store.read.get("person", id);
  if (!entry) throw new Error("no such person on this device");
  const at = device.now();
  const next: Person = { ...entry.record, ...fields, updatedAt: at, updatedBy: device.name };
  const made = { at, by: device.name, device: `device-of-${device.name}` };
  const entries = unitsOf(definitions.person)
    .filter(({ path }) => path in fields)
    .map((unit): HistoryEntry => {
      const sides = [contentOf(entry.record, unit), contentOf(next, unit)] as const;
      return entryOf(unit, sides, entry.record.history ?? [], { id: anId(), ...made });
    });
  await device.save(entry.database, { ...next, history: [...(entry.record.history ?? []), ...entries] });
}
async function offer(device: TestDevice, from: string, to: string, caseId: string): Promise<AnyRecord> {
  const said = {
    fromSite: from,
    toSite: to,
    caseCode: "HVG-26-7K3QXM-5",
    reason: "Về nhà",
    ground: "life_danger",
  };
  const record: AnyRecord = { type: "transfer", ...stampsOf(device), case: caseId, ...said };
  await device.save(`s-${from}`, record);
  return record;
}
async function answer(device: TestDevice, site: string, transfer: AnyRecord, said: string): Promise<void> {
  const of = { case: transfer.case ?? "", ...{ transfer: transfer.id, answer: said, bySite: site } };
  await device.save(`s-${site}`, { type: "transfer_answer", ...stampsOf(device), ...of });
}

/** Two devices of the site that has a case with a person and a note, and one of the site that is to have it. */
async function sites(kind: "built-in" | "CouchDB" = "built-in") {
  const { time, centre, device } = await createWorld();
  const way = await throughDoor(centre, time, kind === "CouchDB" ? { couch: elsewhere(centre) } : {});
  const start = async (name: AccountName, site: string, seed: number) => {
    const app = { device: `device-${String(seed)}`, appVersion: "1.0.0" };
    const made = await device(name, { online: false, app, seed, site });
    made.way = way;
    made.connection(true);
    return made;
  };
  const an = await start("an", hoaVang, 1);
  const binh = await start("binh", hoaVang, 2);
  const chi = await start("chi", haiChau, 3);
  const person = await newPerson(an, hoaVang, "Tên của một người");
  const file = await an.newCase({ person: person.id, riskLevel: "low" });
  const note = await an.newNote(file.id, "ghi chú đầu");
  await time.pass(60_000);
  expect(binh.store.read.get("person", person.id)).toBeDefined();
  /** Nobody is in reach of the centre for a week: devices that follow it would ask it too often for a test. */
  const week = async () => {
    const online = [an, binh, chi].filter((each) => each.online);
    for (const each of online) each.connection(false);
    await time.pass(7 * 86_400_000);
    for (const each of online) each.connection(true);
    await time.pass(10_000);
  };
  const accept = async (transfer: AnyRecord) => {
    await time.pass(60_000);
    await answer(chi, haiChau, transfer, "accepted");
    await time.pass(120_000);
  };
  return { time, centre, way, start, an, binh, chi, person, file, note, accept, week };
}
type Sites = Awaited<ReturnType<typeof sites>>;

const besides = ["transfer", "transfer_answer", "moved_case"];
/** What of cases and people lies on the device, by database. */
const heldBy = ({ store }: TestDevice, place: { files: string; names: string }) =>
  [...store.rows(place.files), ...store.rows(place.names)]
    .filter(({ record }) => !besides.includes(record.type))
    .map(({ record }) => record.id)
    .toSorted();
const onDisk = ({ disk }: TestDevice) => [...disk.envelopes.values()].map(({ b }) => b).join("\n");
const calm = { waiting: 0, refused: 0, clashes: 0 };
const idsOf = ({ person, file, note }: Sites) => [person.id, file.id, note.id].toSorted();

describe("a case that is handed over", () => {
  it.each(["built-in", "CouchDB"] as const)(
    "leaves the devices of one site and comes to those of the other, with a %s store",
    async (kind) => {
      const world = await sites(kind);
      const { an, binh, chi, file, accept } = world;
      const transfer = await offer(an, hoaVang, haiChau, file.id);
      await world.time.pass(60_000);
      expect(heldBy(chi, there)).toEqual([]);
      expect(chi.store.read.list("transfer")).toHaveLength(1);
      await accept(transfer);
      expect(heldBy(chi, there)).toEqual(idsOf(world));
      expect(chi.store.read.get("person", world.person.id)?.record.displayName).toBe("Tên của một người");
      for (const device of [an, binh]) {
        expect(heldBy(device, here)).toEqual([]);
        expect(device.store.read.list("moved_case")).toHaveLength(1);
        expect(onDisk(device)).not.toContain("Tên của một người");
        expect(device.exchange.counts).toEqual(calm);
        expect(device.exchange.state.phase).toBe("idle");
      }
    },
  );

  it("stays where it is when the other declines, or it is taken back; both know", async () => {
    const world = await sites();
    const { an, chi, file, time } = world;
    for (const said of ["declined", "withdrawn"] as const) {
      const transfer = await offer(an, hoaVang, haiChau, file.id);
      await time.pass(60_000);
      await (said === "declined"
        ? answer(chi, haiChau, transfer, said)
        : answer(an, hoaVang, transfer, said));
      await time.pass(60_000);
      for (const device of [an, chi])
        expect(device.store.read.list("transfer_answer").map(({ record }) => record.transfer)).toContain(
          transfer.id,
        );
    }
    expect(heldBy(an, here)).toEqual(idsOf(world));
    expect(heldBy(chi, there)).toEqual([]);
  });

  it("asks again where the site has so many open that this one has to wait", async () => {
    const world = await sites();
    const { an, chi, file, way, time } = world;
    let isFull = true;
    an.way = async (request, next) => {
      if (!isFull || !request.url.endsWith("/api/transfers")) return way(request, next);
      const { ids } = z.object({ ids: z.array(z.string()) }).parse(await request.json());
      return Response.json({ ok: true, states: Object.fromEntries(ids.map((id) => [id, "later"])) });
    };
    await offer(an, hoaVang, haiChau, file.id);
    world.binh.connection(false);
    await time.pass(60_000);
    expect(chi.store.read.list("transfer")).toHaveLength(0);
    isFull = false;
    await time.pass(600_000);
    expect(chi.store.read.list("transfer")).toHaveLength(1);
  });

  it("asks about each, however many of the others have to wait", async () => {
    const { time, way, an } = await sites();
    const asked = new Set<string>();
    an.way = async (request, next) => {
      if (!request.url.endsWith("/api/transfers")) return way(request, next);
      const { ids } = z.object({ ids: z.array(z.string()) }).parse(await request.json());
      for (const id of ids) asked.add(id);
      return Response.json({ ok: true, states: Object.fromEntries(ids.map((id) => [id, "later"])) });
    };
    const offered = [];
    for (let count = 0; count < 45; count++)
      offered.push((await offer(an, hoaVang, haiChau, (await an.newCase()).id)).id);
    await time.pass(60_000);
    expect(offered.filter((id) => !asked.has(id))).toEqual([]);
  });

  it("keeps nothing else from coming while the account has asked too much: another device of it may ask without end", async () => {
    const world = await sites();
    const { an, binh, file, way, time } = world;
    let isPatient = true;
    an.way = (request, next) => {
      const busy = answeredBy("/api/transfers", couchError(429, "too_many_requests", { "retry-after": "1" }));
      return isPatient ? busy(request, (passed) => way(passed, next)) : way(request, next);
    };
    binh.connection(false);
    await offer(an, hoaVang, haiChau, file.id);
    await time.pass(60_000);
    const before = an.requests.length;
    binh.connection(true);
    const known = await newPerson(binh, hoaVang, "Người mới");
    await time.pass(120_000);
    expect(an.store.read.get("person", known.id)).toBeDefined();
    expect(an.exchange.state.phase).toBe("idle");
    expect(an.requests.slice(before).filter((each) => each.includes("/api/transfers")).length).toBeLessThan(
      8,
    );
    isPatient = false;
    await time.pass(60_000);
    expect(world.chi.store.read.list("transfer")).toHaveLength(1);
  });

  it("asks the front door no more than it has something to say, and not at all where there is none", async () => {
    const world = await sites();
    const { an, binh, chi, file, time, accept } = world;
    const transfer = await offer(an, hoaVang, haiChau, file.id);
    await accept(transfer);
    const asked = (device: TestDevice) =>
      device.requests.filter((request) => request.includes("/api/transfers")).length;
    const before = [an, binh, chi].map(asked);
    expect(Math.max(...before)).toBeLessThan(8);
    await world.week();
    expect([an, binh, chi].map(asked)).toEqual(before);
    an.way = (request, next) =>
      request.url.includes("/api/transfers")
        ? answeredBy("/api/transfers", couchError(404, "not_found"))(request, next)
        : world.way(request, next);
    const other = await an.newCase();
    await offer(an, hoaVang, haiChau, other.id);
    await time.pass(600_000);
    expect(asked(an)).toBe((before[0] ?? 0) + 1);
    expect(an.exchange.counts).toEqual(calm);
  });
});

/** The sender's device was away for a week and wrote: an edit, a note, the name, and something that the other wrote too. */
async function away(world: Sites, door: Way = world.way) {
  const { an, binh, chi, file, person, time, accept, week } = world;
  const transfer = await offer(an, hoaVang, haiChau, file.id);
  await time.pass(60_000);
  binh.connection(false);
  await binh.editCase(file.id, { channel: "police" });
  await binh.editCase(file.id, { owner: "binh" });
  const late = await binh.newNote(file.id, "ghi chú muộn");
  await editPerson(binh, person.id, { displayName: "Tên đúng", sex: "female" });
  await week();
  await accept(transfer);
  await chi.editCase(file.id, { owner: "chi" });
  await editPerson(chi, person.id, { education: "primary" });
  await time.pass(60_000);
  binh.way = door;
  return { late };
}

async function arrived({ chi, file, person, time }: Sites, late: AnyRecord) {
  await time.pass(60_000);
  expect(chi.case(file.id)?.record).toMatchObject({ channel: "police", owner: "chi" });
  expect(chi.case(file.id)?.record.history?.filter(({ field }) => field === "owner")).toHaveLength(2);
  expect(chi.store.read.get("person", person.id)?.record).toMatchObject({
    displayName: "Tên đúng",
    sex: "female",
    education: "primary",
  });
  expect(chi.store.read.get("note", late.id)?.record).toMatchObject({
    createdBy: "binh",
    text: "ghi chú muộn",
  });
  // Two wrote who is responsible: that is for a person of the site which is.
  expect(chi.exchange.counts).toEqual({ ...calm, clashes: 1 });
}

describe("what a device of the sender wrote while it was away for a week", () => {
  it.each(["built-in", "CouchDB"] as const)("arrives and is merged, with a %s store", async (kind) => {
    const world = await sites(kind);
    const { binh, time } = world;
    const { late } = await away(world);
    expect(heldBy(binh, here)).toHaveLength(4);
    binh.connection(true);
    await time.pass(120_000);
    await arrived(world, late);
    expect(heldBy(binh, here)).toEqual([]);
    expect(onDisk(binh)).not.toContain("Tên đúng");
    expect(binh.exchange.counts).toEqual(calm);
    expect(heldBy(world.an, here)).toEqual([]);
    // Whoever wrote it is told that it arrived; a colleague's device knows nothing of it.
    const { id } = world.file;
    expect(binh.store.read.local(lateWordsName(id))).toMatch(/Z$/u);
    expect(world.an.store.read.local(lateWordsName(id))).toBeUndefined();
  });

  it.each([
    ["the answer is lost", answerLost("/api/transfers/late")],
    [
      "the front door is in trouble",
      answeredBy("/api/transfers/late", couchError(500, "internal_server_error")),
    ],
    ["it says nothing that counts", answeredBy("/api/transfers/late", () => Response.json({ ok: true }))],
    [
      "it keeps none of it now",
      answeredBy("/api/transfers/late", () => Response.json({ ok: true, results: [] })),
    ],
  ])("stays on the device while %s, and is there once in the end", async (_what, trouble) => {
    const world = await sites();
    const { binh, way, time } = world;
    const { late } = await away(world, (request, _next) =>
      trouble(request, (passed) => way(passed, () => Promise.reject(new Error("no way")))),
    );
    binh.connection(true);
    await time.pass(120_000);
    expect(binh.case(world.file.id)?.record).toMatchObject({ channel: "police" });
    expect(onDisk(binh)).toContain("Tên đúng");
    expect(binh.store.read.local(lateWordsName(world.file.id))).toBeUndefined();
    binh.way = way;
    await time.pass(600_000);
    await arrived(world, late);
    expect(heldBy(binh, here)).toEqual([]);
    expect(binh.store.read.local(lateWordsName(world.file.id))).toBeDefined();
  });

  it("is lost at no point where the device is killed", async () => {
    const world = await sites();
    const { binh, way, time } = world;
    const { late } = await away(world);
    binh.online = true;
    for (let step = 1; step <= 16; step++) {
      let asked = 0;
      binh.way = async (request, next) => {
        const said = await way(request, next);
        if ((asked += 1) === step) void binh.kill();
        return said;
      };
      await binh.kill();
      await binh.start();
      await time.pass(5_000);
    }
    await binh.kill();
    binh.way = way;
    await binh.start();
    await time.pass(120_000);
    await arrived(world, late);
    expect(heldBy(binh, here)).toEqual([]);
  });

  it("that may not be stays, readable, with the reason, and goes again after it was mended", async () => {
    const world = await sites();
    const { an, binh, chi, file, time, accept } = world;
    await an.editCase(file.id, { riskLevel: "high" });
    const transfer = await offer(an, hoaVang, haiChau, file.id);
    await time.pass(60_000);
    binh.connection(false);
    // Lowering is a supervisor's decision, there as here.
    await binh.editCase(file.id, { riskLevel: "low" });
    await world.week();
    await accept(transfer);
    binh.connection(true);
    await time.pass(120_000);
    expect(binh.case(file.id)).toMatchObject({
      record: { riskLevel: "low" },
      sync: {
        state: "refused",
        refusal: { kind: "forbidden", reason: "role: riskLevel: may not be lowered here" },
      },
    });
    expect(heldBy(binh, here)).toEqual([file.id]);
    expect(binh.exchange.counts).toEqual({ ...calm, refused: 1 });
    expect(binh.store.read.local(lateWordsName(file.id))).toBeUndefined();
    await binh.editCase(file.id, { riskLevel: "high" });
    await time.pass(120_000);
    expect(heldBy(binh, here)).toEqual([]);
    expect(chi.case(file.id)?.record.history?.map(({ to }) => to)).toEqual(["high", "low", "high"]);
  });

  it("a name that was told at last follows its case", async () => {
    const world = await sites();
    const { an, binh, chi, time } = world;
    const unnamed = await an.newCase();
    await time.pass(60_000);
    const transfer = await offer(an, hoaVang, haiChau, unnamed.id);
    await time.pass(60_000);
    binh.connection(false);
    const person = await newPerson(binh, hoaVang, "Nói ra sau cùng");
    await binh.editCase(unnamed.id, { person: person.id });
    await world.week();
    await world.accept(transfer);
    binh.connection(true);
    await time.pass(240_000);
    expect(chi.case(unnamed.id)?.record).toMatchObject({ person: person.id });
    expect(chi.store.read.get("person", person.id)?.record).toMatchObject({ displayName: "Nói ra sau cùng" });
    expect(binh.store.rows(here.names).map(({ record }) => record.id)).not.toContain(person.id);
    expect(binh.exchange.counts).toEqual(calm);
  });
});

describe("a case that goes on", () => {
  it("the receiver's device was away for a week: it accepts, and has all of it", async () => {
    const world = await sites();
    const { an, chi, file, time } = world;
    const transfer = await offer(an, hoaVang, haiChau, file.id);
    await time.pass(60_000);
    chi.connection(false);
    await answer(chi, haiChau, transfer, "accepted");
    await world.week();
    expect(heldBy(an, here)).toEqual(idsOf(world));
    await an.newNote(file.id, "trong lúc chờ");
    chi.connection(true);
    await time.pass(120_000);
    expect(heldBy(chi, there)).toHaveLength(4);
    expect(heldBy(an, here)).toEqual([]);
  });

  it("comes back: devices that had it have it again, with what was written elsewhere and here", async () => {
    const world = await sites();
    const { an, binh, chi, file, person, time, accept } = world;
    await accept(await offer(an, hoaVang, haiChau, file.id));
    binh.connection(false);
    const more = await chi.newNote(file.id, "ở nơi mới");
    await chi.editCase(file.id, { channel: "ngo" });
    await time.pass(60_000);
    const back = await offer(chi, haiChau, hoaVang, file.id);
    await time.pass(60_000);
    await answer(an, hoaVang, back, "accepted");
    await time.pass(120_000);
    binh.connection(true);
    await time.pass(60_000);
    for (const device of [an, binh]) {
      expect(heldBy(device, here)).toEqual([...idsOf(world), more.id].toSorted());
      expect(device.case(file.id)?.record).toMatchObject({ channel: "ngo" });
      expect(device.store.read.get("person", person.id)).toBeDefined();
    }
    expect(heldBy(chi, there)).toEqual([]);
    // It is an ordinary case again.
    await binh.editCase(file.id, { riskLevel: "high" });
    await an.newNote(file.id, "về rồi");
    await time.pass(60_000);
    expect(an.case(file.id)).toMatchObject({ record: { riskLevel: "high" }, sync: { state: "central" } });
    for (const device of [an, binh]) expect(device.exchange.counts).toEqual(calm);
  });

  it("goes on to a third: what a device of the first wrote late reaches the third", async () => {
    const world = await sites();
    const { an, binh, chi, start, file, time, accept } = world;
    const lan = await start("lan", city, 4);
    binh.connection(false);
    await binh.editCase(file.id, { channel: "police" });
    const late = await binh.newNote(file.id, "từ nơi đầu tiên");
    await accept(await offer(an, hoaVang, haiChau, file.id));
    const on = await offer(chi, haiChau, city, file.id);
    await time.pass(60_000);
    await answer(lan, city, on, "accepted");
    await time.pass(120_000);
    binh.connection(true);
    await time.pass(240_000);
    const third = z.looseObject({ channel: z.string() });
    expect(third.parse(await world.centre.operate("GET", `/s-${city}/${file.id}`)).channel).toBe("police");
    expect(await world.centre.operate("GET", `/s-${city}/${late.id}`)).toMatchObject({ createdBy: "binh" });
    for (const device of [an, binh]) expect(heldBy(device, here)).toEqual([]);
    expect(heldBy(chi, there)).toEqual([]);
  });

  it("keeps the name on the device where another case here needs it", async () => {
    const world = await sites();
    const { an, binh, file, person, time, accept } = world;
    const other = await an.newCase({ person: person.id });
    await time.pass(60_000);
    await accept(await offer(an, hoaVang, haiChau, file.id));
    for (const device of [an, binh]) {
      expect(device.case(other.id)).toBeDefined();
      expect(device.store.read.get("person", person.id)).toBeDefined();
    }
    // One that only this device knows of.
    binh.connection(false);
    const unsent = await binh.newCase({ person: person.id });
    await accept(await offer(an, hoaVang, haiChau, other.id));
    await time.pass(60_000);
    expect(an.store.read.get("person", person.id)).toBeUndefined();
    binh.connection(true);
    await time.pass(60_000);
    expect(binh.case(unsent.id)?.sync.state).toBe("central");
    expect(binh.store.read.get("person", person.id)).toBeDefined();
  });
});
