// Edits that meet: on their way, on two devices, around a kill. Nothing said is lost; what contradicts waits for a person.
import { describe, expect, it } from "vitest";
import { clashesIn } from "#src/domain/case-file/undecided.ts";
import type { Case } from "#src/domain/records/case.ts";
import { hoaVang } from "./support/test-centre.ts";
import { straight } from "./support/ways.ts";
import { createWorld } from "./support/world.ts";

const database = `s-${hoaVang}`;

/** Two devices of one commune that both have the same case. */
async function createPair() {
  const world = await createWorld();
  const an = await world.device("an");
  const binh = await world.device("binh");
  const { id } = await an.newCase({ riskLevel: "low" });
  await world.time.pass(10_000);
  expect(binh.case(id)?.sync.state).toBe("central");
  return { ...world, an, binh, id };
}

describe("edited while on its way", () => {
  it("the answer settles what was sent; the later edit goes on top of it", async () => {
    const { time, centre, device } = await createWorld();
    const an = await device("an");
    await time.pass(5_000);
    let edited = false;
    let id = "";
    an.way = async (request, next) => {
      const answer = await next(request);
      if (request.url.includes("_bulk_docs") && !edited) {
        edited = true;
        await an.editCase(id, { riskLevel: "high" });
        expect(an.case(id)?.sync.state).toBe("local");
      }
      return answer;
    };
    ({ id } = await an.newCase());
    await time.pass(10_000);
    expect(an.case(id)).toMatchObject({ sync: { state: "central" }, record: { riskLevel: "high" } });
    expect(an.exchange.counts.clashes).toBe(0);
    expect((await centre.documents(database)).get(id)).toMatchObject({ riskLevel: "high" });
  });

  it("our own version comes down the feed before the answer to it: no clash", async () => {
    const { time, device } = await createWorld();
    const an = await device("an");
    await time.pass(5_000);
    let edited = false;
    let saved: Case | undefined;
    an.way = async (request, next) => {
      const answer = await next(request);
      if (request.url.includes("_bulk_docs") && !edited && saved) {
        edited = true;
        await an.editCase(saved.id, { owner: "an" });
        // The answer is held back until the feed has brought the record.
        await new Promise<void>((resolve) => {
          time.after(3_000, resolve);
        });
      }
      return answer;
    };
    saved = await an.newCase();
    await time.pass(20_000);
    expect(edited).toBe(true);
    expect(an.exchange.counts).toEqual({ waiting: 0, refused: 0, clashes: 0 });
    expect(an.case(saved.id)?.record).toMatchObject({ owner: "an" });
  });

  it("killed between the answer and keeping it: one record, no clash", async () => {
    const { time, centre, device } = await createWorld();
    const an = await device("an");
    await time.pass(5_000);
    let killed: Promise<void> | undefined;
    an.way = async (request, next) => {
      const answer = await next(request);
      if (request.url.includes("_bulk_docs")) killed ??= an.kill();
      return answer;
    };
    const saved = await an.newCase();
    await time.pass(2_000);
    await killed;
    expect((await centre.documents(database)).size).toBe(1);
    an.way = straight;
    await an.start();
    expect(an.case(saved.id)?.sync.state).toBe("local");
    await time.pass(10_000);
    expect(an.case(saved.id)).toMatchObject({ sync: { state: "central" }, record: saved });
    expect(an.exchange.counts.clashes).toBe(0);
  });
});

describe("edited on two devices", () => {
  it("of different fields both hold, and nobody is asked", async () => {
    const { time, centre, an, binh, id } = await createPair();
    an.connection(false);
    await an.editCase(id, { riskLevel: "high" });
    await binh.editCase(id, { owner: "binh" });
    await time.pass(5_000);
    an.connection(true);
    await time.pass(10_000);
    expect((await centre.documents(database)).get(id)).toMatchObject({ riskLevel: "high", owner: "binh" });
    expect(binh.case(id)?.record).toEqual(an.case(id)?.record);
    expect(an.exchange.counts).toEqual({ waiting: 0, refused: 0, clashes: 0 });
  });

  it("of one field: merged and sent at once, and both see who wrote what until somebody decides", async () => {
    const { time, centre, an, binh, id } = await createPair();
    an.connection(false);
    binh.connection(false);
    await an.editCase(id, { riskLevel: "high", owner: "an" });
    await binh.editCase(id, { riskLevel: "medium", owner: "binh" });
    binh.connection(true);
    await time.pass(5_000);
    an.connection(true);
    await time.pass(10_000);
    // The stricter of two levels of risk; of anything else what the centre had first.
    expect((await centre.documents(database)).get(id)).toMatchObject({ riskLevel: "high", owner: "binh" });
    for (const device of [an, binh]) {
      expect(device.exchange.counts).toEqual({ waiting: 0, refused: 0, clashes: 1 });
      const clashes = clashesIn(device.case(id)!.record);
      expect(clashes.map(({ unit, sides }) => [unit.path, sides.map(({ by, to }) => [by, to])])).toEqual([
        [
          "owner",
          expect.arrayContaining([
            ["an", "an"],
            ["binh", "binh"],
          ]),
        ],
        [
          "riskLevel",
          expect.arrayContaining([
            ["an", "high"],
            ["binh", "medium"],
          ]),
        ],
      ]);
    }
    expect(binh.case(id)?.record).toEqual(an.case(id)?.record);
  });

  it("whoever decides ends it for all, with the history of both and the decision", async () => {
    const { time, centre, an, binh, id } = await createPair();
    an.connection(false);
    await an.editCase(id, { riskLevel: "high" });
    await binh.editCase(id, { riskLevel: "medium" });
    await time.pass(5_000);
    an.connection(true);
    await time.pass(5_000);
    expect(binh.exchange.counts.clashes).toBe(1);
    await binh.editCase(id, { riskLevel: "high" });
    await time.pass(10_000);
    for (const device of [an, binh])
      expect(device.exchange.counts).toEqual({ waiting: 0, refused: 0, clashes: 0 });
    expect(binh.case(id)?.record).toEqual(an.case(id)?.record);
    const document = (await centre.documents(database)).get(id);
    expect(document).toMatchObject({ riskLevel: "high" });
    expect(document?.["history"]).toHaveLength(3);
  });

  it("a change that comes while somebody decides holds beside the decision", async () => {
    const { time, centre, an, binh, id } = await createPair();
    an.connection(false);
    await an.editCase(id, { riskLevel: "high" });
    await binh.editCase(id, { riskLevel: "medium" });
    await time.pass(5_000);
    an.connection(true);
    await time.pass(5_000);
    an.connection(false);
    await an.editCase(id, { riskLevel: "high" });
    await binh.editCase(id, { owner: "binh" });
    await time.pass(5_000);
    an.connection(true);
    await time.pass(10_000);
    expect((await centre.documents(database)).get(id)).toMatchObject({ riskLevel: "high", owner: "binh" });
    expect(an.exchange.counts).toEqual({ waiting: 0, refused: 0, clashes: 0 });
  });

  it("two people who wrote the same have no clash", async () => {
    const { time, an, binh, id } = await createPair();
    an.connection(false);
    const edited = await binh.editCase(id, { riskLevel: "medium" });
    await an.save(database, edited);
    await time.pass(5_000);
    an.connection(true);
    await time.pass(10_000);
    expect(an.exchange.counts).toEqual({ waiting: 0, refused: 0, clashes: 0 });
  });

  it("killed between merging and sending: the merge is there, and goes", async () => {
    const { time, centre, an, binh, id } = await createPair();
    an.connection(false);
    await an.editCase(id, { riskLevel: "high" });
    await binh.editCase(id, { owner: "binh" });
    await time.pass(5_000);
    let killed: Promise<void> | undefined;
    let sent = 0;
    an.way = (request, next) => {
      if (!request.url.includes("_bulk_docs") || (sent += 1) < 2) return next(request);
      killed ??= an.kill();
      return new Promise(() => undefined);
    };
    an.connection(true);
    await time.pass(5_000);
    await killed;
    expect(killed).toBeDefined();
    an.way = straight;
    await an.start();
    expect(an.case(id)?.record).toMatchObject({ riskLevel: "high", owner: "binh" });
    await time.pass(10_000);
    expect((await centre.documents(database)).get(id)).toMatchObject({ riskLevel: "high", owner: "binh" });
  });

  it("another's edit on top of ours, whose answer was lost: theirs is taken, no clash", async () => {
    const { time, an, binh, id } = await createPair();
    an.way = async (request, next) => {
      const answer = await next(request);
      if (request.url.includes("_bulk_docs")) an.connection(false);
      return answer;
    };
    await an.editCase(id, { riskLevel: "high" });
    await time.pass(5_000);
    expect(an.case(id)?.sync.state).toBe("local");
    await binh.editCase(id, { owner: "binh" });
    await time.pass(5_000);
    an.way = straight;
    an.connection(true);
    await time.pass(10_000);
    expect(an.case(id)).toMatchObject({
      sync: { state: "central" },
      record: { riskLevel: "high", owner: "binh" },
    });
    expect(an.exchange.counts).toEqual({ waiting: 0, refused: 0, clashes: 0 });
  });
});

describe("deleted at the centre by an operator", () => {
  it("the record stays readable here and says so; what is unsent on it is not lost", async () => {
    const { time, centre, an, binh, id } = await createPair();
    binh.connection(false);
    await binh.editCase(id, { riskLevel: "high" });
    const rev = (await centre.documents(database)).get(id)?.["_rev"];
    await centre.operate("DELETE", `/${database}/${id}?rev=${String(rev)}`);
    await time.pass(5_000);
    expect(an.case(id)).toMatchObject({ sync: { state: "refused", refusal: { reason: "erased" } } });
    binh.connection(true);
    await time.pass(10_000);
    expect(binh.case(id)).toMatchObject({
      record: { riskLevel: "high" },
      sync: { state: "refused", refusal: { reason: "erased" } },
    });
  });
});
