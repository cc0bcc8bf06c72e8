// A centre that is put back to a day on which a case was elsewhere: what people wrote since is at the centre or in the inbox, whoever wrote it.
import { expect, it } from "vitest";
import type { Person } from "#src/domain/records/person.ts";
import type { TestDevice } from "#tests/sync/support/test-device.ts";
import { haiChau, hoaVang } from "#tests/sync/support/test-centre.ts";
import { personOn, stampsOn } from "#tests/sync/support/written-on.ts";
import { behindDoor, restorableCentre } from "./restorable-centre.ts";

const minutes = (count: number) => count * 60_000;

/** Two sites, and devices of both behind a front door. */
async function world() {
  const restorable = restorableCentre();
  const device = await behindDoor(restorable);
  return {
    ...restorable,
    an: await device("an", hoaVang, 1),
    binh: await device("binh", hoaVang, 2),
    chi: await device("chi", haiChau, 3),
  };
}
type World = Awaited<ReturnType<typeof world>>;

let ids = 0;
const anId = () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, "0")}`;
const stampsOf = (device: TestDevice) => stampsOn(device, anId());

const newPerson = (device: TestDevice, site: string, displayName: string): Promise<Person> =>
  personOn(device, site, anId(), displayName);

/** The case goes from one site to the other, at the word of a person of each. */
async function move(
  { time }: World,
  caseId: string,
  [from, sender]: readonly [string, TestDevice],
  [to, receiver]: readonly [string, TestDevice],
): Promise<void> {
  const said = { fromSite: from, toSite: to, caseCode: "HVG-26-7K3QXM-5", reason: "Về nhà" };
  const offer = { type: "transfer", ...stampsOf(sender), case: caseId, ...said, ground: "life_danger" };
  await sender.save(`s-${from}`, offer);
  await time.pass(minutes(2));
  const answer = { transfer: offer.id, answer: "accepted", bySite: to };
  await receiver.save(`s-${to}`, { type: "transfer_answer", ...stampsOf(receiver), case: caseId, ...answer });
  await time.pass(minutes(3));
}

const besides = ["transfer", "transfer_answer", "moved_case"];
const heldBy = ({ store }: TestDevice) =>
  [...store.rows(`s-${hoaVang}`), ...store.rows(`p-${hoaVang}`)]
    .filter(({ record }) => !besides.includes(record.type))
    .map(({ record }) => record.id);

async function inInbox({ centre }: World, id: string): Promise<readonly unknown[]> {
  return [...(await centre.documents("neo-ve"))].flatMap(([name, { record }]): unknown[] =>
    name.startsWith("inbox:") && Reflect.get(Object(record), "id") === id ? [record] : [],
  );
}

/** The backup is of the time when the case was at the other site; then it comes back, and two people write. */
async function cameBack() {
  const at = await world();
  const { an, binh, chi, time, backUp } = at;
  const person = await newPerson(an, hoaVang, "Tên của một người");
  const file = await an.newCase({ person: person.id });
  const first = await an.newNote(file.id, "ghi chú đầu");
  await time.pass(minutes(2));
  await move(at, file.id, [hoaVang, an], [haiChau, chi]);
  expect(heldBy(an)).toEqual([]);
  await backUp();
  await move(at, file.id, [haiChau, chi], [hoaVang, an]);
  expect(heldBy(an).toSorted()).toEqual([person.id, file.id, first.id].toSorted());
  await an.editCase(file.id, { riskLevel: "high" });
  await time.pass(minutes(2));
  await binh.editCase(file.id, { channel: "police" });
  const note = await binh.newNote(file.id, "của anh Bình");
  const held = binh.store.read.get("person", person.id)?.record;
  if (!held) throw new Error("no name on this device");
  const renamed = { ...held, displayName: "Tên đúng", updatedAt: binh.now(), updatedBy: "binh" };
  const entry = { id: note.id.replace(/^./, "f"), at: binh.now(), by: "binh", device: "d" };
  const said = { field: "displayName", from: held.displayName, to: "Tên đúng", after: [] };
  await binh.save(`p-${hoaVang}`, { ...renamed, history: [{ ...entry, ...said }] });
  await time.pass(minutes(3));
  expect(an.case(file.id)?.record).toMatchObject({ channel: "police", riskLevel: "high" });
  return { ...at, world: at, person, file, note };
}

const calm = { waiting: 0, refused: 0, clashes: 0 };

it("what another wrote, whose device is gone, is in the inbox before it leaves this one; what one wrote oneself is at the site", async () => {
  const { world: at, an, binh, chi, centre, time, person, file, note, putBack: restore } = await cameBack();
  for (const gone of [binh, chi]) await gone.kill();
  an.connection(false);
  await restore();
  an.connection(true);
  await time.pass(minutes(5));
  // At the time of the backup the case was at the other site, and there it is now.
  expect((await centre.documents(`s-${haiChau}`)).get(file.id)).toMatchObject({ riskLevel: "high" });
  expect(await inInbox(at, file.id)).toContainEqual(expect.objectContaining({ channel: "police" }));
  expect(await inInbox(at, note.id)).toContainEqual(expect.objectContaining({ text: "của anh Bình" }));
  expect(await inInbox(at, person.id)).toContainEqual(expect.objectContaining({ displayName: "Tên đúng" }));
  expect(heldBy(an)).toEqual([]);
  // The other site's offer, which only its own devices bring again.
  expect(an.exchange.counts).toEqual({ ...calm, waiting: 1 });
  expect(an.exchange.state.phase).toBe("idle");
});

it("what its author's device has brought is not kept twice; and the move that the centre forgot is made again", async () => {
  const { world: at, an, binh, chi, centre, time, person, file, note, putBack: restore } = await cameBack();
  for (const away of [an, binh, chi]) away.connection(false);
  await restore();
  binh.connection(true);
  await time.pass(minutes(5));
  const there = await centre.documents(`s-${haiChau}`);
  expect(there.get(file.id)).toMatchObject({ channel: "police" });
  expect(there.get(note.id)).toMatchObject({ createdBy: "binh" });
  expect((await centre.documents(`p-${haiChau}`)).get(person.id)).toMatchObject({ displayName: "Tên đúng" });
  expect(heldBy(binh)).toEqual([]);
  an.connection(true);
  await time.pass(minutes(5));
  for (const { id } of [note, person]) expect(await inInbox(at, id)).toEqual([]);
  expect((await centre.documents(`s-${haiChau}`)).get(file.id)).toMatchObject({ riskLevel: "high" });
  expect(heldBy(an)).toEqual([]);
  chi.connection(true);
  await time.pass(minutes(5));
  for (const device of [an, binh, chi]) expect(device.exchange.counts).toEqual(calm);
  for (const device of [an, binh]) {
    expect(heldBy(device)).toHaveLength(4);
    expect(device.case(file.id)?.record).toMatchObject({ channel: "police", riskLevel: "high" });
  }
  expect(chi.store.rows(`p-${haiChau}`)).toEqual([]);
});
