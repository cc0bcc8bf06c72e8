// A device that runs full, at five levels: the screen says so in plain words, nothing typed is lost, the exchange goes on later.
import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { CDPSession, Page } from "playwright-core";
import vi from "#locales/vi.json" with { type: "json" };
import { failedRequests } from "#tests/support/browser.ts";
import { operatorOf } from "#tests/support/operator.ts";
import { type BuiltService, buildService, type Service } from "#tests/support/service.ts";
import { accountOf, createDesks } from "#tests/e2e/desk.ts";
import { allSent, casesOnScreen, goTo, save, signIn, unlock } from "#tests/e2e/worker.ts";

const patience = 60_000;
const worker = "canbo-haivan";
const database = "s-vn-gso-20194";
const note = '[name="note.text"]';
/** Long enough that all else that is written beside it hardly counts. */
const long = "Chị kể lại từ đầu. ".repeat(400).trim();

let built: BuiltService;
let service: Service;
const desks = createDesks();

beforeAll(async () => {
  built = await buildService();
  service = await built.start();
}, 180_000);
afterEach(() => desks.closeAll());
afterAll(() => built.dispose());

/** What is left, as a share of what one writing of the long draft adds to the disk; and what then becomes of the draft. */
const levels = [
  { level: "not a byte", room: 0, first: "not saved", typesOn: false },
  { level: "less than the first draft", room: 0.1, first: "not saved", typesOn: false },
  { level: "the draft, and not the record", room: 0.5, first: "saved", typesOn: false },
  { level: "the draft and some changes", room: 1.5, first: "saved", typesOn: true },
  { level: "the draft and more changes", room: 3, first: "saved", typesOn: true },
] as const;
/** Changes that would fill any of these levels. */
const mostChanges = 100;

describe("a device that runs full", () => {
  it("keeps the draft and says so, whatever still fits", async () => {
    const desk = await desks.open(service, { tolerate: [failedRequests] });
    const { password } = accountOf(service, worker);
    await signIn(desk.device.page, desk.proxy.url, accountOf(service, worker));
    await allSent(desk.device.page);
    const [home = ""] = await casesOnScreen(desk.device.page);
    const size = await sizeOfDraft(desk.device.page, home);

    for (const { level, room, first, typesOn } of levels) {
      // The browser remembers for a while how much room there was: only a new one looks.
      await desk.reopen();
      const { page } = desk.device;
      desk.proxy.mode({ kind: "refuse" });
      await page.goto(desk.proxy.url);
      await page.waitForSelector('[name="profile.passphrase"]');
      const disk = await diskOf(page, desk.proxy.url);
      // Unlocking notes the try, and needs a little room for it. A browser remembers for a while how much there was, but
      // asks again for what is more than that.
      await disk.leave(Math.max(room, 0.1) * size);
      await unlock(page, password);
      await disk.leave(room * size);
      await goTo(page, `/cases/${home}/edit/note`);

      const text = `${level}: ${long}`;
      await page.fill(note, text);
      await expect.poll(() => markOf(page), { timeout: patience }).toMatch(settled);
      expect(await markOf(page), level).toBe(first === "saved" ? saved : notSaved);
      await page.focus(note);
      await page.keyboard.press("End");
      if (typesOn) await typeUntilFull(page);
      if (first === "not saved" || typesOn) {
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

/** One letter after the other, each looked at, until one does not fit. */
async function typeUntilFull(page: Page): Promise<void> {
  for (let change = 0; change < mostChanges; change++) {
    await page.keyboard.type("a");
    await expect.poll(() => markOf(page), { timeout: patience }).toMatch(settled);
    if ((await markOf(page)) === notSaved) return;
  }
}

/** Bytes that one more writing of the long draft takes. */
async function sizeOfDraft(page: Page, home: string): Promise<number> {
  await goTo(page, `/cases/${home}/edit/note`);
  const before = await usageOf(page);
  await page.fill(note, `a draft to measure: ${long}`);
  await expect.poll(() => markOf(page)).toBe(saved);
  const after = await usageOf(page);
  await save(page);
  await allSent(page);
  return after - before;
}

const usageOf = (page: Page) => page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);

interface Disk {
  /** Leaves so many bytes. */
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
