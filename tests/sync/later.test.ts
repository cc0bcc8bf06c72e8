// What is to be tried later is tried ever more rarely; what is new, a person who asks and the work of others do not wait for it.
import { expect, it } from "vitest";
import { chanceFrom } from "./support/chance.ts";
import { noteBy, putAtCentre } from "./support/documents.ts";
import { communeOf, makeProvince } from "./support/province.ts";
import { hoaVang } from "./support/test-centre.ts";
import type { Way } from "./support/test-device.ts";
import { createWorld } from "./support/world.ts";

const database = `s-${hoaVang}`;

it("a conflict about everything, with what we stand on: asked about twice in a round, ever more rarely, and it ends", async () => {
  const { time, device } = await createWorld();
  const an = await device("an");
  const { id } = await an.newCase();
  await time.pass(10_000);
  an.way = async (request, next) => {
    if (!request.url.includes("_bulk_docs")) return next(request);
    const { docs } = (await request.json()) as { docs: { _id: string }[] };
    return Response.json(docs.map(({ _id }) => ({ id: _id, error: "conflict", reason: "x" })));
  };
  const before = an.requests.length;
  await an.editCase(id, { owner: "an" });
  await an.newCase();
  await time.pass(1_200_000);
  const writes = an.requests.slice(before).filter((request) => request.endsWith("_bulk_docs"));
  expect(writes.length).toBeGreaterThan(4);
  expect(writes.length).toBeLessThan(24);
  an.way = (request, next) => next(request);
  await time.pass(241_000);
  expect(an.exchange.counts).toEqual({ waiting: 0, refused: 0, clashes: 0 });
});

it("a conflict of which a slow node does not know yet: the next node tells, and the edit goes at once", async () => {
  const { time, centre, device } = await createWorld();
  const an = await device("an");
  const binh = await device("binh");
  const { id } = await an.newCase();
  await time.pass(10_000);
  an.connection(false);
  const before = (await centre.documents(database)).get(id)!;
  await binh.editCase(id, { owner: "binh" });
  await time.pass(10_000);
  await an.editCase(id, { nextContactOn: "2026-12-01" });
  let asked = 0;
  an.way = (request, next) => {
    if (!request.url.includes("_all_docs") || asked++ > 0) return next(request);
    const row = { id, key: id, value: { rev: before["_rev"] }, doc: before };
    return Promise.resolve(Response.json({ rows: [row] }));
  };
  an.connection(true);
  await time.pass(20_000);
  expect(asked).toBeGreaterThan(0);
  expect(an.exchange.counts).toEqual({ waiting: 0, refused: 0, clashes: 0 });
});

/** The rows of which `isLater` is true meet a fault of the centre's own; the others go through. */
const laterFor =
  (isLater: (id: string) => boolean): Way =>
  async (request, next) => {
    if (!request.url.includes("_bulk_docs")) return next(request);
    const { docs } = (await request.clone().json()) as { docs: { _id: string }[] };
    const good = docs.filter(({ _id }) => !isLater(_id));
    const bad = docs.filter(({ _id }) => isLater(_id));
    const answer = await next(new Request(request, { method: "POST", body: JSON.stringify({ docs: good }) }));
    const rows = (await answer.json()) as object[];
    const all = [
      ...rows,
      ...bad.map(({ _id }) => ({ id: _id, error: "internal_server_error", reason: "x" })),
    ];
    return Response.json(all, { headers: { date: answer.headers.get("date") ?? "" } });
  };

it("one row that the centre wants later for ever: another that met a passing fault is not kept waiting for minutes", async () => {
  const { time, device } = await createWorld();
  const an = await device("an");
  await time.pass(5_000);
  const stuck = await an.newCase();
  an.way = laterFor((id) => id === stuck.id);
  await an.editCase(stuck.id, { owner: "an" });
  await time.pass(1_200_000);
  an.way = laterFor(() => true);
  const other = await an.newCase();
  await time.pass(1_000);
  an.way = laterFor((id) => id === stuck.id);
  await time.pass(60_000);
  expect(an.case(other.id)?.sync.state).toBe("central");
});

it("a person who asks again and again does not make it rarer", async () => {
  const { time, device } = await createWorld();
  const an = await device("an");
  await time.pass(5_000);
  an.way = laterFor(() => true);
  const { id } = await an.newCase();
  for (let count = 0; count < 5; count++) {
    await time.busy(an.exchange.run());
    await time.pass(1_000);
  }
  an.way = (request, next) => next(request);
  await time.pass(60_000);
  expect(an.case(id)?.sync.state).toBe("central");
});

it("of many sites, with one row that is stuck: what others write still comes while the person works", async () => {
  const { time, centre, device } = await createWorld();
  await makeProvince(centre, time, { sites: 12, records: 1 });
  const lan = await device("lan");
  await time.pass(30_000);
  lan.way = laterFor(() => true);
  const { id } = await lan.newCase();
  await time.pass(60_000);
  const note = noteBy("an", time.now(), chanceFrom(6));
  await lan.newNote(id, "saved");
  await putAtCentre(centre, `s-${communeOf(7)}`, note);
  // A save every three minutes.
  for (let count = 0; count < 20; count++) {
    await time.pass(180_000);
    await lan.newNote(id, "saved");
  }
  expect(lan.store.read.get("note", note.id)?.sync.state).toBe("central");
});
