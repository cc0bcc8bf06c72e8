// Versions that two servers have left, where devices speak with the record stores alone: their authors bring them together.
import { describe, expect, it } from "vitest";
import { clashesIn } from "#src/domain/case-file/undecided.ts";
import { calm, countsOf, createForkedPlaces, versionsAt } from "./support/forked-places.ts";

describe("versions made at two servers, directly on both", () => {
  it("are put together by the device of whose author's lost, and shown on all", async () => {
    const { time, hub, centre, an, binh, all, exchange, id } = await createForkedPlaces();
    await an.editCase(id, { riskLevel: "high" });
    await binh.editCase(id, { code: "HVG-26-000001-1" });
    await time.pass(10_000);
    await binh.editCase(id, { riskLevel: "medium" });
    await time.pass(10_000);
    await exchange();
    await time.pass(60_000);
    await exchange();
    await time.pass(60_000);
    expect(await versionsAt(hub, id)).toEqual(await versionsAt(centre, id));
    for (const device of all) {
      expect(device.case(id)).toMatchObject({ record: { riskLevel: "high" }, sync: { state: "central" } });
      const [clash] = clashesIn(device.case(id)!.record);
      expect(clash?.sides.map(({ by, to }) => [by, to]).toSorted()).toEqual([
        ["an", "high"],
        ["binh", "medium"],
      ]);
    }
    expect(countsOf(all)).toEqual(all.map(() => ({ ...calm, clashes: 1 })));
  });

  it("of which the losing author's phone is gone: the next phone brings what was said on it", async () => {
    const { time, hub, centre, an, binhAtHub, binh, lan, start, exchange, id } = await createForkedPlaces();
    await an.editCase(id, { riskLevel: "high" });
    await time.pass(10_000);
    expect(an.case(id)?.sync.state).toBe("central");
    await an.kill();
    await binh.editCase(id, { code: "HVG-26-000001-1" });
    await time.pass(10_000);
    await binh.editCase(id, { owner: "binh" });
    await time.pass(10_000);
    await exchange();
    expect(await versionsAt(hub, id)).toMatchObject({ owner: "binh", riskLevel: "low" });
    const next = await start("an", "hub", 5);
    for (let times = 0; times < 2; times++) {
      await time.pass(60_000);
      await exchange();
    }
    await time.pass(60_000);
    expect(await versionsAt(centre, id)).toMatchObject({ owner: "binh", riskLevel: "high" });
    for (const device of [next, binhAtHub, binh, lan])
      expect(device.case(id)).toMatchObject({
        record: { owner: "binh", riskLevel: "high" },
        sync: { state: "central" },
      });
    expect(countsOf([next, binh, lan])).toEqual([calm, calm, calm]);
    // It is not written again each time somebody sees that the other version still lies beside it.
    const { _rev } = await versionsAt(centre, id);
    await time.pass(600_000);
    await exchange();
    expect((await versionsAt(centre, id))._rev).toBe(_rev);
  });

  it("of which one holds words of two people: each brings the own, and nothing waits for ever", async () => {
    const { time, centre, an, binhAtHub, binh, start, exchange, id } = await createForkedPlaces();
    await an.editCase(id, { riskLevel: "high" });
    await time.pass(10_000);
    await binhAtHub.editCase(id, { owner: "binh" });
    await time.pass(10_000);
    for (const device of [an, binhAtHub]) await device.kill();
    for (const code of ["HVG-26-000001-1", "HVG-26-000002-2", "HVG-26-000003-3"]) {
      await binh.editCase(id, { code });
      await time.pass(10_000);
    }
    await binh.kill();
    await exchange();
    const next = await start("an", "hub", 5);
    await time.pass(60_000);
    expect(next.exchange.counts).toEqual(calm);
    expect(next.case(id)).toMatchObject({
      record: { riskLevel: "high", code: "HVG-26-000003-3" },
      sync: { state: "central" },
    });
    expect(next.case(id)?.record).not.toHaveProperty("owner");
    await binh.start();
    await exchange();
    await time.pass(60_000);
    await exchange();
    expect(await versionsAt(centre, id)).toMatchObject({ riskLevel: "high", owner: "binh" });
  });

  it("with an edit under way on top of the winner: both go", async () => {
    const { time, centre, an, binh, start, exchange, id } = await createForkedPlaces();
    await an.editCase(id, { riskLevel: "high" });
    await time.pass(10_000);
    await an.kill();
    await binh.editCase(id, { code: "HVG-26-000001-1" });
    await time.pass(10_000);
    await binh.editCase(id, { code: "HVG-26-000002-2" });
    await time.pass(10_000);
    await exchange();
    const next = await start("an", "hub", 5);
    next.way = (request, handle) =>
      request.url.includes("_bulk_get") ? Promise.reject(new TypeError("fetch failed")) : handle(request);
    await time.pass(10_000);
    expect(next.case(id)?.record).toMatchObject({ riskLevel: "low" });
    next.way = (request, handle) =>
      request.url.includes("_bulk_docs") ? Promise.reject(new TypeError("fetch failed")) : handle(request);
    await next.editCase(id, { owner: "an" });
    await time.pass(60_000);
    next.way = (request, handle) => handle(request);
    await time.pass(300_000);
    await exchange();
    await time.pass(60_000);
    expect(await versionsAt(centre, id)).toMatchObject({ riskLevel: "high", owner: "an" });
    expect(next.exchange.counts).toEqual(calm);
  });
});
