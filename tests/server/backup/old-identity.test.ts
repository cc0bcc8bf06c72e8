// A centre whose files were copied back by hand, against the instructions: under its old identity only the places tell.
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openMemoryEnvelopes } from "#src/storage/memory-envelopes.ts";
import { createTestDevice, type DeviceOptions } from "#tests/sync/support/test-device.ts";
import { type AccountName, hoaVang, provision } from "#tests/sync/support/test-centre.ts";
import { createVirtualTime } from "#tests/sync/support/virtual-time.ts";
import { fileCentre } from "./file-centre.ts";
import { scratchFolder } from "./store-file.ts";

const cases = `s-${hoaVang}`;
const minutes = (count: number) => count * 60_000;

async function world() {
  const scratch = scratchFolder();
  const [file, copy] = [join(scratch, "records.sqlite"), join(scratch, "copy.sqlite")];
  const time = createVirtualTime();
  const centre = fileCentre(file, time);
  await provision(centre, time);
  const copied = (from: string, to: string) => {
    centre.stop();
    copyFileSync(from, to);
    centre.start();
  };
  return {
    time,
    centre,
    backUp: () => copied(file, copy),
    putBack: () => copied(copy, file),
    device: async (name: AccountName, options: Partial<DeviceOptions> = {}) => {
      const device = await createTestDevice({ time, centre, name, ...options });
      onTestFinished(() => device.kill());
      return device;
    },
  };
}

it("what it lost of a record that was edited again meanwhile goes up with the edit", async () => {
  const { time, centre, device, backUp, putBack } = await world();
  const an = await device("an");
  const { id } = await an.newCase();
  await time.pass(minutes(1));
  backUp();
  for (const fields of [{ riskLevel: "medium" }, { riskLevel: "high" }, { owner: "an" }] as const) {
    await an.editCase(id, fields);
    await time.pass(minutes(1));
  }
  an.connection(false);
  await an.editCase(id, { channel: "police" });
  putBack();
  an.connection(true);
  await time.pass(minutes(10));
  const atCentre = (await centre.documents(cases)).get(id);
  expect(atCentre).toMatchObject({ riskLevel: "high", owner: "an", channel: "police" });
  expect(an.exchange.counts).toEqual({ waiting: 0, refused: 0, clashes: 0 });
});

it("what it lost last is found missing by a device that read all in one page and was started anew since", async () => {
  const { time, device, backUp, putBack } = await world();
  const an = await device("an");
  for (let count = 0; count < 150; count++) await an.newCase();
  await time.pass(minutes(1));
  backUp();
  const late = await an.newCase();
  await time.pass(minutes(1));
  an.connection(false);
  const binh = await device("binh", {
    seed: 9,
    // As from a database: in the order of ids that say nothing.
    envelopes: (disk) => {
      const real = openMemoryEnvelopes(disk);
      const all: typeof real.all = async () => {
        const found = await real.all();
        return found.ok ? { ...found, value: found.value.toSorted((a, b) => (a.id < b.id ? -1 : 1)) } : found;
      };
      return Promise.resolve({ ...real, all });
    },
  });
  await time.pass(minutes(1));
  expect(binh.case(late.id)?.sync.state).toBe("central");
  await binh.kill();
  putBack();
  await binh.start();
  await time.pass(minutes(10));
  // The author's device is away: binh's holds it, and says that it waits.
  expect(binh.case(late.id)?.sync).toEqual({ state: "local" });
});
