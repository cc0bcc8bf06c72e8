// The main job on three devices in real browsers, through networks that fail in different ways; then a search of their disks.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import en from "#locales/en.json" with { type: "json" };
import id from "#locales/id.json" with { type: "json" };
import vi from "#locales/vi.json" with { type: "json" };
import { type Device, failedRequests, openDevice } from "#tests/support/browser.ts";
import { servePages } from "#tests/support/pages.ts";
import { scanProfile } from "#tests/support/profile-scan.ts";
import { type BuiltService, buildService, type DemoAccount, type Service } from "#tests/support/service.ts";
import { type Proxy, startProxy } from "#tests/support/tcp-proxy.ts";
import {
  allSent,
  casesOnScreen,
  changeLanguage,
  choose,
  goTo,
  receive,
  recordVisit,
  save,
  signIn,
  unlock,
  waitingCount,
} from "#tests/e2e/worker.ts";

const haivan = { name: "Zanvưởng Thị Kếtquả", phone: "0987123464" };
const hoavang = { name: "Quỳnhđào Ngạc Hươngtràm", phone: "0912888373" };
const interrupted = { name: "Vũkhúc Dởdang", phone: "0934555717" };
const viewHaivan = "Chị kể đã ngủ được, còn sợ tiếng xe máy lạ";
const viewHoavang = "Muốn học nghề may ở thị trấn gần nhà";
const draftName = interrupted.name;
const canaries = [haivan, hoavang, interrupted]
  .flatMap(({ name, phone }) => [name, phone])
  .concat(viewHaivan, viewHoavang);

/** One person's device behind its own proxy. */
interface Desk {
  readonly profile: string;
  readonly account: DemoAccount;
  readonly proxy: Proxy;
  device: Device;
}

let built: BuiltService;
let service: Service;
const desks: Desk[] = [];

async function openDesk(name: string, size: { width: number; height: number }): Promise<Desk> {
  const account = service.accounts.find((candidate) => candidate.name === name);
  if (!account) throw new Error(`no demo account ${name}`);
  const profile = mkdtempSync(join(tmpdir(), "neo-ve-desk-"));
  const proxy = await startProxy({ target: { port: service.port } });
  const desk = { profile, account, proxy, device: await reopen(profile, size) };
  desks.push(desk);
  return desk;
}

// Requests fail here on purpose; everything else that a console says fails the test.
const reopen = (profile: string, viewport: { width: number; height: number }) =>
  openDevice({ profile, viewport, tolerate: [failedRequests] });

const phone = { width: 360, height: 640 };
const desktop = { width: 1366, height: 768 };

beforeAll(async () => {
  built = await buildService();
  service = await built.start();
}, 180_000);

afterAll(async () => {
  for (const { proxy, profile } of desks) {
    await proxy.close();
    rmSync(profile, { recursive: true, force: true });
  }
  await built.dispose();
});

describe("the main job", () => {
  it("is recorded offline on two phones, survives a kill, and reaches the supervisor", async () => {
    const first = await openDesk("canbo-haivan", phone);
    const second = await openDesk("canbo-hoavang", phone);
    const office = await openDesk("giamsat-danang", desktop);
    for (const { device, proxy, account } of desks) await signIn(device.page, proxy.url, account);
    for (const { device } of desks) await allSent(device.page);

    // The supervisor chooses to keep the names of both communes on this device.
    await goTo(office.device.page, "/settings");
    await choose(office.device.page, "keepNames", "vn-gso-20194");
    await choose(office.device.page, "keepNames", "vn-gso-20320");
    await allSent(office.device.page);
    await goTo(second.device.page, "/settings");
    await changeLanguage(second.device.page, "en");

    // The network goes, for each in another way; two browsers go on believing they are online.
    first.proxy.mode({ kind: "drop" });
    second.proxy.mode({ kind: "refuse" });
    await second.device.context.setOffline(true);
    office.proxy.mode({ kind: "half-open" });
    expect(await first.device.page.evaluate(() => navigator.onLine)).toBe(true);

    const received: string[] = [];
    const visited: string[] = [];
    for (const { desk, person, view } of [
      { desk: first, person: haivan, view: viewHaivan },
      { desk: second, person: hoavang, view: viewHoavang },
    ]) {
      const { page } = desk.device;
      const known = await casesOnScreen(page);
      await goTo(page, "/receive");
      await receive(page, person);
      await save(page);
      const now = await casesOnScreen(page);
      const fresh = now.find((caseId) => !known.includes(caseId));
      const [home] = known;
      if (fresh === undefined || home === undefined) throw new Error("nobody was received");
      received.push(fresh);
      await recordVisit(page, fresh, view);
      visited.push(fresh);
      await expect.poll(() => waitingCount(page)).toBeGreaterThan(5);
    }

    // The second phone's battery falls out in the middle of another form.
    await goTo(second.device.page, "/receive");
    await receive(second.device.page, interrupted, "sex");
    await second.device.page.getByText(en["ui.draft.saved"]).waitFor();
    await second.device.kill();
    second.device = await reopen(second.profile, phone);
    await second.device.context.setOffline(true);
    await second.device.page.goto(second.proxy.url);
    await unlock(second.device.page, second.account.password);
    await goTo(second.device.page, "/");
    await second.device.page.locator('a[href^="/receive?draft="]').first().click();
    await goTo(second.device.page, await backTo(second.device, "name"));
    await expect.poll(() => second.device.page.inputValue('[name="person.displayName"]')).toBe(draftName);

    // Back in coverage; the first answer of the first phone gets lost after the centre has committed.
    first.proxy.mode({ kind: "lose-answer" });
    await expect.poll(() => first.proxy.spoiled(), { timeout: 60_000 }).toBeGreaterThan(0);
    for (const { proxy } of desks) proxy.mode({ kind: "pass" });
    await second.device.context.setOffline(false);
    await goTo(first.device.page, "/sync");
    await first.device.page.locator('main [data-action="sync"]').click();
    for (const { device } of [first, second]) await allSent(device.page);

    // The supervisor's open page shows it without reload, in every language.
    const { page } = office.device;
    for (const [locale, texts] of [
      ["vi", vi],
      ["en", en],
      ["id", id],
    ] as const) {
      await goTo(page, "/settings");
      await changeLanguage(page, locale);
      for (const [index, caseId] of received.entries()) {
        await goTo(page, `/cases/${caseId}`);
        const view = [viewHaivan, viewHoavang][index] ?? "";
        const visit = page.locator("main details", { hasText: view }).first();
        await visit.waitFor({ timeout: 60_000 });
        await visit.locator("summary").click();
        await visit.getByText(view).waitFor();
        expect(await page.locator("main").innerText()).toContain(texts["field.followup.personsView"]);
      }
      expect((await casesOnScreen(page)).filter((caseId) => received.includes(caseId))).toHaveLength(2);
    }
    expect(visited).toEqual(received);
    for (const { device } of desks) await device.close();
  }, 580_000);

  it("leaves nothing readable on any disk, while the same words in plain RxDB are found", async () => {
    for (const { profile } of desks) {
      const scan = scanProfile(profile, canaries);
      expect(scan.hits).toEqual([]);
      expect(scan.unreadable).toEqual([]);
      expect(scan.blocks).toBeGreaterThan(0);
    }
    const control = await plainProfile(canaries);
    const found = new Set(scanProfile(control, canaries).hits.map(({ canary }) => canary));
    rmSync(control, { recursive: true, force: true });
    expect([...found].toSorted()).toEqual([...canaries].toSorted());
  }, 300_000);
});

/** The address of another step of the open draft. */
async function backTo(device: Device, step: string): Promise<string> {
  await device.page.waitForFunction(() => new URLSearchParams(location.search).has("draft"));
  const address = new URL(device.page.url());
  address.searchParams.set("step", step);
  return address.pathname + address.search;
}

/** A profile in which a page kept the words with RxDB as it comes. */
async function plainProfile(words: readonly string[]): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      lib: { entry: "tests/e2e/plain-rxdb-page.ts", formats: ["es"], fileName: "page" },
    },
  });
  const [bundle] = [output].flat();
  const chunk = bundle && "output" in bundle ? bundle.output[0] : undefined;
  if (!chunk) throw new Error("the control page was not built");
  const pages = await servePages({
    "/": `<!doctype html><title>plain</title><script type="module" src="/page.js"></script>`,
    "/page.js": chunk.code,
    "/favicon.ico": "",
  });
  const profile = mkdtempSync(join(tmpdir(), "neo-ve-plain-"));
  const device = await openDevice({ profile });
  await device.page.goto(pages.url);
  await device.page.waitForFunction(() => "keepInTheClear" in window);
  await device.page.evaluate((all) => window.keepInTheClear(all), words);
  await device.close();
  await pages.close();
  return profile;
}
