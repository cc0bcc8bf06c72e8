// The way by file on made-up devices: a supervisor whose device can open a file, files that wait and that were sent on.
import type { Page } from "playwright-core";
import { heldBundlesName, type HeldBundle, sentOnName, type SentBundle } from "#src/domain/ports/bundles.ts";
import { directoryDatabase } from "#src/domain/record/databases.ts";
import type { Device } from "#src/domain/records/device.ts";
import type { Row } from "#src/storage/replica.ts";
import { paths } from "#src/ui/addresses.ts";
import { worldOf } from "./made-up.ts";
import type { Screen } from "./screens.ts";
import type { World } from "./world.ts";

const at = "2026-11-20T02:00:00.000Z";

const device: Device = {
  id: "device:3f2a8f5e-0000-4000-8000-000000000d01",
  type: "device",
  version: 1,
  createdAt: at,
  createdBy: "operator",
  updatedAt: at,
  updatedBy: "operator",
  device: "front-door",
  deviceTime: at,
  account: "giamsat-danang",
  deviceId: "3f2a8f5e-0000-4000-8000-000000000001",
  // The public half of a key that nobody holds.
  agePublicKey: "age13a5lza3s2fasadrth4a302me6prv8saykjrsy42wcpk646n5l5aq0q9mg8",
  signingPublicKey: `${"A".repeat(43)}=`,
  since: at,
};
const known: Row = {
  database: directoryDatabase,
  record: device,
  sync: { state: "central", at },
  arrivedAt: at,
  rev: "1-0123456789abcdef0123456789abcdef",
};

const refused = [{ id: "r1", type: "note", reason: "role: may not write a note here" }];
const bundle = { account: "canbo-haivan", madeAt: at, records: 1_204 };
const waits: HeldBundle = {
  ...bundle,
  id: "b1",
  takenAt: at,
  head: "",
  signature: "",
  parts: 13,
  next: 4,
  tally: { accepted: 400, known: 0, refused: [] },
};
const held: readonly HeldBundle[] = [
  waits,
  { ...waits, id: "b2", records: 12, next: 0, refusal: "Nobody here knows the device that signed it." },
];
const sent: readonly SentBundle[] = [
  { ...bundle, id: "b3", at, tally: { accepted: 1_200, known: 3, refused } },
];

const withHeld = (world: World): World => ({
  ...world,
  local: { ...world.local, [heldBundlesName]: held, [sentOnName]: sent },
});
const withDevice = (world: World): World => ({ ...world, rows: [...world.rows, known] });

async function makeFile(page: Page): Promise<void> {
  await page.click('[data-action="make-file"]');
  await page.waitForSelector('[data-action="save-file"]');
}

async function chooseForeignFile(page: Page): Promise<void> {
  await page.setInputFiles('[name="bundle.file"]', {
    name: "anh.jpg",
    mimeType: "image/jpeg",
    buffer: Buffer.from("một tấm ảnh"),
  });
  await page.waitForSelector(".notice-due");
}

const worker = withDevice(worldOf("cadre", "offline"));
const supervisor = withHeld(worldOf("supervisor", "offline"));

export const byFileScreens: readonly Screen[] = [
  { name: "by file, to whom", world: worker, at: paths.byFile },
  { name: "by file, the file is ready", world: worker, at: paths.byFile, drive: makeFile },
  { name: "by file, waiting and sent on", world: supervisor, at: paths.byFile },
  { name: "by file, no file of records", world: supervisor, at: paths.byFile, drive: chooseForeignFile },
  { name: "by file, on the sync screen", world: supervisor, at: paths.sync },
];
