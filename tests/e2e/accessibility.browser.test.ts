// Every screen in every state, language and width, light and dark: nothing for axe to find, no word cut, no small target.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { defaultLocale, localeCodes } from "#src/i18n/locales.ts";
import { secrets } from "#tests/e2e/harness/made-up.ts";
import { otherScreens } from "#tests/e2e/harness/other-screens.ts";
import { routeScreens, type Screen } from "#tests/e2e/harness/screens.ts";
import { serveHarness } from "#tests/e2e/harness/serve.ts";
import type { World } from "#tests/e2e/harness/world.ts";
import { axeViolations } from "#tests/support/axe.ts";
import { type Device, openDevice } from "#tests/support/browser.ts";
import type { Pages } from "#tests/support/pages.ts";

const widths = [
  { width: 360, height: 640 },
  { width: 1366, height: 768 },
] as const;

/** What another theme can make wrong. */
const ofColour = ["color-contrast", "link-in-text-block"] as const;

let pages: Pages;
const profiles: string[] = [];

beforeAll(async () => {
  pages = await serveHarness();
}, 180_000);

afterAll(async () => {
  for (const profile of profiles) rmSync(profile, { recursive: true, maxRetries: 5 });
  await pages.close();
});

/** For whoever mends one screen: only those whose name holds this. */
const wanted = process.env["SCREENS"] ?? "";

it("sees each kind of fault where one is planted", async () => {
  const profile = mkdtempSync(join(tmpdir(), "neo-ve-planted-"));
  profiles.push(profile);
  const { context, page } = await openDevice({ profile });
  await page.goto(pages.url);
  await page.waitForFunction(() => "harness" in window);
  await page.evaluate(() => window.harness.setUpTexts("vi"));
  const [name] = secrets;
  const look = () =>
    page.evaluate((it) => window.harness.faultsOnScreen(it), { locale: "vi" as const, secrets });
  expect(await look()).toEqual([]);
  await page.evaluate((secret) => {
    const add = (tag: string, text: string, style: Partial<CSSStyleDeclaration> = {}) => {
      const element = document.createElement(tag);
      element.textContent = text;
      Object.assign(element.style, style);
      document.body.append(element);
    };
    document.title = secret ?? "";
    document.documentElement.lang = "en";
    add("button", "", { inlineSize: "30px", blockSize: "60px" });
    add("button", "Unutterable", { inlineSize: "60px", blockSize: "60px", whiteSpace: "nowrap" });
    add("input", "", { blockSize: "60px" });
    add("p", "", { inlineSize: "2000px", blockSize: "1px" });
  }, name);
  const faults = (await look()).map((fault) => fault.replaceAll(/\d+ px/g, "# px"));
  expect(faults).toEqual([
    'the document says lang="en"',
    expect.stringMatching(/^scrolls sideways: p/),
    `names outside: ${name ?? ""}`,
    'target of 30 × 60: button ""',
    'words cut by # px: button "Unutterable"',
    'autocomplete="" spellcheck="true": input ""',
  ]);
  await page.evaluate(() => {
    document.documentElement.lang = "vi";
    for (const text of ["Today", "waiting to be sent: 3", "nav.today", "2026-11-22", "All of this"]) {
      const element = document.createElement("p");
      element.textContent = text;
      document.body.append(element);
    }
  });
  expect((await look()).filter((fault) => /: "/.test(fault))).toEqual([
    'said in en: "Today"',
    'said in en: "waiting to be sent: 3"',
    'a key: "nav.today"',
    'a date as records keep it: "2026-11-22"',
    'said in en: "All of this"',
  ]);
  await context.close();
});

it.concurrent.each(widths)(
  "$width px: nothing is wrong on any screen",
  async (viewport) => {
    const profile = mkdtempSync(join(tmpdir(), "neo-ve-screens-"));
    profiles.push(profile);
    const device = await openDevice({ profile, viewport });
    const { page } = device;
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.goto(pages.url);
    await page.waitForFunction(() => "harness" in window);
    await page.evaluate(() => window.harness.setUpTexts("vi"));
    const screens = [...otherScreens, ...routeScreens()].filter(({ name }) => name.includes(wanted));
    const found: string[] = [];
    let open: World | undefined;
    for (const screen of screens) {
      // What was done on the last screen has changed its device.
      if (open !== screen.world || screen.drive) await openWorld(page, screen.world);
      open = screen.drive ? undefined : screen.world;
      found.push(...(await lookAt(device, screen)));
    }
    await device.context.close();
    expect(found).toEqual([]);
  },
  1_200_000,
);

async function openWorld(page: Page, world: World): Promise<void> {
  await page.evaluate((held) => window.harness.open(held), world);
  await page.evaluate(() => window.harness.settled());
}

/** One line for each fault, in each language and theme in which it was found. */
async function lookAt({ page, complaints }: Device, screen: Screen): Promise<readonly string[]> {
  const found: string[] = [];
  const before = complaints.length;
  const note = (where: string, faults: readonly string[]) =>
    found.push(...faults.map((fault) => `${screen.name} [${where}]: ${fault}`));
  for (const locale of localeCodes) {
    await page.evaluate((code) => window.harness.changeLocale(code), locale);
    if (locale === defaultLocale || screen.fleeting) note(locale, await bringAbout(page, screen));
    await page.evaluate(() => window.harness.applyTheme("light"));
    await page.evaluate(() => window.harness.settled());
    note(locale, await page.evaluate((it) => window.harness.faultsOnScreen(it), { locale, secrets }));
    note(locale, await violations(page));
  }
  // Colours are the same in every language.
  await page.evaluate(() => window.harness.applyTheme("dark"));
  note("dark", await violations(page, ofColour));
  note("console", complaints.slice(before));
  return found;
}

async function bringAbout(page: Page, { at, drive, world, fleeting }: Screen): Promise<readonly string[]> {
  if (fleeting) await openWorld(page, world);
  await page.evaluate((address) => window.harness.show(address), at);
  await page.evaluate(() => window.harness.settled());
  const elsewhere = await page.evaluate(standsElsewhere, at);
  if (elsewhere !== undefined) return [`leads to ${elsewhere}`];
  try {
    await drive?.(page);
  } catch (error) {
    return [`cannot be brought about: ${String(error)}`];
  }
  await page.evaluate(() => window.harness.unfold());
  await page.evaluate(() => window.harness.unpin());
  return [];
}

/** The address that came instead of this one: another screen, or another step of a form. */
function standsElsewhere(at: string): string | undefined {
  const wanted = new URL(at, location.origin);
  const { pathname, search } = location;
  const isStep = new URLSearchParams(search).get("step") === wanted.searchParams.get("step");
  const isThere = pathname === wanted.pathname && (isStep || !wanted.searchParams.has("step"));
  return isThere ? undefined : pathname + search;
}

async function violations(page: Page, only?: readonly string[]): Promise<readonly string[]> {
  const found = await axeViolations(page, only);
  return found.flatMap(({ rule, places }) =>
    places.map((place) => `${rule}: ${place.replaceAll(/\s+/g, " ")}`),
  );
}
