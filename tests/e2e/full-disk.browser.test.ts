// A device that runs full, at five levels: the screen says so in plain words, nothing typed is lost, the exchange goes on later.
import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { CDPSession, Page } from "playwright-core";
import vi from "#locales/vi.json" with { type: "json" };
import { bucketSize } from "#src/storage/padding.ts";
import { failedRequests } from "#tests/support/browser.ts";
import { operatorOf } from "#tests/support/operator.ts";
import { type BuiltService, buildService, type Service } from "#tests/support/service.ts";
import { accountOf, createDesks } from "#tests/e2e/desk.ts";
import { allSent, casesOnScreen, goTo, save, signIn, unlock } from "#tests/e2e/worker.ts";

const patience = 60_000;
const worker = "canbo-haivan";
const database = "s-vn-gso-20194";
const note = '[name="note.text"]';
const passphrase = '[name="profile.passphrase"]';
/** Long enough that what an unlocking or an exchange notes beside it fits into half of what it takes. */
const long = "Chị kể lại từ đầu. ".repeat(500).trim();
/** Bytes of one writing of the long draft, with the little that a form adds: sealed, and in base64. */
const draftBytes = (bucketSize(Buffer.byteLength(long) + 500) * 4) / 3;
/** Enough for one writing and never for two, whatever it overwrites. */
const roomForOne = 1.5 * draftBytes;

let built: BuiltService;
let service: Service;
const desks = createDesks();

beforeAll(async () => {
  built = await buildService();
  service = await built.start();
}, 180_000);
afterEach(() => desks.closeAll());
afterAll(() => built.dispose());

/** How many writings of the draft fit, the first one and a letter each, and what is left then as a share of one. */
const levels = [
  { level: "not a byte", fits: 0, left: 0 },
  { level: "less than the first draft", fits: 0, left: 0.5 },
  { level: "the draft, and not the record", fits: 1, left: 0.5 },
  { level: "the draft and a change", fits: 2, left: 0 },
  { level: "the draft and more changes", fits: 4, left: 0.5 },
] as const;

describe("a device that runs full", () => {
  it("keeps the draft and says so, whatever still fits", async () => {
    const desk = await desks.open(service, { tolerate: [failedRequests] });
    const { password } = accountOf(service, worker);
    await signIn(desk.device.page, desk.proxy.url, accountOf(service, worker));
    await allSent(desk.device.page);
    const [home = ""] = await casesOnScreen(desk.device.page);

    for (const { level, fits, left } of levels) {
      // The browser remembers for a while how much room there was: only a new one looks.
      await desk.reopen();
      const { page } = desk.device;
      desk.proxy.mode({ kind: "refuse" });
      await page.goto(desk.proxy.url);
      await page.waitForSelector(passphrase);
      const disk = await diskOf(page, desk.proxy.url);
      await unlockInLittleRoom(page, disk, password);
      await goTo(page, `/cases/${home}/edit/note`);
      await page.waitForSelector(note);

      const text = `${level}: ${long}`;
      await disk.leave(fits === 0 ? left * draftBytes : roomForOne);
      await page.fill(note, text);
      if (fits > 0) await untilSaved(page, disk);
      await page.focus(note);
      await page.keyboard.press("End");
      for (let change = 1; change < fits; change++) {
        await disk.leave(roomForOne);
        await page.keyboard.type("a");
        await untilSaved(page, disk);
      }
      if (fits > 0) await disk.leave(left * draftBytes);
      if (fits > 1) await page.keyboard.type("a");
      if (fits !== 1) {
        await expect.poll(() => markOf(page), { timeout: patience }).toMatch(settled);
        expect(await markOf(page), level).toBe(notSaved);
        expect(await page.locator("main").innerText(), level).toContain(vi["error.StorageFull"]);
      }
      await page.click('[data-action="save"]');
      await page.locator(".form-fault").getByText(vi["error.StorageFull"]).waitFor();
      const typed = await page.inputValue(note);
      expect(typed.startsWith(text), level).toBe(true);

      // Something comes from the centre that does not fit: the exchange says so, and gives nothing up.
      const sent = `Từ trung tâm, ${level}`;
      await writeAtCentre(home, `${sent}. ${long.repeat(3)}`);
      desk.proxy.mode({ kind: "pass" });
      await goTo(page, "/sync");
      await page.locator('main [data-action="sync"]').click();
      await page.getByText(vi["exchange.storage"]).waitFor({ timeout: patience });
      expect(await page.locator("main").innerText(), level).toContain(vi["exchange.hint.storage"]);

      // Back at the form, what was typed stands there, although the disk does not hold it.
      await goTo(page, `/cases/${home}/edit/note`);
      await expect.poll(() => page.inputValue(note)).toBe(typed);
      // Room again: it is written without another word, and outlives a battery that falls out.
      await disk.makeRoom();
      await goTo(page, "/");
      await page.locator(`main a[href="/cases/${home}/edit/note"]`).last().waitFor({ timeout: patience });
      await goTo(page, `/cases/${home}/edit/note`);
      await expect.poll(() => page.inputValue(note), { timeout: patience }).toBe(typed);
      await expect.poll(() => markOf(page), { timeout: patience }).toBe(saved);
      await desk.device.kill();
      await desk.start();
      const again = desk.device.page;
      await again.goto(`${desk.proxy.url}/unlock?return=${encodeURIComponent(`/cases/${home}/edit/note`)}`);
      await unlock(again, password);
      await expect.poll(() => again.inputValue(note)).toBe(typed);
      await save(again);
      await allSent(again);
      await goTo(again, `/cases/${home}`);
      await again.getByText(sent).first().waitFor({ state: "attached", timeout: patience });
      const texts = JSON.stringify(
        await operatorOf(service).read(`/${database}/_all_docs?include_docs=true`),
      );
      expect(texts.split(JSON.stringify(typed)).length - 1, level).toBe(1);
    }
  });
});

describe("a device that is full before it is unlocked", () => {
  it("opens with not a byte to spare, after a wait, and the centre is asked", async () => {
    const desk = await desks.open(service, { tolerate: [failedRequests] });
    const { password } = accountOf(service, worker);
    await signIn(desk.device.page, desk.proxy.url, accountOf(service, worker));
    await allSent(desk.device.page);
    const [home = ""] = await casesOnScreen(desk.device.page);
    await desk.reopen();
    const { page } = desk.device;
    let now = Date.now();
    await page.clock.setFixedTime(now);
    await page.goto(desk.proxy.url);
    await page.waitForSelector(passphrase);
    const disk = await diskOf(page, desk.proxy.url);
    await disk.leave(0);

    await page.fill(passphrase, password);
    await page.click('[data-action="unlock"]');
    const wait = vi["unlock.fault.WaitWhileFull"].replace("{{seconds}}", "20");
    await page.getByText(wait).waitFor({ timeout: patience });
    await page.clock.setFixedTime((now += 20_000));
    await page.click('[data-action="unlock"]');
    await page.waitForSelector("[data-sync]", { timeout: patience });
    expect(await casesOnScreen(page)).toContain(home);
    // What came meanwhile does not fit, and is said; nothing is given up.
    await writeAtCentre(home, "Gửi trong lúc máy đầy");
    await goTo(page, "/sync");
    await page.locator('main [data-action="sync"]').click();
    await page.getByText(vi["exchange.storage"]).waitFor({ timeout: patience });
    await disk.makeRoom();
    await page.locator('main [data-action="sync"]').click();
    await goTo(page, `/cases/${home}`);
    await page.getByText("Gửi trong lúc máy đầy").first().waitFor({ state: "attached", timeout: patience });
  });
});

const saved = vi["ui.draft.saved"];
const notSaved = vi["ui.draft.notSaved"];
const settled = new RegExp(`^(?:${saved}|${notSaved})$`);

/** What the form says of its draft; empty where it says nothing. */
const markOf = (page: Page): Promise<string> =>
  page.evaluate(
    (words) => {
      const said = document.querySelector("main form")?.textContent ?? "";
      return words.find((text) => text !== undefined && said.includes(text)) ?? "";
    },
    [saved, vi["ui.draft.saving"], notSaved],
  );

/**
 * Waits until the draft lies on the disk. A browser keeps things of its own there at any time, such as compiled code, and
 * may have taken the room: then there is as much again for the next try.
 */
async function untilSaved(page: Page, disk: Disk): Promise<void> {
  const look = async () => {
    const mark = await markOf(page);
    if (mark === notSaved) await disk.leave(roomForOne);
    return mark;
  };
  await expect.poll(look, { timeout: patience, interval: 500 }).toBe(saved);
}

/**
 * Unlocking notes the try, and needs a little room for it. A browser remembers for a while how much there was, but asks
 * again for what is more than that: so it never learns of room for a whole draft.
 */
async function unlockInLittleRoom(page: Page, disk: Disk, password: string): Promise<void> {
  for (let isOpen = false; !isOpen;) {
    await disk.leave(draftBytes / 2);
    await page.fill(passphrase, password);
    await page.click('[data-action="unlock"]');
    const outcome = await page.waitForFunction((full) => {
      if (document.querySelector("[data-sync]")) return "open";
      const isBusy =
        document.querySelector('[data-action="unlock"]')?.getAttribute("aria-disabled") === "true";
      return !isBusy && document.body.innerText.includes(full) ? "full" : undefined;
    }, vi["unlock.fault.StorageFull"]);
    isOpen = (await outcome.jsonValue()) === "open";
  }
}

const usageOf = (page: Page) => page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);

interface Disk {
  /** Leaves so many bytes beyond what is taken now. */
  leave(bytes: number): Promise<void>;
  makeRoom(): Promise<void>;
}

async function diskOf(page: Page, origin: string): Promise<Disk> {
  const protocol: CDPSession = await page.context().newCDPSession(page);
  return {
    async leave(bytes) {
      const quotaSize = bytes === 0 ? 1 : Math.round((await usageOf(page)) + bytes);
      await protocol.send("Storage.overrideQuotaForOrigin", { origin, quotaSize });
    },
    async makeRoom() {
      await protocol.send("Storage.overrideQuotaForOrigin", { origin });
    },
  };
}

async function writeAtCentre(caseId: string, text: string): Promise<void> {
  const id = randomUUID();
  const at = new Date().toISOString();
  const said = { type: "note", version: 1, case: caseId, text: text.slice(0, 10_000) };
  const signed = { createdAt: at, deviceTime: at, createdBy: worker, device: "other" };
  await operatorOf(service).write("PUT", `/${database}/${id}`, { _id: id, id, ...said, ...signed });
}
