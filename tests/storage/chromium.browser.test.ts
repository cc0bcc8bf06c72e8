// Storage in a real Chromium, under the product's headers: the contract, the vault, two tabs, and a battery that falls out.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contract } from "#tests/storage/contract/contract.ts";
import { fullDisk } from "#tests/storage/contract/full-disk.ts";
import { serveStoragePage } from "#tests/storage/support/built-page.ts";
import { openDevice, type Device } from "#tests/support/browser.ts";
import type { Pages } from "#tests/support/pages.ts";

const lan = { name: "lan", password: "đường về nhà xa lắm", displayName: "Nguyễn Thị Lan", roles: [] };

let pages: Pages;
const folders: string[] = [];

beforeAll(async () => {
  pages = await serveStoragePage();
});
afterAll(async () => {
  await pages.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function newProfileFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "neo-ve-storage-"));
  folders.push(folder);
  return folder;
}

async function openPage(device: Device, page = device.page) {
  await page.goto(pages.url);
  await page.waitForFunction(() => "storage" in window);
  return page;
}

// Chromium remembers for half a minute how much space a bucket has left: only a disk that was small from the start
// is found to be full in time.
describe.each([
  ["", contract.filter((each) => !fullDisk.includes(each)), undefined],
  [", small disk", fullDisk, 2_000_000],
])("storage contract: Dexie in Chromium%s", (_, cases, quotaSize) => {
  let device: Device;

  beforeAll(async () => {
    device = await openDevice({ profile: newProfileFolder() });
    const protocol = await device.context.newCDPSession(device.page);
    const origin = pages.url;
    const setQuota = async (full: boolean) => {
      await protocol.send(
        "Storage.overrideQuotaForOrigin",
        full && quotaSize ? { origin, quotaSize } : { origin },
      );
    };
    await setQuota(true);
    await device.page.exposeFunction("fillDisk", setQuota);
    await openPage(device);
  });
  afterAll(() => device.close());

  it.each(cases)("$name", async ({ name }) => {
    await expect(
      device.page.evaluate((name) => window.storage.contract(name), name),
    ).resolves.toBeUndefined();
  });
});

describe("the vault in Chromium", () => {
  it("makes, locks and unlocks a profile in a bucket of its own, with the product's cost in a worker", async () => {
    const device = await openDevice({ profile: newProfileFolder() });
    const page = await openPage(device);
    const made = await page.evaluate((account) => window.storage.create(account), lan);
    expect(made).toMatchObject({ place: "bucket" });
    const { id } = made as { id: string };
    expect(await page.evaluate(() => window.storage.databases())).toEqual(["p"]);
    await page.evaluate(() => window.storage.save(1));
    await page.evaluate(() => window.storage.lock());
    const unlock = (passphrase: string) =>
      page.evaluate(
        ([id = "", passphrase = ""]) => window.storage.unlock(id, passphrase, false),
        [id, passphrase],
      );
    expect(await unlock("đường về nhà xa")).toEqual({ type: "WrongPassphrase" });
    expect(await unlock(lan.password)).toEqual({ account: lan, notes: 1, unreadable: 0 });

    await page.reload();
    await openPage(device);
    expect(await page.evaluate(() => window.storage.profiles())).toEqual([
      { id, label: "NL", recoverable: false },
    ]);
    expect(await unlock(lan.password.normalize("NFD"))).toMatchObject({ notes: 1 });
    await device.close();
  });

  it("lets one tab have a profile, and another take it over with the passphrase", async () => {
    const device = await openDevice({ profile: newProfileFolder() });
    const one = await openPage(device);
    const two = await openPage(device, await device.context.newPage());
    const made = await one.evaluate((account) => window.storage.create(account), lan);
    const { id } = made as { id: string };
    await one.evaluate(() => window.storage.save(1));
    const inTwo = (passphrase: string, takeOver: boolean) =>
      two.evaluate(([id, passphrase, takeOver]) => window.storage.unlock(id, passphrase, takeOver), [
        id,
        passphrase,
        takeOver,
      ] as const);

    expect(await inTwo(lan.password, false)).toEqual({ type: "OpenElsewhere" });
    expect(await inTwo("wrong", true)).toEqual({ type: "WrongPassphrase" });
    expect(await one.evaluate(() => window.storage.takenOver())).toBe(0);
    // What the first tab is just saving is either refused there or seen here, never lost.
    const saving = one.evaluate(() => Promise.all([window.storage.save(2), window.storage.save(3)]));
    expect(await inTwo(lan.password, true)).toMatchObject({ account: lan, notes: 3 });
    expect(await saving).toMatchObject([{ ok: true }, { ok: true }]);
    expect(await one.evaluate(() => window.storage.takenOver())).toBe(1);
    expect(await one.evaluate(() => window.storage.save(4))).toEqual({
      ok: false,
      error: { type: "StorageClosed" },
    });
    expect(await two.evaluate(() => window.storage.save(5))).toMatchObject({ ok: true });

    // A tab that is closed lets go by itself.
    await two.close();
    const again = () =>
      one.evaluate(
        ([id = "", passphrase = ""]) => window.storage.unlock(id, passphrase, false),
        [id, lan.password],
      );
    await expect.poll(again, { timeout: 30_000 }).toMatchObject({ notes: 4 });
    await device.close();
  });

  it("keeps every confirmed write, and no half of any, when the browser is killed while it writes", async () => {
    const profile = newProfileFolder();
    let device = await openDevice({ profile });
    let last = 0;
    await device.page.exposeFunction("confirmed", (batch: number) => {
      last = batch;
    });
    let page = await openPage(device);
    const made = await page.evaluate((account) => window.storage.create(account), lan);
    const { id } = made as { id: string };
    const writing = page.evaluate(() => window.storage.writeForEver()).catch(() => "killed");
    await expect.poll(() => last, { timeout: 60_000 }).toBeGreaterThan(40);
    await device.kill();
    expect(await writing).toBe("killed");

    device = await openDevice({ profile });
    page = await openPage(device);
    await page.evaluate(
      ([id = "", passphrase = ""]) => window.storage.unlock(id, passphrase, false),
      [id, lan.password],
    );
    const { counts, last: stored } = await page.evaluate(() => window.storage.batches());
    expect(stored).toBeGreaterThanOrEqual(last);
    expect(Object.values(counts).filter((count) => count !== 5)).toEqual([]);
    expect(Object.keys(counts)).toHaveLength(stored as number);
    await device.close();
  });
});
