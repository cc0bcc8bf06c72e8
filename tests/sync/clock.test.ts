// A phone with a wrong date loses nothing, and its records carry the right time (D17).
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AnyRecord } from "#src/domain/record/define.ts";
import type { Row } from "#src/storage/replica.ts";
import { restamp } from "#src/sync/restamp.ts";
import { hoaVang } from "./support/test-centre.ts";
import { answerLost, straight } from "./support/ways.ts";
import { createWorld } from "./support/world.ts";

const database = `s-${hoaVang}`;
const minute = 60_000;
const day = 24 * 3600_000;
const now = Date.parse("2026-11-22T08:00:00.000Z");
const iso = (ms: number) => new Date(ms).toISOString();

function rowOf(createdAt: number, deviceTime: number, more: Partial<AnyRecord> = {}): Row {
  const record: AnyRecord = {
    id: "3f2a0000-0000-4000-8000-000000000000",
    type: "case",
    version: 1,
    createdAt: iso(createdAt),
    createdBy: "an",
    device: "d",
    deviceTime: iso(deviceTime),
    ...more,
  };
  return { database, record, sync: { state: "local" }, arrivedAt: iso(now), outbox: 1 };
}
const madeAt = (row: Row, time: Parameters<typeof restamp>[1]) =>
  Date.parse((restamp(row, time) ?? row.record).createdAt);

describe("restamp", () => {
  const known = { now, offsetMs: 0, firstContact: false };

  it.each([
    ["two years ahead", 730 * day],
    ["two years behind", -730 * day],
  ])("at first contact a clock %s is corrected by its offset", (_name, wrong) => {
    const made = now - 3 * day;
    const row = rowOf(made + wrong, made + wrong);
    expect(madeAt(row, { now, offsetMs: -wrong, firstContact: true })).toBe(made);
  });

  it.each([
    ["jumped ahead before the record was made", 730 * day, 730 * day, -730 * day],
    ["jumped back before the record was made", -730 * day, -730 * day, 730 * day],
    ["was ahead with a known offset, and was then set right", 0, 730 * day, 0],
    ["was behind with a known offset, and was then set right", 0, -730 * day, 0],
    ["jumped ahead after the record was made", 0, 0, -730 * day],
    ["jumped back after the record was made", 0, 0, 730 * day],
  ])("a clock that %s", (_name, createdAt, deviceTime, offsetMs) => {
    const made = now - 2 * day;
    const row = rowOf(made + createdAt, made + deviceTime);
    expect(madeAt(row, { ...known, offsetMs })).toBe(made);
  });

  it("where no instant is possible, the centre's present is taken", () => {
    expect(madeAt(rowOf(now + day, now + day), known)).toBe(now);
  });

  it("small differences are left alone, and a second correction changes nothing", () => {
    expect(restamp(rowOf(now - day, now - day - minute / 2), known)).toBeUndefined();
    fc.assert(
      fc.property(
        fc.integer({ min: -800 * day, max: 800 * day }),
        fc.integer({ min: -800 * day, max: 800 * day }),
        fc.integer({ min: -800 * day, max: 800 * day }),
        fc.boolean(),
        (created, device, offsetMs, firstContact) => {
          const row = rowOf(now + created, now + device);
          const time = { now, offsetMs, firstContact };
          const once = restamp(row, time) ?? row.record;
          expect(Date.parse(once.createdAt)).toBeLessThanOrEqual(now + 5_000);
          expect(restamp({ ...row, record: once }, time)).toBeUndefined();
        },
      ),
    );
  });

  it("moves the whole record: last change and history keep their distance", () => {
    const made = now - day + 730 * day;
    const entry = { id: "e1", at: iso(made + minute), by: "an", device: "d", field: "owner", after: [] };
    const row = rowOf(made, made, { updatedAt: iso(made + minute), updatedBy: "an", history: [entry] });
    expect(restamp(row, { now, offsetMs: -730 * day, firstContact: true })).toMatchObject({
      createdAt: iso(now - day),
      updatedAt: iso(now - day + minute),
      history: [{ ...entry, at: iso(now - day + minute) }],
    });
  });

  it("of a record that the centre has, only what lies in the future and is not yet there", () => {
    const old = { id: "e1", at: iso(now + day), by: "an", device: "d", field: "owner", after: [] };
    const mine = { ...old, id: "e2" };
    const base = rowOf(now - day, now - day, { history: [old] }).record;
    const edited = { ...base, updatedAt: iso(now + day), updatedBy: "an", history: [old, mine] };
    const row: Row = { ...rowOf(0, 0), record: edited, base, rev: "1-a" };
    expect(restamp(row, known)).toEqual({
      ...edited,
      updatedAt: iso(now),
      history: [old, { ...mine, at: iso(now) }],
    });
  });
});

describe("a device whose clock is wrong", () => {
  it.each([
    ["two years ahead", 730 * day],
    ["two years behind", -730 * day],
  ])("%s from the beginning: everything arrives with the right time", async (_name, skew) => {
    const { time, centre, device } = await createWorld();
    const an = await device("an", { online: false, skew });
    const made = time.now();
    const saved = await an.newCase();
    await an.editCase(saved.id, { riskLevel: "high" });
    await time.pass(day);
    an.connection(true);
    await time.pass(10_000);
    expect(an.exchange.counts).toEqual({ waiting: 0, refused: 0, clashes: 0 });
    const document = (await centre.documents(database)).get(saved.id);
    expect(Math.abs(Date.parse(String(document?.["createdAt"])) - made)).toBeLessThan(2_000);
    expect(Math.abs(Number(an.store.local("clockOffset")) + skew)).toBeLessThan(2_000);
    // What is made from now on is right at once.
    const next = await an.newCase();
    expect(Math.abs(Date.parse(next.createdAt) - time.now())).toBeLessThan(2_000);
  });

  it.each([
    ["ahead", 730 * day],
    ["back", -730 * day],
  ])(
    "jumps two years %s between two exchanges: nothing refused, nothing in the future",
    async (_name, jump) => {
      const { time, centre, device } = await createWorld();
      const an = await device("an");
      const before = await an.newCase();
      await time.pass(5_000);
      an.connection(false);
      an.skew = jump;
      const during = await an.newCase();
      await an.editCase(before.id, { riskLevel: "high" });
      an.connection(true);
      await time.pass(10_000);
      expect(an.exchange.counts).toEqual({ waiting: 0, refused: 0, clashes: 0 });
      const documents = await centre.documents(database);
      expect(Math.abs(Date.parse(String(documents.get(during.id)?.["createdAt"])) - time.now())).toBeLessThan(
        minute,
      );
      expect(documents.get(before.id)).toMatchObject({ riskLevel: "high" });
    },
  );

  it("jumps in the middle of a run: refused because of its time, corrected, and sent again", async () => {
    const { time, device } = await createWorld();
    const an = await device("an");
    await time.pass(5_000);
    an.skew = 730 * day;
    const saved = await an.newCase();
    await time.pass(5_000);
    expect(an.case(saved.id)?.sync.state).toBe("central");
    expect(an.exchange.counts.refused).toBe(0);
  });

  it("states and the last exchange carry the centre's time", async () => {
    const { time, device } = await createWorld();
    const an = await device("an", { skew: 3 * day });
    const saved = await an.newCase();
    await time.pass(10_000);
    const sync = an.case(saved.id)?.sync;
    const at = sync?.state === "central" ? Date.parse(sync.at) : 0;
    expect(Math.abs(at - time.now())).toBeLessThan(minute);
    expect(Math.abs(Date.parse(an.exchange.state.lastExchangeAt ?? "") - time.now())).toBeLessThan(minute);
    const told = an.exchange.state.lastExchangeAt;
    await an.kill();
    an.online = false;
    await an.start();
    await time.settle();
    expect(an.exchange.state.phase).toBe("offline");
    expect(
      Math.abs(Date.parse(an.exchange.state.lastExchangeAt ?? "") - Date.parse(told ?? "")),
    ).toBeLessThan(minute);
  });

  it("on two phones, one cloned from the other with unsent work: what each corrects in its own way is one", async () => {
    const { time, centre, device } = await createWorld();
    const first = await device("an", { online: false, skew: 730 * day });
    const made = await first.newCase();
    await first.editCase(made.id, { owner: "an" });
    const disk = { envelopes: new Map(first.disk.envelopes) };
    const second = await device("an", { online: false, seed: 2, disk });
    first.connection(true);
    await time.pass(10_000);
    await second.editCase(made.id, { owner: "lan" });
    second.connection(true);
    await time.pass(20_000);
    for (const { exchange } of [first, second])
      expect(exchange.counts).toEqual({ waiting: 0, refused: 0, clashes: 0 });
    const document = (await centre.documents(database)).get(made.id);
    expect(document).toMatchObject({ owner: "lan" });
    expect(document?.["history"]).toHaveLength(2);
  });

  it("sent and taken without an answer, then corrected by another clock and edited: it keeps the time the centre has", async () => {
    const { time, centre, device } = await createWorld();
    const an = await device("an");
    const warmedUp = await an.newCase();
    await time.pass(10_000);
    an.connection(false);
    const made = await an.newCase();
    an.way = answerLost("_bulk_docs");
    an.connection(true);
    await time.pass(100);
    an.connection(false);
    an.way = straight;
    await time.pass(120 * minute);
    // Set back by half an hour: what the device knows of the record's time now looks like half an hour later.
    an.skew = -30 * minute;
    await an.editCase(made.id, { owner: "an" });
    an.connection(true);
    await time.pass(20_000);
    expect(an.case(made.id)?.sync).toMatchObject({ state: "central" });
    const document = (await centre.documents(database)).get(made.id);
    expect(document).toMatchObject({ owner: "an", createdAt: made.createdAt });
    expect(an.case(warmedUp.id)?.sync.state).toBe("central");
  });
});
