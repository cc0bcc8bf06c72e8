// Two servers that replicate and several devices at each: what was written at both of one record comes together, once.
import { describe, expect, it } from "vitest";
import { clashesIn } from "#src/domain/case-file/undecided.ts";
import { calm, countsOf, createForkedPlaces, versionsAt } from "./support/forked-places.ts";
import { answeredBy, couchError } from "./support/ways.ts";

describe("versions made at two servers", () => {
  it.each(["built-in", "CouchDB"] as const)(
    "of different questions both hold, everywhere; nothing is left beside, with a %s store",
    async (kind) => {
      const { time, hub, centre, an, binh, all, exchange, id } = await createForkedPlaces(kind);
      await an.editCase(id, { owner: "an" });
      await binh.editCase(id, { riskLevel: "high" });
      await time.pass(10_000);
      for (const device of all) device.connection(false);
      await exchange();
      expect((await versionsAt(hub, id))._conflicts).toHaveLength(1);
      for (const device of all) device.connection(true);
      await time.pass(60_000);
      // Each server puts them together for its own devices, and both come to the very same.
      const first = await versionsAt(hub, id);
      expect(await versionsAt(centre, id)).toEqual(first);
      expect(first).toMatchObject({ owner: "an", riskLevel: "high" });
      expect(first._conflicts).toBeUndefined();
      expect(first._rev).toMatch(/^3-/);
      await exchange();
      await time.pass(60_000);
      expect(await versionsAt(hub, id)).toEqual(first);
      for (const device of all) {
        expect(device.case(id)).toMatchObject({
          record: { owner: "an", riskLevel: "high" },
          sync: { state: "central" },
        });
        expect(device.case(id)?.record.history).toHaveLength(2);
      }
      expect(countsOf(all)).toEqual([calm, calm, calm, calm]);
    },
  );

  it("of one question show both answers on every device, and a decision ends it for all", async () => {
    const { time, hub, centre, an, binh, lan, all, exchange, id } = await createForkedPlaces("built-in");
    await an.editCase(id, { riskLevel: "high" });
    await binh.editCase(id, { riskLevel: "medium" });
    await time.pass(10_000);
    await exchange();
    await time.pass(30_000);
    await exchange();
    await time.pass(30_000);
    expect(await versionsAt(hub, id)).toEqual(await versionsAt(centre, id));
    for (const device of all) {
      expect(device.case(id)?.record).toMatchObject({ riskLevel: "high" });
      const [clash] = clashesIn(device.case(id)!.record);
      expect(clash?.sides.map(({ by, to }) => [by, to]).toSorted()).toEqual([
        ["an", "high"],
        ["binh", "medium"],
      ]);
    }
    await lan.editCase(id, { riskLevel: "medium" });
    await time.pass(10_000);
    await exchange();
    await time.pass(30_000);
    expect(countsOf(all)).toEqual([calm, calm, calm, calm]);
    for (const device of all) expect(device.case(id)?.record).toMatchObject({ riskLevel: "medium" });
  });

  it("with more than one author at a side, and an edit unsent on top of the side that lost: nothing is lost", async () => {
    const { time, hub, centre, an, binhAtHub, binh, lan, all, exchange, id } =
      await createForkedPlaces("built-in");
    await an.editCase(id, { owner: "an" });
    await time.pass(5_000);
    await binhAtHub.editCase(id, { riskLevel: "medium" });
    await time.pass(5_000);
    an.connection(false);
    await an.editCase(id, { riskLevel: "high" });
    for (const code of ["HVG-26-000001-1", "HVG-26-000002-2", "HVG-26-000003-3", "HVG-26-000004-4"]) {
      await lan.editCase(id, { code });
      await time.pass(5_000);
    }
    await binh.editCase(id, { owner: "binh" });
    await time.pass(10_000);
    await exchange();
    an.connection(true);
    for (let times = 0; times < 3; times++) {
      await time.pass(60_000);
      await exchange();
    }
    await time.pass(60_000);
    const whole = await versionsAt(hub, id);
    expect(await versionsAt(centre, id)).toEqual(whole);
    expect(whole._conflicts).toBeUndefined();
    expect(whole).toMatchObject({ riskLevel: "high", code: "HVG-26-000004-4" });
    for (const device of all) {
      expect(device.case(id)?.record.history).toHaveLength(8);
      // Two wrote who is responsible: that is for a person.
      expect(device.exchange.counts).toEqual({ ...calm, clashes: 1 });
    }
  });

  it("are put together later where the front door cannot at once, after a restart too", async () => {
    const { time, hub, an, binhAtHub, binh, lan, exchange, id } = await createForkedPlaces("built-in");
    await an.editCase(id, { owner: "an" });
    await binh.editCase(id, { riskLevel: "high" });
    await time.pass(10_000);
    for (const device of [binhAtHub, binh, lan]) await device.kill();
    const { way } = an;
    an.way = (request, next) =>
      request.url.includes("/api/forks")
        ? answeredBy("/api/forks", couchError(503, "unavailable"))(request, next)
        : way(request, next);
    await exchange();
    await time.pass(20_000);
    expect((await versionsAt(hub, id))._conflicts).toHaveLength(1);
    expect(an.exchange.state.phase).toBe("idle");
    await an.kill();
    an.way = way;
    await an.start();
    await time.pass(60_000);
    expect(await versionsAt(hub, id)).toMatchObject({ owner: "an", riskLevel: "high" });
    expect((await versionsAt(hub, id))._conflicts).toBeUndefined();
  });

  it("where there is no front door it is asked once, and nothing is disturbed", async () => {
    const { time, hub, an, binhAtHub, binh, lan, exchange, id } = await createForkedPlaces("built-in");
    for (const device of [an, binhAtHub]) {
      const { way } = device;
      device.way = (request, next) =>
        request.url.includes("/api/")
          ? answeredBy("/api/", couchError(404, "not_found"))(request, next)
          : way(request, next);
    }
    await an.editCase(id, { owner: "an" });
    await binh.editCase(id, { riskLevel: "high" });
    await time.pass(10_000);
    for (const device of [binh, lan]) await device.kill();
    await exchange();
    await time.pass(60_000);
    expect((await versionsAt(hub, id))._conflicts).toHaveLength(1);
    const { length } = an.requests.filter((request) => request.endsWith("/api/forks"));
    expect(length).toBe(1);
    await an.newNote(id, "vẫn gửi được");
    await time.pass(10_000);
    expect(an.exchange.counts).toEqual(calm);
  });
});
