// What stock replication gets wrong, each shown on the stock part as control and right on ours.
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { chanceFrom } from "./support/chance.ts";
import { noteBy, putAtCentre } from "./support/documents.ts";
import { createStockDevice } from "./support/stock-replication.ts";
import { hoaVang } from "./support/test-centre.ts";
import { createWorld } from "./support/world.ts";

const database = `s-${hoaVang}`;
const offline = () => new TypeError("fetch failed");

describe("finding 1: started offline, others write in between, then online", () => {
  it("control: the stock part skips what arrived in between for good", async () => {
    const { time, centre } = await createWorld();
    const chance = chanceFrom(1);
    const stock = await createStockDevice(centre, database, "lan");
    stock.way = offline;
    stock.start();
    await sleep(50);
    const early = noteBy("an", time.now(), chance);
    await putAtCentre(centre, database, early);
    // The network comes back; the held-open request happens to get through last.
    stock.way = (url) => (url.searchParams.get("feed") === "longpoll" ? offline() : undefined);
    await waitUntil(async () => (await stock.ids()).includes(early.id));
    const between = noteBy("an", time.now(), chance);
    await putAtCentre(centre, database, between);
    stock.way = () => undefined;
    await waitUntil(() => centre.feeds().waiting > 0);
    const after = noteBy("an", time.now(), chance);
    await putAtCentre(centre, database, after);
    await waitUntil(async () => (await stock.ids()).includes(after.id));
    stock.again();
    await sleep(300);
    expect(await stock.ids()).not.toContain(between.id);
  });

  it("ours skips nothing, whatever gets through first", async () => {
    const { time, centre, device } = await createWorld();
    const chance = chanceFrom(1);
    const lan = await device("lan", { online: false });
    await time.pass(60_000);
    const notes = Array.from({ length: 3 }, () => noteBy("an", time.now(), chance));
    await putAtCentre(centre, database, notes[0]!);
    lan.way = (request, next) =>
      request.url.includes("longpoll") ? Promise.reject(offline()) : next(request);
    lan.connection(true);
    await time.settle();
    await putAtCentre(centre, database, notes[1]!);
    await time.pass(10_000);
    await putAtCentre(centre, database, notes[2]!);
    lan.way = (request, next) => next(request);
    await time.pass(60_000);
    for (const { id } of notes) expect(lan.store.read.get("note", id)?.sync.state).toBe("central");
  });

  it("ours takes over what was written between its last page and its first held-open request", async () => {
    const { time, centre, device } = await createWorld();
    const chance = chanceFrom(2);
    const lan = await device("lan");
    const note = noteBy("an", time.now(), chance);
    let written = false;
    lan.way = async (request, next) => {
      if (request.url.includes("longpoll") && !written) {
        written = true;
        await putAtCentre(centre, database, note);
      }
      return next(request);
    };
    await time.pass(5_000);
    expect(written).toBe(true);
    expect(lan.store.read.get("note", note.id)?.sync.state).toBe("central");
  });
});

describe("finding 2: the clock went back", () => {
  it("what is written after that is sent all the same", async () => {
    const { time, centre, device } = await createWorld();
    const an = await device("an");
    const first = await an.newCase();
    await time.pass(5_000);
    an.skew = -400 * 24 * 3600_000;
    const second = await an.newCase();
    await an.kill();
    await an.start();
    await time.pass(30_000);
    expect([...(await centre.documents(database)).keys()].sort()).toEqual([first.id, second.id].sort());
    expect(an.exchange.counts.waiting).toBe(0);
  });
});

describe("finding 3: one forbidden row", () => {
  it("control: the stock part tries the same batch for ever", async () => {
    const { time, centre } = await createWorld();
    const chance = chanceFrom(3);
    const stock = await createStockDevice(centre, database, "an");
    const [first, later] = [noteBy("an", time.now(), chance), noteBy("an", time.now(), chance)];
    const foreign = noteBy("binh", time.now(), chance);
    await stock.insert({ _id: first.id, ...first });
    stock.start();
    await waitUntil(async () => (await centre.documents(database)).has(first.id));
    await stock.insert({ _id: foreign.id, ...foreign });
    await sleep(100);
    await stock.insert({ _id: later.id, ...later });
    stock.again();
    await sleep(500);
    expect([...(await centre.documents(database)).keys()]).toEqual([first.id]);
  });

  it("ours puts it aside with its reason, sends the others, and sends it again after an edit", async () => {
    const { time, centre, device } = await createWorld();
    const an = await device("an", { online: false });
    const good = await an.newCase();
    const bad = await an.newCase();
    await an.save(database, { ...bad, createdBy: "binh", updatedBy: "binh" });
    const last = await an.newCase();
    an.connection(true);
    await time.pass(10_000);
    const documents = await centre.documents(database);
    expect([...documents.keys()].sort()).toEqual([good.id, last.id].sort());
    const refused = an.case(bad.id);
    expect(refused?.sync).toMatchObject({
      state: "refused",
      refusal: { kind: "forbidden", reason: "author: createdBy: is not who is signed in" },
    });
    expect(refused?.record.createdBy).toBe("binh");
    expect(an.exchange.counts).toEqual({ waiting: 0, refused: 1, clashes: 0 });

    await an.save(database, bad);
    await time.pass(5_000);
    expect(an.case(bad.id)?.sync.state).toBe("central");
    expect((await centre.documents(database)).has(bad.id)).toBe(true);
  });
});

describe("finding 6: design documents come down the feed", () => {
  it("control: the stock part keeps them as records", async () => {
    const { centre } = await createWorld();
    const stock = await createStockDevice(centre, database, "lan");
    stock.start();
    await waitUntil(async () => (await stock.ids()).length > 0);
    expect(await stock.ids()).toEqual(["_design/neo-ve"]);
  });

  it("ours skips them and whatever else is no record", async () => {
    const { time, centre, device } = await createWorld();
    await centre.operate("PUT", `/${database}/_design/other`, { views: {} });
    const lan = await device("lan");
    await time.pass(5_000);
    expect(lan.store.read.all().every(({ record }) => record.type === "site")).toBe(true);
    expect(lan.exchange.state.phase).toBe("idle");
  });
});

async function waitUntil(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    if (await condition()) return;
    await sleep(10);
  }
  throw new Error("waited in vain");
}
