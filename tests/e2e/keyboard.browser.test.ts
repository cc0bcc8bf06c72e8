// The main job by keyboard alone and as a screen reader hears it: sign in, receive, be interrupted, lock, record a visit.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chooseByKey, expectFocusInContent, pressOn, tabTo, typeInto } from "#tests/e2e/keys.ts";
import { choiceSeen, stepAfter } from "#tests/e2e/worker.ts";
import { headingOf, spokenPage, unspoken } from "#tests/e2e/spoken-page.ts";
import { type Device, failedRequests, openDevice } from "#tests/support/browser.ts";
import { type BuiltService, buildService, type DemoAccount, type Service } from "#tests/support/service.ts";

const person = { name: "Lâm Phímgõ Thanhhương", phone: "0977111222" };
const patience = 60_000;

let built: BuiltService;
let service: Service;
let account: DemoAccount;
let device: Device;
let page: Page;
const profile = mkdtempSync(join(tmpdir(), "neo-ve-keys-"));

beforeAll(async () => {
  built = await buildService();
  service = await built.start();
  const found = service.accounts.find(({ name }) => name === "canbo-haivan");
  if (!found) throw new Error("no demo account");
  account = found;
  device = await openDevice({ profile, viewport: { width: 1024, height: 700 }, tolerate: [failedRequests] });
  page = device.page;
}, 180_000);

afterAll(async () => {
  await device.context.close();
  rmSync(profile, { recursive: true, force: true });
  await built.dispose();
});

const stepNow = () => new URL(page.url()).searchParams.get("step");

/** What somebody hears who comes to this screen. */
async function hear(): Promise<void> {
  await page.locator("h1").first().waitFor();
  // A screen that is fetched only now has a moment without a heading.
  await expect.poll(async () => unspoken(await spokenPage(page)), { message: page.url() }).toEqual([]);
}

type Answers = Readonly<Record<string, () => Promise<void>>>;

/** Answers the steps that come until `until`, or the one that saves; each must take the focus along. */
async function walk(answers: Answers, until?: string): Promise<readonly string[]> {
  const headings: string[] = [];
  let step = await stepAfter(page);
  for (let guard = 0; guard < 40; guard++) {
    await expectFocusInContent(page);
    await hear();
    headings.push(headingOf(await spokenPage(page)));
    if (step.name === until) return headings;
    if (await page.locator('[data-action="save"]').isVisible()) return headings;
    await answers[step.name]?.();
    // A single choice goes on by itself; everything else is told to.
    await choiceSeen(page);
    if (stepNow() === step.name) await pressOn(page, '[data-action="next"]');
    step = await stepAfter(page, step);
  }
  throw new Error("the form does not end");
}

const save = async () => {
  await pressOn(page, '[data-action="save"]');
  await page.locator('[data-action="save"]').waitFor({ state: "detached" });
  await expectFocusInContent(page);
  await hear();
};

/** Nothing of the person is in the document, and nobody can get at it by going back. */
async function expectNothingOf(words: string): Promise<void> {
  const source = await page.evaluate(
    () => document.documentElement.outerHTML + document.title + decodeURIComponent(location.href),
  );
  expect(source).not.toContain(words);
}

describe("by keyboard alone", () => {
  it("signs in", async () => {
    await page.goto(service.url);
    await page.locator('[name="account.name"]').waitFor();
    await hear();
    await typeInto(page, "account.name", account.name);
    await typeInto(page, "account.password", account.password);
    await page.keyboard.press("Enter");
    await page.waitForSelector('[data-sync="idle"][data-waiting="0"]', { timeout: patience });
    expect(new URL(page.url()).pathname).toBe("/");
    await expectFocusInContent(page);
    await hear();
    expect(new URL(page.url()).pathname).toBe("/");
  }, 120_000);

  it("skips the navigation", async () => {
    await page.evaluate(() =>
      document.activeElement instanceof HTMLElement ? document.activeElement.blur() : null,
    );
    await tabTo(page, ".skip-link");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("main");
  });

  it("receives a person up to the summary, and is told what is wrong on the way", async () => {
    await pressOn(page, '[data-action="receive"]');
    const headings = await walk(
      {
        consent: () => chooseByKey(page, "consent.decision", "given"),
        consentDetails: async () => {
          await chooseByKey(page, "consent.givenBy", "self");
          await chooseByKey(page, "consent.how", "signed");
          await chooseByKey(page, "consent.language", "vi");
        },
        urgent: async () => {
          await chooseByKey(page, "urgentCheck.urgentMedical", "yes");
          await pressOn(page, '[data-action="all-no"]');
          const spoken = await spokenPage(page);
          expect(spoken.filter(({ role }) => role === "alert")).not.toEqual([]);
        },
        name: () => typeInto(page, "person.displayName", person.name),
        sex: () => chooseByKey(page, "person.sex", "female"),
        age: async () => {
          await typeInto(page, "person.ageYears", "mười chín");
          await page.keyboard.press("Tab");
          const spoken = await spokenPage(page);
          expect(spoken.filter(({ role }) => role === "alert")).not.toEqual([]);
          await page.keyboard.press("Shift+Tab");
          await page.keyboard.press("Control+A");
          await page.keyboard.type("19");
        },
        citizenship: () => chooseByKey(page, "person.citizenship", "VN"),
        group: () => chooseByKey(page, "case.group", "victim_or_being_identified"),
        channel: () => chooseByKey(page, "case.channel", "border_guard"),
        risk: () => chooseByKey(page, "case.riskLevel", "high"),
        needs: () => chooseByKey(page, "planItem.need", "medical"),
        safeContact: async () => {
          await chooseByKey(page, "person.safeContact.way", "phone");
          await typeInto(page, "person.safeContact.phone", person.phone);
        },
      },
      "review",
    );
    // Each step says by its heading that it is another.
    expect(new Set(headings).size).toBe(headings.length);
    expect(await page.locator("main").innerText()).toContain(person.name);
  }, 240_000);

  it("goes back and finds every answer", async () => {
    await pressOn(page, '[data-action="back"]');
    await page.waitForFunction(() => new URLSearchParams(location.search).get("step") === "safeContact");
    await expectFocusInContent(page);
    expect(await page.inputValue('[name="person.safeContact.phone"]')).toBe(person.phone);
    await pressOn(page, '[data-action="next"]');
    await page.waitForFunction(() => new URLSearchParams(location.search).get("step") === "review");
  });

  it("stops, hears whom to call, and goes on where it was", async () => {
    await pressOn(page, '[data-action="stop"]');
    await page.waitForSelector("dialog[open]");
    await hear();
    expect((await spokenPage(page)).some(({ role, name }) => role === "link" && name.includes("111"))).toBe(
      true,
    );
    await page.keyboard.press("Escape");
    await page.locator("dialog").waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.activeElement?.getAttribute("data-action"))).toBe("stop");
  });

  it("covers everything with three presses of Escape, and Back brings nothing to light", async () => {
    for (let press = 0; press < 3; press++) await page.keyboard.press("Escape");
    await page.waitForSelector("[data-covered]");
    await expectNothingOf(person.name);
    await expectNothingOf(person.phone);
    await hear();
    for (let back = 0; back < 3; back++) {
      await page.evaluate(() => history.back());
      await page.waitForTimeout(150);
      expect(await page.locator("[data-covered]").count()).toBe(1);
      await expectNothingOf(person.name);
    }
    for (let forth = 0; forth < 3; forth++) await page.evaluate(() => history.forward());
    await pressOn(page, '[data-action="uncover"]');
    await page.waitForFunction(() => new URLSearchParams(location.search).has("step"));
    await expectFocusInContent(page);
  });

  it("locks and unlocks, and is where it was", async () => {
    const address = page.url();
    await pressOn(page, '[data-action="lock"]');
    await page.locator('[name="profile.passphrase"]').waitFor({ timeout: patience });
    await expectNothingOf(person.name);
    await page.evaluate(() => history.back());
    await page.waitForTimeout(300);
    await page.locator('[name="profile.passphrase"]').waitFor({ timeout: patience });
    await expectNothingOf(person.name);
    await hear();
    const isThere = await page.evaluate(() => document.activeElement?.getAttribute("name"));
    if (isThere !== "profile.passphrase") await tabTo(page, '[name="profile.passphrase"]');
    await page.keyboard.type("sai");
    await page.keyboard.press("Enter");
    await page.waitForSelector("[role=alert]", { timeout: patience });
    expect((await spokenPage(page)).some(({ role }) => role === "alert")).toBe(true);
    await page.keyboard.press("Control+A");
    await page.keyboard.type(account.password);
    await page.keyboard.press("Enter");
    await page.waitForSelector("[data-sync]", { timeout: patience });
    await expectFocusInContent(page);
    await expect
      .poll(() => new URL(page.url()).searchParams.get("draft"))
      .toBe(new URL(address).searchParams.get("draft"));
  }, 120_000);

  it("saves, opens the file and records a visit", async () => {
    await walk({}, "review");
    expect(await page.locator("main").innerText()).toContain(person.name);
    await save();
    await pressOn(page, 'main a[href^="/cases/"]:not([href*="edit"])');
    await page.waitForURL(/\/cases\/[^/]+$/);
    await expectFocusInContent(page);
    await hear();
    const folded = 'details:not([open]):has([data-action="visit"]) > summary';
    if ((await page.locator(folded).count()) > 0) await pressOn(page, folded);
    await pressOn(page, '[data-action="visit"]');
    await walk({
      outcome: () => chooseByKey(page, "followup.outcome", "contact_made"),
      when: () => chooseByKey(page, "followup.mode", "home"),
      domains: () => chooseByKey(page, "followup.domains.safety", "fragile"),
      risk: () => chooseByKey(page, "followup.riskLevel", "medium"),
      view: () => typeInto(page, "followup.personsView", "Muốn học nghề may"),
    });
    await save();
    expect(device.complaints).toEqual([]);
  }, 240_000);
});
