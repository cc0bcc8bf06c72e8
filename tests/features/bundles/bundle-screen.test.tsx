// @vitest-environment jsdom
// Both sides of the way by file, on the real screens over real keys: a file goes out here and comes in there.
import { waitFor } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";
import type { Bundles } from "#src/domain/ports/bundles.ts";
import { readHandedOn, readHeldBundles, sentOnName } from "#src/domain/ports/bundles.ts";
import type { Device } from "#src/domain/records/device.ts";
import { BundleScreen } from "#src/features/bundles/bundle-screen.tsx";
import { SyncScreen } from "#src/features/sync/sync-screen.tsx";
import { localeCodes } from "#src/i18n/locales.ts";
import { deviceKeys, makeDeviceKeys, type StoredDeviceKeys } from "#src/storage/device-keys.ts";
import type { SealedStore } from "#src/storage/sealed-store.ts";
import { createBundles } from "#src/sync/bundles.ts";
import { createServerClock } from "#src/sync/server-clock.ts";
import { paths } from "#src/ui/addresses.ts";
import {
  accountOf,
  hoaVang,
  openDesk,
  openScreen,
  siteOf,
  type Desk,
} from "#tests/features/support/desk.tsx";

vi.setConfig({ testTimeout: 60_000 });

const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));
const office = { ...siteOf("vn-gso-48", "Đà Nẵng"), kind: "office" as const, ancestors: [] };
const { createdAt, createdBy, device, deviceTime } = hoaVang;
const stamps = {
  version: 1,
  createdAt,
  createdBy,
  device,
  deviceTime,
  updatedAt: createdAt,
  updatedBy: createdBy,
};
const screen = { screen: <BundleScreen />, path: paths.byFile, at: paths.byFile };

function deviceOf(account: string, keys: StoredDeviceKeys, id = `device-of-${account}`): Device {
  const { agePublicKey, signingPublicKey } = keys;
  const published = { account, deviceId: id, agePublicKey, signingPublicKey, since: createdAt };
  return { ...stamps, id: `device:${id}`, type: "device", ...published };
}

let keysOf: Record<"an" | "minh", StoredDeviceKeys>;
let files: Blob[];
beforeEach(async () => {
  keysOf = { an: await makeDeviceKeys(randomBytes), minh: await makeDeviceKeys(randomBytes) };
  files = [];
  vi.stubGlobal("URL", Object.assign(URL, { createObjectURL: (file: Blob) => `blob:${files.push(file)}`, revokeObjectURL: () => undefined })); // prettier-ignore
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
});

/** Somebody's desk with the directory as everybody has it. */
async function deskOf(
  name: "an" | "minh",
  known: readonly Device[] = [deviceOf("an", keysOf.an), deviceOf("minh", keysOf.minh)],
) {
  const roles = name === "an" ? [`cadre@${hoaVang.siteId}`] : ["supervisor@vn-gso-48"];
  const desk = await openDesk({ sites: [hoaVang, office], roles });
  const { profile, exchange, surroundings } = desk.work;
  const store = profile.store as SealedStore;
  const directory = [
    accountOf("an", "Lê Thị An", [`cadre@${hoaVang.siteId}`]),
    accountOf("minh", "Hồ Mẫu Minh", ["supervisor@vn-gso-48"]),
    accountOf("tam", "Võ Mẫu Tâm", ["supervisor@vn-gso-48"]),
    hoaVang,
    office,
    ...known,
  ];
  const byId = new Map(directory.map((record) => [record.id, record]));
  await store.exchange("directory", [...byId.keys()], (id) => {
    const record = byId.get(id);
    return (
      record && {
        database: "directory",
        record,
        sync: { state: "central", at: createdAt },
        arrivedAt: createdAt,
      }
    );
  });
  const bundles: Bundles = createBundles({
    replica: store,
    read: store.read,
    keys: deviceKeys(() => keysOf[name]),
    account: { name, roles },
    device: `device-of-${name}`,
    recoveryRecipient: undefined,
    author: { name, newId: () => "" },
    clock: createServerClock(
      () => surroundings.now(),
      () => 0,
    ),
    surroundings,
    onHeld: () => undefined,
  });
  const account = { ...profile.account, name, roles };
  const counts = {
    ...exchange.counts,
    waiting: store.read.all().filter(({ sync }) => sync.state === "local").length,
  };
  return {
    ...desk,
    work: {
      ...desk.work,
      profile: { ...profile, account, device: `device-of-${name}` },
      exchange: { ...exchange, counts, bundles },
    },
  };
}

async function fileFrom(desk: Desk): Promise<File> {
  const shown = await openScreen(desk, screen);
  await shown.tap('[data-action="make-file"]');
  // The button that made it is gone: whoever works by keyboard goes on at what is done with it.
  const ready = await shown.find('[data-action="save-file"]');
  await waitFor(() => expect(document.activeElement).toBe(ready));
  expect(ready.className).toContain("button-primary");
  await shown.tap('[data-action="save-file"]');
  await waitFor(() => expect(files).toHaveLength(1));
  const [file] = files;
  if (!(file instanceof File)) throw new Error("no file");
  return file;
}

const choose = async (desk: Desk, file: File, locale: (typeof localeCodes)[number] = "vi") => {
  const shown = await openScreen(desk, { ...screen, locale });
  const input = await shown.find('input[type="file"]');
  await shown.user.upload(input, file);
  return shown;
};

it("goes out with counts, no name and a neutral file, and the sync screen says so", async () => {
  const an = await deskOf("an");
  await an.receive({ consent: { decision: "given" }, person: { displayName: "Đào Thị Mai" } });
  const shown = await openScreen(an, screen);
  await shown.find('[data-action="make-file"]');
  // One of two supervisors has a device that can open a file: there is nothing to choose.
  expect(document.querySelector<HTMLInputElement>('[name="bundle.to"]')?.checked).toBe(true);
  expect(document.body.textContent).toContain("Võ Mẫu Tâm");
  expect(document.body.textContent).not.toContain("Đào");
  const file = await fileFrom(an);
  // Chromium shares no other kind of file that would do.
  expect(file.type).toBe("text/plain");
  expect(file.name).toMatch(/^[0-9a-f]{8}\.txt$/);
  expect(readHandedOn(an.work.profile.store.read)).toHaveLength(1);
  const given = await openScreen(an, screen);
  expect((await given.find(".notice-ok")).textContent).toContain("chuyển bằng tệp cho Hồ Mẫu Minh");
  const waiting = an.work.profile.store.read.all().filter(({ database }) => database !== "directory");
  expect(waiting.every(({ sync }) => sync.state === "local")).toBe(true);
  await openScreen(an, { screen: <SyncScreen />, path: paths.sync, at: paths.sync });
  await waitFor(() => expect(document.body.textContent).toContain("chuyển bằng tệp cho Hồ Mẫu Minh"));
});

it.each(localeCodes)(
  "comes in: whose it is, how many, and nothing of what is in it, in %s",
  async (locale) => {
    const an = await deskOf("an");
    await an.receive({ consent: { decision: "given" }, person: { displayName: "Đào Thị Mai" } });
    const file = await fileFrom(an);
    const minh = await deskOf("minh");
    const shown = await choose(minh, file, locale);
    const notice = await shown.find(".notice-ok");
    expect(notice.textContent).toContain("Lê Thị An");
    const sendOn = await shown.find('[data-action="send-on"]');
    await waitFor(() => expect(document.activeElement).toBe(sendOn));
    await shown.tap('[data-action="send-on"]');
    await waitFor(() => expect(readHeldBundles(minh.work.profile.store.read)).toHaveLength(1));
    const row = await shown.find(".sheet-due li");
    expect(row.textContent).toContain("Lê Thị An");
    expect(document.body.textContent).not.toContain("Đào");
    expect(minh.work.profile.store.read.list("person")).toEqual([]);
    expect(document.querySelector('[data-action="drop-file"]')).toBeNull();
  },
);

it("says plainly why a file is not taken in, and keeps nothing of it", async () => {
  const an = await deskOf("an");
  await an.receive({ case: { riskLevel: "low" } });
  const file = await fileFrom(an);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const changed = Uint8Array.from(bytes);
  const middle = changed.length >> 1;
  changed[middle] = (changed[middle] ?? 0) ^ 1;
  const cases: readonly (readonly [file: File, desk: Awaited<ReturnType<typeof deskOf>>, words: string])[] = [
    [new File(["một tấm ảnh"], "anh.jpg"), await deskOf("minh"), "không phải tệp chuyển ghi chép"],
    [new File([changed], "x.txt"), await deskOf("minh"), "hỏng hoặc bị sửa"],
    [file, await deskOf("minh", [deviceOf("minh", keysOf.minh)]), "Chưa biết máy đã ký"],
  ];
  for (const [chosen, minh, words] of cases) {
    const shown = await choose(minh, chosen);
    expect((await shown.find(".notice-due")).textContent).toContain(words);
    expect(readHeldBundles(minh.work.profile.store.read)).toEqual([]);
  }
});

it("tells what the centre said, and forgets on request what it does not take", async () => {
  const an = await deskOf("an");
  await an.receive({ case: { riskLevel: "low" } });
  const minh = await deskOf("minh");
  const { store } = minh.work.profile;
  const shown = await choose(minh, await fileFrom(an));
  await shown.tap('[data-action="send-on"]');
  await waitFor(() => expect(readHeldBundles(store.read)).toHaveLength(1));
  const held = readHeldBundles(store.read).map((each) => ({
    ...each,
    refusal: "Nobody here knows the device.",
  }));
  const tally = {
    accepted: 3,
    known: 1,
    refused: [{ id: "r1", type: "note", reason: "role: may not write a note here" }],
  };
  const sent = [{ id: "b0", account: "an", madeAt: createdAt, at: createdAt, records: 5, tally }];
  await store.write({ setLocal: { "bundles.held": held, [sentOnName]: sent } });
  await shown.tap('[data-action="drop-file"]');
  await waitFor(() => expect(readHeldBundles(store.read)).toEqual([]));
  const words = document.body.textContent ?? "";
  expect(words).toContain("trung tâm nhận 3, đã có sẵn 1, không nhận 1");
  expect(words).toContain("Ghi chú");
});

it("warns whoever makes a file on a device that the centre does not know yet", async () => {
  const warns = async (known: readonly Device[]) => {
    const an = await deskOf("an", known);
    await an.receive({ case: { riskLevel: "low" } });
    const shown = await openScreen(an, screen);
    await shown.find('[data-action="make-file"]');
    return document.querySelector(".notice-due") !== null;
  };
  expect(await warns([deviceOf("an", keysOf.an), deviceOf("minh", keysOf.minh)])).toBe(false);
  expect(await warns([deviceOf("minh", keysOf.minh)])).toBe(true);
});

it("says that there is no way by file directly on a CouchDB", async () => {
  const desk = await openDesk();
  const shown = await openScreen(desk, screen);
  await shown.find(".notice-info");
  expect(document.querySelector('[data-action="make-file"]')).toBeNull();
});
