// What the person at a device does between two kills, by the stable handles of docs/interface.md.
import type { Page } from "playwright-core";
import vi from "#locales/vi.json" with { type: "json" };
import type { Form, Found, Going } from "#tests/e2e/kills/ledger.ts";
import { goTo } from "#tests/e2e/worker.ts";

type AnyForm = Form | "receive";

const controls: Readonly<Record<AnyForm, string>> = {
  note: "note.text",
  contact: "case.nextContactOn",
  receive: "person.displayName",
};
const controlOf = (form: AnyForm): string => `[name="${controls[form]}"]`;
const drafts = `main [aria-label="${vi["today.drafts"]}"] a`;

/** Everything that was saved of a case and everything that was begun, as the screens show it; ends in the open reception. */
export async function lookRound(page: Page, caseId: string): Promise<Found> {
  await goTo(page, `/cases/${caseId}`);
  await page.waitForSelector("main .told");
  const shown = await page.evaluate(async () => {
    for (;;) {
      const more = document.querySelector<HTMLElement>('main [data-action="more"]');
      if (!more) break;
      more.click();
      await new Promise((done) => setTimeout(done));
    }
    const texts = (selector: string) =>
      [...document.querySelectorAll(selector)].map(({ textContent }) => textContent.trim());
    return { note: texts("main .told-text"), contact: texts("main .told-edit ins") };
  });
  const found: Record<AnyForm, string[]> = { note: [], contact: [], receive: [] };
  const addresses = (await begun(page)).toSorted((a, b) => rank(a) - rank(b));
  for (const address of addresses) {
    if (new URL(page.url()).pathname !== "/") await begun(page);
    await page.locator(`${drafts}[href="${address}"]`).click();
    const form = formAt(address);
    found[form].push(await typedIn(page, form));
  }
  return { shown, drafts: found };
}

/** What stands in the form; that it opened without it is for whoever keeps the books to find. */
async function typedIn(page: Page, form: AnyForm): Promise<string> {
  const control = page.locator(controlOf(form));
  const isThere = await control.waitFor({ timeout: 60_000 }).then(
    () => true,
    () => false,
  );
  return isThere ? control.inputValue() : "(opened without it)";
}

/** Where the drafts lead that Today offers. */
async function begun(page: Page): Promise<readonly string[]> {
  await goTo(page, "/");
  await page.waitForSelector('main [data-action="receive"]');
  return page.locator(drafts).evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
}

const rank = (address: string): number => (formAt(address) === "receive" ? 1 : 0);

function formAt(address: string): AnyForm {
  if (address.startsWith("/receive?")) return "receive";
  if (address.endsWith("/edit/note")) return "note";
  if (address.endsWith("/edit/contact")) return "contact";
  throw new Error(`nobody began ${address}`);
}

/** Fills a form in up to its button; one that came back half done is filled in again. */
export async function fillIn(page: Page, caseId: string, { form, text, box }: Going): Promise<void> {
  await goTo(page, `/cases/${caseId}/edit/${form}`);
  const control = page.locator(controlOf(form));
  await control.waitFor();
  box.puts(text);
  await control.fill(text);
}

/** Writes another name in place of the one that stands there, key by key. */
export async function typeName(page: Page, name: string, pause: () => number): Promise<void> {
  await page.focus(controlOf("receive"));
  await page.keyboard.press("ControlOrMeta+A");
  for (const letter of name) {
    await page.keyboard.type(letter);
    await new Promise((done) => setTimeout(done, pause()));
  }
}
