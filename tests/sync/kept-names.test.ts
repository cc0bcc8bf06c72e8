// A supervisor who no longer wants names on the device: what leaves it, what stays until it is sent, what comes back.
import { describe, expect, it } from "vitest";
import { newId } from "#src/domain/record/ids.ts";
import { changesBetween } from "#src/domain/record/history.ts";
import { definitions } from "#src/domain/records/index.ts";
import type { Person } from "#src/domain/records/person.ts";
import { chanceFrom } from "./support/chance.ts";
import { putAtCentre } from "./support/documents.ts";
import { haiChau, hoaVang, makeAnew } from "./support/test-centre.ts";
import type { TestDevice } from "./support/test-device.ts";
import { answeredBy, answerLost, couchError, straight } from "./support/ways.ts";
import { throughDoor } from "./support/through-door.ts";
import { createWorld, type World } from "./support/world.ts";

const names = `p-${hoaVang}`;

function personBy(name: string, nowMs: number, seed: number, displayName: string): Person {
  const at = new Date(nowMs).toISOString();
  const chance = chanceFrom(seed);
  return {
    type: "person",
    version: 1,
    id: newId((count) => chance.bytes(count)),
    createdAt: at,
    createdBy: name,
    updatedAt: at,
    updatedBy: name,
    device: `device-of-${name}`,
    deviceTime: at,
    displayName,
  };
}

/** A supervisor's device that keeps three names of one site, and the cadre's work there. */
async function withNames(): Promise<World & { lan: TestDevice; people: readonly Person[] }> {
  const world = await createWorld();
  const { time, centre, device } = world;
  const people = [1, 2, 3].map((seed) => personBy("an", time.now(), 100 + seed, `Người số ${seed}`));
  for (const person of people) await putAtCentre(centre, names, person);
  const lan = await device("lan");
  await time.pass(5_000);
  expect(namesOn(lan)).toEqual([]);
  await lan.exchange.keepNames([hoaVang]);
  await time.pass(5_000);
  expect(namesOn(lan)).toEqual(["Người số 1", "Người số 2", "Người số 3"]);
  return { ...world, lan, people };
}

const namesOn = ({ store }: TestDevice) =>
  store.read
    .list("person")
    .map(({ record }) => record.displayName ?? "")
    .toSorted();

/** Everything that lies on the disk, in the clear here. */
const onDisk = ({ disk }: TestDevice) => [...disk.envelopes.values()].map(({ b }) => b).join("\n");

async function rename({ store, now }: TestDevice, { id }: Person, displayName: string): Promise<void> {
  const record = store.read.get("person", id)?.record;
  if (!record) throw new Error("no such person here");
  const changed = renamed(record, displayName, "lan", now());
  const written = await store.write({ changes: [{ database: names, record: changed }] });
  if (!written.ok) throw new Error(JSON.stringify(written.error));
}

let entries = 0;
function renamed(record: Person, displayName: string, by: string, at: string): Person {
  const next = { ...record, displayName, updatedAt: at, updatedBy: by };
  const chance = chanceFrom(7_000 + ++entries);
  const id = () => newId((count) => chance.bytes(count));
  const device = `device-of-${by}`;
  const made = changesBetween(definitions.person, record, next, () => ({ id: id(), at, by, device }));
  return { ...next, history: [...(record.history ?? []), ...made] };
}

describe("a site whose names are not to be kept any more", () => {
  it("what is at the centre leaves the device at once, without a network too, and does not come back", async () => {
    const { time, centre, lan, people } = await withNames();
    lan.connection(false);
    await lan.exchange.keepNames([]);
    expect(namesOn(lan)).toEqual([]);
    expect(onDisk(lan)).not.toContain("Người số");
    lan.connection(true);
    await putAtCentre(centre, names, personBy("an", time.now(), 140, "Người số 4"));
    await time.pass(60_000);
    await lan.kill();
    await lan.start();
    await time.pass(60_000);
    expect(namesOn(lan)).toEqual([]);
    expect(onDisk(lan)).not.toContain("Người số");
    expect(lan.exchange.state.phase).toBe("idle");
    // Nothing was taken from the centre.
    expect((await centre.documents(names)).size).toBe(people.length + 1);
  });

  it("comes back whole when it is chosen again, what changed meanwhile too", async () => {
    const { time, centre, lan } = await withNames();
    await lan.exchange.keepNames([]);
    await putAtCentre(centre, names, personBy("an", time.now(), 141, "Người số 4"));
    await time.pass(10_000);
    await lan.exchange.keepNames([haiChau, hoaVang]);
    await time.pass(10_000);
    expect(namesOn(lan)).toEqual([1, 2, 3, 4].map((number) => `Người số ${number}`));
  });

  it("may be chosen and left in the middle of an exchange, as often as somebody likes", async () => {
    const { time, lan } = await withNames();
    for (let times = 0; times < 5; times++) {
      void lan.exchange.keepNames([]);
      await time.pass(times * 3);
      void lan.exchange.keepNames([hoaVang]);
      await time.pass(times * 5);
    }
    await time.pass(10_000);
    expect(namesOn(lan)).toEqual(["Người số 1", "Người số 2", "Người số 3"]);
    void lan.exchange.keepNames([]);
    void lan.exchange.keepNames([hoaVang]);
    void lan.exchange.keepNames([]);
    await time.pass(10_000);
    expect(namesOn(lan)).toEqual([]);
  });
});

describe("what is not at the centre", () => {
  it("stays until it is sent and seen back, and leaves then; meanwhile everything says that it waits", async () => {
    const { time, centre, lan, people } = await withNames();
    lan.connection(false);
    await rename(lan, people[0]!, "Tên sửa trên máy");
    await lan.exchange.keepNames([]);
    expect(namesOn(lan)).toEqual(["Tên sửa trên máy"]);
    expect(lan.exchange.counts.waiting).toBe(1);
    await lan.kill();
    await lan.start();
    await time.pass(10_000);
    expect(namesOn(lan)).toEqual(["Tên sửa trên máy"]);
    lan.connection(true);
    await time.pass(60_000);
    expect((await centre.documents(names)).get(people[0]!.id)).toMatchObject({
      displayName: "Tên sửa trên máy",
    });
    expect(namesOn(lan)).toEqual([]);
    expect(onDisk(lan)).not.toContain("Tên sửa trên máy");
    expect(lan.exchange.state.phase).toBe("idle");
    expect(lan.exchange.counts.waiting).toBe(0);
  });

  it("stays while the answer to its sending is lost, and arrives once", async () => {
    const { time, centre, lan, people } = await withNames();
    lan.connection(false);
    await rename(lan, people[1]!, "Tên đã gửi, chưa nghe lại");
    await lan.exchange.keepNames([]);
    lan.way = answerLost(`/${names}/_bulk_docs`);
    lan.connection(true);
    await time.pass(60_000);
    expect(namesOn(lan)).toEqual(["Tên đã gửi, chưa nghe lại"]);
    lan.way = straight;
    await time.pass(300_000);
    expect(namesOn(lan)).toEqual([]);
    const kept = (await centre.documents(names)).get(people[1]!.id);
    expect(kept).toMatchObject({ displayName: "Tên đã gửi, chưa nghe lại" });
    expect(kept?.["_rev"]).toMatch(/^2-/);
  });

  it("stays when it is refused, for a person to mend; what met another change is merged, sent, and leaves", async () => {
    const { time, centre, lan, people } = await withNames();
    lan.connection(false);
    await rename(lan, people[0]!, "Bị từ chối");
    const id = people[0]!.id;
    lan.way = answeredBy(
      `/${names}/_bulk_docs`,
      () =>
        new Response(JSON.stringify([{ id, error: "forbidden", reason: "not here" }]), {
          status: 201,
          headers: { "content-type": "application/json", date: new Date(time.now()).toUTCString() },
        }),
    );
    lan.connection(true);
    await time.pass(10_000);
    expect(lan.store.read.get("person", id)?.sync.state).toBe("refused");
    lan.connection(false);
    lan.way = straight;
    await rename(lan, people[1]!, "Tên của máy này");
    const found = (await centre.documents(names)).get(people[1]!.id);
    const theirs = renamed(people[1]!, "Tên của trung tâm", "binh", lan.now());
    await putAtCentre(centre, names, theirs, String(found?.["_rev"]));
    lan.connection(true);
    await time.pass(10_000);
    expect(lan.exchange.counts).toMatchObject({ refused: 1, waiting: 0 });

    await lan.exchange.keepNames([]);
    await time.pass(120_000);
    expect(namesOn(lan)).toEqual(["Bị từ chối"]);
    expect(lan.exchange.counts).toMatchObject({ refused: 1 });
    // Mended, it goes its way and then leaves.
    await rename(lan, people[0]!, "Sửa lại cho đúng");
    await time.pass(60_000);
    expect(namesOn(lan)).toEqual([]);
    const documents = await centre.documents(names);
    expect(documents.get(people[0]!.id)).toMatchObject({ displayName: "Sửa lại cho đúng" });
    const merged = documents.get(people[1]!.id);
    expect(merged).toMatchObject({ displayName: "Tên của trung tâm" });
    expect(JSON.stringify(merged?.["history"])).toContain("Tên của máy này");
  });

  it("stays where the centre was put back, until it is known what it has lost; that goes there first", async () => {
    const { time, centre, lan, people } = await withNames();
    await rename(lan, people[0]!, "Tên mới");
    await time.pass(10_000);
    expect(lan.store.read.get("person", people[0]!.id)?.sync.state).toBe("central");
    lan.connection(false);
    await makeAnew(centre, time, ["directory", names]);
    for (const person of people) await putAtCentre(centre, names, person);
    lan.way = answeredBy(`${names}/_changes`, couchError(500, "internal_server_error"));
    lan.connection(true);
    await time.pass(20_000);
    await time.busy(lan.exchange.keepNames([]));
    await time.pass(20_000);
    expect(namesOn(lan)).toContain("Tên mới");
    lan.way = straight;
    await time.pass(400_000);
    expect((await centre.documents(names)).get(people[0]!.id)).toMatchObject({ displayName: "Tên mới" });
    expect(namesOn(lan)).toEqual([]);
  });

  it("stays while the site's names are closed to the account, and is not lost for it", async () => {
    const { time, lan, people } = await withNames();
    lan.connection(false);
    await rename(lan, people[2]!, "Chưa gửi được");
    await lan.exchange.keepNames([]);
    lan.way = answeredBy(`/${names}`, couchError(403, "forbidden"));
    lan.connection(true);
    await time.pass(120_000);
    expect(namesOn(lan)).toEqual(["Chưa gửi được"]);
    expect(lan.exchange.counts.waiting).toBe(1);
    lan.way = straight;
    await time.pass(400_000);
    expect(namesOn(lan)).toEqual([]);
  });
});

it("others' names which the centre lost leave once the inbox keeps them, and not before", async () => {
  const { time, centre, device } = await createWorld();
  const person = personBy("an", time.now(), 160, "Người bị mất ở trung tâm");
  await putAtCentre(centre, names, person);
  const way = await throughDoor(centre, time);
  const lan = await device("lan", { app: { device: "device-of-lan", appVersion: "1.0.0" }, online: false });
  lan.way = way;
  lan.connection(true);
  await time.pass(5_000);
  await time.busy(lan.exchange.keepNames([hoaVang]));
  await time.pass(5_000);
  expect(namesOn(lan)).toEqual(["Người bị mất ở trung tâm"]);
  lan.connection(false);
  await makeAnew(centre, time, ["directory", names]);
  lan.connection(true);
  await time.pass(60_000);
  expect(lan.store.read.get("person", person.id)?.sync).toEqual({ state: "local" });
  await time.busy(lan.exchange.keepNames([]));
  await time.pass(60_000);
  expect(namesOn(lan)).toEqual(["Người bị mất ở trung tâm"]);
  const inbox = async () =>
    [...(await centre.documents("neo-ve")).keys()].filter((id) => id.startsWith("inbox:"));
  expect(await inbox()).toEqual([]);
  lan.connection(false);
  await time.pass(4 * 86_400_000);
  lan.connection(true);
  await time.pass(600_000);
  expect(await inbox()).toHaveLength(1);
  expect(namesOn(lan)).toEqual([]);
  expect(onDisk(lan)).not.toContain("Người bị mất");
  expect(lan.exchange.counts.waiting).toBe(0);
});

it("chosen off and on again before it is known what the centre has lost: what was said here is brought back", async () => {
  const { time, centre, lan } = await withNames();
  const mine = personBy("lan", time.now(), 170, "Của chị Lan");
  await lan.save(names, mine);
  await time.pass(10_000);
  expect(lan.store.read.get("person", mine.id)?.sync.state).toBe("central");
  lan.connection(false);
  await makeAnew(centre, time, ["directory", names]);
  lan.way = answeredBy(`${names}/_changes`, couchError(500, "internal_server_error"));
  lan.connection(true);
  await time.pass(20_000);
  for (const chosen of [[], [hoaVang]]) await time.busy(lan.exchange.keepNames(chosen));
  lan.way = straight;
  await time.pass(600_000);
  expect((await centre.documents(names)).get(mine.id)).toMatchObject({ displayName: "Của chị Lan" });
});

it("a cadre's own names are the work itself: no choice takes them away", async () => {
  const { time, device } = await createWorld();
  const an = await device("an");
  const person = personBy("an", time.now(), 150, "Người của xã");
  await an.save(names, person);
  await time.pass(10_000);
  expect(an.store.read.get("person", person.id)?.sync.state).toBe("central");
  await an.exchange.keepNames([hoaVang]);
  await an.exchange.keepNames([]);
  await time.pass(10_000);
  expect(namesOn(an)).toEqual(["Người của xã"]);
});
