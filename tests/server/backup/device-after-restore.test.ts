// Real devices and a centre that is put back from a backup: what the centre forgot is on the devices, and what the
// centre guarantees lets them notice, read everything again, and write it anew.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { putBack } from "#server/backup/put-back.ts";
import { takeBackup } from "#server/backup/take.ts";
import { createTestDevice } from "#tests/sync/support/test-device.ts";
import {
  accounts,
  type AccountName,
  hoaVang,
  makeDatabase,
  putAccount,
} from "#tests/sync/support/test-centre.ts";
import { createVirtualTime } from "#tests/sync/support/virtual-time.ts";
import { memberRoles } from "#src/domain/roles.ts";
import { fileCentre } from "./file-centre.ts";
import { operatorText, scratchFolder } from "./store-file.ts";

const cases = `s-${hoaVang}`;
const minutes = (count: number) => count * 60_000;

/** A centre in a data folder, with one site. */
async function world() {
  const scratch = scratchFolder();
  const data = join(scratch, "data");
  mkdirSync(data);
  writeFileSync(join(data, "admin.json"), operatorText);
  const time = createVirtualTime();
  const centre = fileCentre(join(data, "records.sqlite"), time);
  await makeDatabase(centre.operate, "directory", ["staff"]);
  for (const [kind, name] of [
    ["site", cases],
    ["identity", `p-${hoaVang}`],
  ] as const)
    await makeDatabase(centre.operate, name, memberRoles(kind, { id: hoaVang, ancestors: [] }));
  for (const name of ["an", "binh"] as const) await putAccount(centre.operate, name, accounts[name]);
  const around = {
    now: time.now,
    randomBytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)),
  };
  const backup = join(scratch, "backup");
  return {
    time,
    centre,
    device: async (name: AccountName) => {
      const device = await createTestDevice({ time, centre, name });
      onTestFinished(() => device.kill());
      return device;
    },
    backUp: () => takeBackup({ data, to: backup }, time.now),
    putBack: async () => {
      centre.stop();
      const done = await putBack({ from: backup, data, named: true }, around);
      centre.start();
      return done;
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
