// A centre that was put back, and an author whose device is gone: what others still hold of their words is not on those devices alone for long.
import { expect, it } from "vitest";
import type { TestDevice } from "#tests/sync/support/test-device.ts";
import { hoaVang } from "#tests/sync/support/test-centre.ts";
import { behindDoor, restorableCentre } from "./restorable-centre.ts";

const cases = `s-${hoaVang}`;
const minutes = (count: number) => count * 60_000;
const days = (count: number) => count * 86_400_000;

/** Two devices of a site; what binh wrote since the backup is lost at the centre, and binh's device is gone. */
async function world() {
  const restorable = restorableCentre();
  const { time, centre, backUp, putBack } = restorable;
  const device = await behindDoor(restorable);
  const [an, binh] = [await device("an", hoaVang, 1), await device("binh", hoaVang, 2)];
  const file = await an.newCase({ riskLevel: "high" });
  await time.pass(minutes(3));
  await backUp();
  const note = await binh.newNote(file.id, "của anh Bình");
  await binh.editCase(file.id, { owner: "binh" });
  await time.pass(minutes(3));
  expect(an.case(file.id)?.record).toMatchObject({ owner: "binh" });
  binh.connection(false);
  const restore = async () => {
    await putBack();
    await time.pass(minutes(10));
  };
  await restore();
  const inbox = async () =>
    [...(await centre.documents("neo-ve")).entries()]
      .filter(([id]) => id.startsWith("inbox:"))
      .map(([, document]) => document);
  /** Nobody follows the centre meanwhile: it would be asked too often for a test. */
  const pass = async (ms: number) => {
    for (const each of [an, binh]) each.connection(false);
    await time.pass(ms);
    an.connection(true);
    await time.pass(minutes(10));
  };
  return { time, centre, an, binh, file, note, inbox, pass, restore };
}

const stateOf = ({ store }: TestDevice, id: string) => store.read.get("note", id)?.sync;

it("the inbox has a copy after some days, once, and the device says so", async () => {
  const { an, file, note, inbox, pass } = await world();
  expect(stateOf(an, note.id)).toEqual({ state: "local" });
  expect(await inbox()).toEqual([]);
  await pass(days(4));
  const kept = await inbox();
  expect(kept.map(({ account, database }) => [account, database])).toEqual([["an", cases], ["an", cases]]); // prettier-ignore
  expect(kept.map(({ record }) => record)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ id: note.id, createdBy: "binh", text: "của anh Bình" }),
      expect.objectContaining({ id: file.id, owner: "binh" }),
    ]),
  );
  expect(stateOf(an, note.id)).toMatchObject({ state: "local", inboxAt: expect.any(String) });
  await an.kill();
  await an.start();
  await pass(days(4));
  expect(await inbox()).toHaveLength(2);
  expect(an.exchange.counts.waiting).toBe(2);
});

it("what its author's device brings after all is in its place, and nothing waits", async () => {
  const { centre, time, an, binh, file, note, pass } = await world();
  await pass(days(4));
  binh.connection(true);
  await time.pass(minutes(10));
  expect((await centre.documents(cases)).get(note.id)).toMatchObject({ createdBy: "binh" });
  expect(stateOf(an, note.id)).toMatchObject({ state: "central" });
  expect(an.case(file.id)).toMatchObject({ record: { owner: "binh" }, sync: { state: "central" } });
  expect(an.exchange.counts).toEqual({ waiting: 0, refused: 0, clashes: 0 });
});

it("what its author's device brings before is in no inbox, on whatever other device it waits", async () => {
  const { time, an, binh, note, inbox, pass } = await world();
  an.connection(false);
  binh.connection(true);
  await time.pass(minutes(10));
  await pass(days(4));
  expect(stateOf(an, note.id)).toMatchObject({ state: "central" });
  expect(await inbox()).toEqual([]);
});

it("a centre that is put back once more has lost the copy too: it is given again", async () => {
  const { inbox, pass, restore } = await world();
  await pass(days(4));
  expect(await inbox()).toHaveLength(2);
  await restore();
  expect(await inbox()).toEqual([]);
  // Seen as another centre with the next round, and waited for from then on.
  await pass(minutes(1));
  await pass(days(4));
  expect(await inbox()).toHaveLength(2);
});
