// Real devices and a centre that is put back from a backup: what the centre forgot is on the devices, and what the
// centre guarantees lets them notice, read everything again, and write it anew.
import { describe, expect, it, onTestFinished } from "vitest";
import { createTestDevice } from "#tests/sync/support/test-device.ts";
import {
  accounts,
  type AccountName,
  hoaVang,
  makeDatabase,
  putAccount,
} from "#tests/sync/support/test-centre.ts";
import { memberRoles } from "#src/domain/roles.ts";
import { restorableCentre } from "./restorable-centre.ts";

const cases = `s-${hoaVang}`;
const minutes = (count: number) => count * 60_000;

/** A centre in a data folder, with one site. */
async function world() {
  const restorable = restorableCentre();
  const { time, centre } = restorable;
  await makeDatabase(centre.operate, "directory", ["staff"]);
  for (const [kind, name] of [
    ["site", cases],
    ["identity", `p-${hoaVang}`],
  ] as const)
    await makeDatabase(centre.operate, name, memberRoles(kind, { id: hoaVang, ancestors: [] }));
  for (const name of ["an", "binh"] as const) await putAccount(centre.operate, name, accounts[name]);
  return {
    ...restorable,
    device: async (name: AccountName) => {
      const device = await createTestDevice({ time, centre, name });
      onTestFinished(() => device.kill());
      return device;
    },
  };
}

it("a device keeps what the centre forgot, notices the restore in every database, and reads all of it again", async () => {
  const { time, centre, device, backUp, putBack: restore } = await world();
  const an = await device("an");
  const early = await an.newCase();
  await time.pass(minutes(2));
  await backUp();
  const late = await an.newCase({ riskLevel: "high" });
  await an.editCase(early.id, { riskLevel: "medium" });
  await time.pass(minutes(2));
  expect(an.case(late.id)?.sync.state).toBe("central");

  await restore();
  expect([...(await centre.documents(cases)).keys()]).toEqual([early.id]);
  await time.pass(minutes(10));
  const startedOver = an.log.flatMap((event) => (event.event === "startOver" ? [event.database] : []));
  expect(startedOver.toSorted()).toEqual(["directory", `p-${hoaVang}`, cases].toSorted());
  expect(an.case(late.id)?.record).toMatchObject({ riskLevel: "high" });
  expect(an.case(early.id)?.record).toMatchObject({ riskLevel: "medium" });
});

it("what the centre forgot is taken anew when somebody goes on with it, and reaches the other device", async () => {
  const { time, centre, device, backUp, putBack: restore } = await world();
  const an = await device("an");
  const binh = await device("binh");
  const early = await an.newCase();
  await time.pass(minutes(2));
  await backUp();
  const late = await an.newCase();
  await an.editCase(early.id, { riskLevel: "medium" });
  await time.pass(minutes(2));
  await restore();
  await time.pass(minutes(2));

  await an.editCase(late.id, { riskLevel: "high" });
  await an.newNote(early.id, "sau khi khôi phục");
  await time.pass(minutes(10));
  const atCentre = await centre.documents(cases);
  expect(atCentre.get(late.id)).toMatchObject({ riskLevel: "high" });
  expect(binh.case(late.id)?.record).toMatchObject({ riskLevel: "high" });
  expect([...atCentre.values()].map(({ type }) => type)).toContain("note");
});

it("what the centre took and then lost goes up again by itself, each under its author's name", async () => {
  const { time, centre, device, backUp, putBack: restore } = await world();
  const an = await device("an");
  const binh = await device("binh");
  await backUp();
  const first = await an.newCase({ riskLevel: "high" });
  await time.pass(minutes(2));
  const note = await binh.newNote(first.id, "của anh Bình");
  await binh.editCase(first.id, { owner: "binh" });
  await time.pass(minutes(2));
  const before = an.case(first.id)?.record;
  expect(before).toMatchObject({ riskLevel: "high", owner: "binh" });
  // Only one of the two is there when the centre comes back.
  binh.connection(false);
  await restore();
  await time.pass(minutes(10));
  // The case is an's. What binh wrote is taken from binh alone: an's device keeps it, and says that it waits.
  const half = (await centre.documents(cases)).get(first.id);
  expect(half).toMatchObject({ riskLevel: "high", updatedBy: "an" });
  expect(half).not.toHaveProperty("owner");
  expect(an.case(first.id)).toMatchObject({ record: { owner: "binh" }, sync: { state: "local" } });
  expect(an.store.read.get("note", note.id)?.sync.state).toBe("local");
  expect(an.exchange.counts).toEqual({ waiting: 2, refused: 0, clashes: 0 });
  expect(an.exchange.state.phase).toBe("idle");
  binh.connection(true);
  await time.pass(minutes(10));
  expect((await centre.documents(cases)).get(note.id)).toMatchObject({ text: "của anh Bình" });
  for (const { exchange, store, case: caseOf } of [an, binh]) {
    expect(store.read.get("note", note.id)?.sync.state).toBe("central");
    expect(caseOf(first.id)?.record).toMatchObject({ history: before?.history, riskLevel: "high" });
    expect(exchange.counts).toEqual({ waiting: 0, refused: 0, clashes: 0 });
  }
  // Nobody wrote again what somebody else had brought back.
  const whole = (await centre.documents(cases)).get(first.id);
  expect(whole).toMatchObject({ ...before, updatedBy: "binh" });
  expect(whole?.["_rev"]).toMatch(/^2-/);
});

it("an older version is what the centre has now: later changes go on top of it, and edits after it too", async () => {
  const { time, centre, device, backUp, putBack: restore } = await world();
  const an = await device("an");
  const binh = await device("binh");
  const { id } = await an.newCase({ riskLevel: "low" });
  await time.pass(minutes(2));
  await backUp();
  await an.editCase(id, { riskLevel: "medium" });
  await time.pass(minutes(2));
  await binh.editCase(id, { owner: "binh" });
  await time.pass(minutes(2));
  await an.editCase(id, { riskLevel: "high" });
  await time.pass(minutes(2));
  const before = an.case(id)?.record;
  expect(before?.history).toHaveLength(3);
  binh.connection(false);
  await restore();
  await time.pass(minutes(10));
  const half = (await centre.documents(cases)).get(id);
  expect(half).toMatchObject({ riskLevel: "high", updatedBy: "an" });
  expect(half).not.toHaveProperty("owner");
  expect(an.case(id)?.record).toEqual(before);
  await binh.editCase(id, { code: "HVG-26-0000AA-0" });
  binh.connection(true);
  await time.pass(minutes(10));
  const after = (await centre.documents(cases)).get(id);
  expect(after).toMatchObject({ riskLevel: "high", owner: "binh", code: "HVG-26-0000AA-0" });
  expect(after?.["history"]).toHaveLength(4);
  for (const { exchange, case: caseOf } of [an, binh]) {
    expect(caseOf(id)?.record).toMatchObject({ riskLevel: "high", code: "HVG-26-0000AA-0" });
    expect(exchange.counts).toEqual({ waiting: 0, refused: 0, clashes: 0 });
  }
});

it("what others wrote since the centre was put back is merged with what this device had", async () => {
  const { time, centre, device, backUp, putBack: restore } = await world();
  const an = await device("an");
  const binh = await device("binh");
  const { id } = await an.newCase({ riskLevel: "low" });
  await time.pass(minutes(2));
  await backUp();
  binh.connection(false);
  await an.editCase(id, { riskLevel: "high" });
  await time.pass(minutes(2));
  an.connection(false);
  await restore();
  binh.connection(true);
  await time.pass(minutes(2));
  await binh.editCase(id, { owner: "binh" });
  await time.pass(minutes(2));
  an.connection(true);
  await time.pass(minutes(10));
  expect((await centre.documents(cases)).get(id)).toMatchObject({ riskLevel: "high", owner: "binh" });
  for (const { exchange, case: caseOf } of [an, binh]) {
    expect(caseOf(id)?.record).toMatchObject({ riskLevel: "high", owner: "binh" });
    expect(exchange.counts).toEqual({ waiting: 0, refused: 0, clashes: 0 });
  }
});

it("a device that only asks from time to time notices a restore that fell between two of its rounds", async () => {
  const { time, centre, device, backUp, putBack: restore } = await world();
  const sites = [hoaVang, "vn-gso-20201", "vn-gso-20202", "vn-gso-20203", "vn-gso-20204", "vn-gso-20205"];
  await putAccount(centre.operate, "an", sites.map((site) => `cadre@${site}`).concat("staff"));
  for (const id of sites.slice(1))
    for (const [kind, name] of [["site", `s-${id}`] as const, ["identity", `p-${id}`] as const])
      await makeDatabase(centre.operate, name, memberRoles(kind, { id, ancestors: [] }));
  await backUp();
  const an = await device("an");
  const { id } = await an.newCase();
  await time.pass(minutes(2));
  expect(an.case(id)?.sync.state).toBe("central");
  expect(centre.feeds().open).toBe(0);
  const before = an.log.length;
  await restore();
  await time.pass(minutes(5));
  expect(an.log.slice(before).filter(({ event }) => event === "trouble")).toEqual([]);
  expect((await centre.documents(cases)).get(id)?.["_rev"]).toMatch(/^1-/);
});

describe.each([
  ["is then as far as before", 1],
  ["is then further than before", 3],
])("a centre put back when nobody asks it, which %s", (_how, written) => {
  /** One case at the centre that the backup does not know, and others that Bình writes as soon as it is back. */
  async function behindItsBack() {
    const { centre, device, backUp, putBack, time } = await world();
    const an = await device("an");
    const binh = await device("binh");
    await time.pass(minutes(2));
    await backUp();
    const late = await an.newCase({ riskLevel: "high" });
    await time.pass(minutes(2));
    expect(an.case(late.id)?.sync.state).toBe("central");
    binh.connection(false);
    for (let count = 0; count < written; count++) await binh.newCase();
    const restore = () =>
      time.busy(
        putBack().then(() => {
          binh.connection(true);
          return binh.exchange.run();
        }),
      );
    const afterwards = async () => {
      await time.pass(minutes(10));
      const atCentre = await centre.documents(cases);
      return {
        troubles: an.log.filter(({ event }) => event === "trouble"),
        late: atCentre.get(late.id),
        cases: atCentre.size,
        counts: an.exchange.counts,
      };
    };
    return { an, restore, afterwards };
  }

  const allBack = {
    troubles: [],
    late: { riskLevel: "high", createdBy: "an" },
    cases: 1 + written,
    counts: { waiting: 0, refused: 0, clashes: 0 },
  };

  it("is found to be another one, though it was put back between two requests of one round", async () => {
    const { an, restore, afterwards } = await behindItsBack();
    await an.kill();
    let described = 0;
    const straight = an.way;
    an.way = async (request, next) => {
      const answer = await straight(request, next);
      if (new URL(request.url).pathname === `/${cases}` && (described += 1) === 1) await restore();
      return answer;
    };
    await an.start();
    expect(await afterwards()).toMatchObject(allBack);
  });

  it("is found to be another one, though what was held open was only then on its way", async () => {
    const { an, restore, afterwards } = await behindItsBack();
    await an.kill();
    let restored: Promise<void> | undefined;
    const straight = an.way;
    an.way = async (request, next) => {
      if (request.url.includes("feed=longpoll")) await (restored ??= restore());
      return straight(request, next);
    };
    await an.start();
    expect(await afterwards()).toMatchObject(allBack);
  });
});

it("killed at any step of looking through what the centre lost, a device goes on with it", async () => {
  const { time, centre, device, backUp, putBack: restore } = await world();
  const an = await device("an");
  await time.pass(minutes(2));
  await backUp();
  const lost = [await an.newCase(), await an.newCase(), await an.newCase()];
  await time.pass(minutes(2));
  await restore();
  for (let step = 1; step <= 12; step++) {
    let asked = 0;
    an.way = async (request, next) => {
      const answer = await next(request);
      if ((asked += 1) === step) void an.kill();
      return answer;
    };
    await time.pass(minutes(1));
    await an.kill();
    await an.start();
  }
  an.way = (request, next) => next(request);
  await time.pass(minutes(10));
  const atCentre = await centre.documents(cases);
  for (const { id } of lost) {
    expect(atCentre.get(id)?.["_rev"]).toMatch(/^1-/);
    expect(an.case(id)?.sync.state).toBe("central");
  }
});

it("what was written while the centre was away, before or after the moment of the backup, arrives once", async () => {
  const { time, centre, device, backUp, putBack: restore } = await world();
  const an = await device("an");
  await an.newCase();
  await time.pass(minutes(2));
  await backUp();
  await time.pass(minutes(1));
  an.connection(false);
  const waiting = [await an.newCase(), await an.newCase()];
  await restore();
  an.connection(true);
  await time.pass(minutes(10));
  const atCentre = await centre.documents(cases);
  for (const { id } of waiting) {
    expect(atCentre.get(id)?.["_rev"]).toMatch(/^1-/);
    expect(an.case(id)?.sync.state).toBe("central");
  }
  expect(atCentre.size).toBe(3);
});
