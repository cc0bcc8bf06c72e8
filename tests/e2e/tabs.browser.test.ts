// The app in several tabs at once: one owner at a time, whoever slept meanwhile included.
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import vi from "#locales/vi.json" with { type: "json" };
import type { Device } from "#tests/support/browser.ts";
import { type BuiltService, buildService, type Service } from "#tests/support/service.ts";
import { accountOf, createDesks } from "#tests/e2e/desk.ts";
import { allSent, casesOnScreen, goTo, save, signIn, unlock } from "#tests/e2e/worker.ts";

const patience = 60_000;
const worker = "canbo-haivan";
const note = '[name="note.text"]';
const takeOver = '[data-action="take-over"]';

let built: BuiltService;
let service: Service;
const desks = createDesks();

beforeAll(async () => {
  built = await buildService();
  service = await built.start();
}, 180_000);
afterEach(() => desks.closeAll());
afterAll(() => built.dispose());

describe("two tabs", () => {
  it("that are unlocked in the same moment: one opens, the other asks", async () => {
    const { device, url, password } = await signedIn();
    const tabs = [device.page, await device.context.newPage()];
    for (const tab of tabs) {
      await tab.goto(url);
      await tab.fill('[name="profile.passphrase"]', password);
    }
    await Promise.all(tabs.map((tab) => tab.click('[data-action="unlock"]')));
    await Promise.all(
      tabs.map((tab) => tab.waitForSelector(`[data-sync], ${takeOver}`, { timeout: patience })),
    );
    const asks = await Promise.all(tabs.map((tab) => tab.locator(takeOver).count()));
    expect(asks.filter((asked) => asked > 0)).toHaveLength(1);
    // The other one may have it all the same, and the first one says where it went.
    const [first, second] = asks[0] === 1 ? tabs.toReversed() : tabs;
    if (!first || !second) throw new Error("there are two");
    await second.click(takeOver);
    await second.waitForSelector("[data-sync]", { timeout: patience });
    await first.getByText(vi["unlock.takenOver"]).waitFor({ timeout: patience });
    expect(await first.locator("[data-sync]").count()).toBe(0);
    await first.fill('[name="profile.passphrase"]', password);
    await first.click('[data-action="unlock"]');
    await first.locator(takeOver).waitFor({ timeout: patience });
  });
});

describe("a tab that sleeps", () => {
  it.each([
    ["frozen as a browser does it to save power", frozen],
    ["halted in the middle", halted],
  ])(
    "%s can be taken over from; once it wakes up it writes nothing and says so",
    async (_how, putToSleep) => {
      const { device, url, password, home } = await signedIn();
      const { page, context } = device;
      const form = `/cases/${home}/edit/note`;
      await goTo(page, form);
      await page.fill(note, "Trước khi ngủ");
      await page.getByText(vi["ui.draft.saved"]).waitFor();
      await typeOnWaking(page, "Viết khi vừa thức dậy");
      const wake = await putToSleep(page);

      const second = await context.newPage();
      await second.goto(`${url}/unlock?return=${encodeURIComponent(form)}`);
      await second.fill('[name="profile.passphrase"]', password);
      await second.click('[data-action="unlock"]');
      await second.locator(takeOver).click({ timeout: patience });
      await second.waitForSelector("[data-sync]", { timeout: patience });
      expect(await second.inputValue(note)).toBe("Trước khi ngủ");

      await wake();
      await page.getByText(vi["unlock.takenOver"]).waitFor({ timeout: patience });
      expect(await page.locator("[data-sync], [data-record]").count()).toBe(0);
      // Nobody wrote beneath the tab that has it now: the same draft and its record are written without a fault.
      await second.fill(note, "Tiếp ở thẻ thứ hai");
      await second.getByText(vi["ui.draft.saved"]).waitFor();
      await save(second);
      await allSent(second);
      await Promise.all([
        second.waitForEvent("load"),
        second.locator('[data-action="lock"]').first().click(),
      ]);
      await unlock(second, password);
      await goTo(second, `/cases/${home}`);
      await second.getByText("Tiếp ở thẻ thứ hai").first().waitFor({ state: "attached" });
      expect(await second.innerHTML("main")).not.toContain("vừa thức dậy");
      await goTo(second, form);
      expect(await second.inputValue(note)).toBe("");
    },
  );
});

/** Ends the sleep. */
type Wake = () => Promise<void>;

async function frozen(page: Page): Promise<Wake> {
  const protocol = await page.context().newCDPSession(page);
  await protocol.send("Page.setWebLifecycleState", { state: "frozen" });
  return async () => {
    await protocol.send("Page.setWebLifecycleState", { state: "active" });
  };
}

/** Nothing of the page runs any more, as when the system has put its process aside. */
async function halted(page: Page): Promise<Wake> {
  const protocol = await page.context().newCDPSession(page);
  await protocol.send("Debugger.enable");
  const paused = new Promise<void>((resolve) => protocol.once("Debugger.paused", () => resolve()));
  await protocol.send("Debugger.pause");
  await paused;
  return async () => {
    await protocol.send("Debugger.resume");
    await protocol.send("Debugger.disable");
  };
}

/** The page notices by the clock that it has slept, and types at once, before it can be told what it has lost. */
async function typeOnWaking(page: Page, text: string): Promise<void> {
  await page.evaluate((typed) => {
    let last = Date.now();
    const timer = setInterval(() => {
      const slept = Date.now() - last > 3_000;
      last = Date.now();
      if (!slept) return;
      clearInterval(timer);
      const control = document.querySelector("textarea");
      if (!control) return;
      const { set } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value") ?? {};
      set?.call(control, typed);
      control.dispatchEvent(new Event("input", { bubbles: true }));
      document.title = "woke up and typed";
    }, 20);
  }, text);
}

async function signedIn(): Promise<{ device: Device; url: string; password: string; home: string }> {
  const desk = await desks.open(service);
  const { device, proxy } = desk;
  const account = accountOf(service, worker);
  await signIn(device.page, proxy.url, account);
  await allSent(device.page);
  const [home = ""] = await casesOnScreen(device.page);
  return { device, url: proxy.url, password: account.password, home };
}
