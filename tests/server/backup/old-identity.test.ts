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

it("what it lost is found though those who wrote last have brought theirs back, and nothing seems to be missing", async () => {
  const { time, centre, device, backUp, putBack } = await world();
  const an = await device("an");
  const binh = await device("binh", { seed: 9 });
  const second = await device("an", { seed: 17 });
  await time.pass(minutes(1));
  backUp();
  const early = [];
  for (let count = 0; count < 12; count++) early.push(await an.newCase());
  await time.pass(minutes(1));
  await an.kill();
  for (let count = 0; count < 10; count++) await binh.newCase();
  await time.pass(minutes(1));
  expect(second.store.rows(cases)).toHaveLength(22);
  for (const each of [binh, second]) each.connection(false);
  putBack();
  for (const each of [binh, second]) {
    each.connection(true);
    await time.pass(minutes(5));
  }
  const atCentre = await centre.documents(cases);
  expect(early.filter(({ id }) => !atCentre.has(id))).toEqual([]);
});

it("what it lost is found though nobody asked while it was away, and its next page goes on from the copy", async () => {
  const { time, centre, device, backUp, putBack } = await world();
  const an = await device("an");
  const binh = await device("binh", { seed: 9 });
  for (let count = 0; count < 3; count++) await binh.newCase();
  await time.pass(minutes(1));
  backUp();
  const late = [];
  for (let count = 0; count < 5; count++) late.push(await an.newCase());
  await time.pass(minutes(1));
  binh.connection(false);
  const described: string[] = [];
  let isHeld = true;
  const straight = an.way;
  an.way = async (request, next) => {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === `/${cases}`) described.push(pathname);
    const since = searchParams.get("since") ?? "0";
    if (!isHeld || !pathname.endsWith("/_changes") || since === "0") return straight(request, next);
    await new Promise<void>((ring) => void time.after(3_000, ring));
    return Response.json({ results: [], last_seq: since, pending: 0 });
  };
  void an.exchange.run();
  await time.pass(minutes(0.5));
  const before = described.length;
  for (let second = 0; second < 200 && described.length === before; second++) await time.pass(1_000);
  // Just after it was asked which one it is.
  await time.pass(4_000);
  putBack();
  isHeld = false;
  await time.pass(minutes(10));
  const atCentre = await centre.documents(cases);
  expect(late.filter(({ id }) => !atCentre.has(id))).toEqual([]);
  expect(an.log.filter(({ event }) => event === "trouble")).toEqual([]);
});
