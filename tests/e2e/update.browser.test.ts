// A new version that comes while somebody types with an input method: offered, taken when asked for, not a character lost.
import type { CDPSession } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import vi from "#locales/vi.json" with { type: "json" };
import { failedRequests } from "#tests/support/browser.ts";
import { operatorOf } from "#tests/support/operator.ts";
import { type BuiltService, buildService, type SourceChange } from "#tests/support/service.ts";
import { accountOf, createDesks } from "#tests/e2e/desk.ts";
import { allSent, casesOnScreen, goTo, save, signIn, unlock, waitingCount } from "#tests/e2e/worker.ts";

const patience = 60_000;
const worker = "canbo-haivan";
const note = '[name="note.text"]';

/** The next release: another page, and notes of a later version. */
const nextRelease: readonly SourceChange[] = [
  { file: "index.html", from: "</html>", to: "<!-- second --></html>" },
  {
    file: "src/domain/records/note.ts",
    from: "  version: 1,",
    to: `  version: 2,
  earlier: {
    1: { fields: { text: required(noteField({ max: 10_000 })) }, read: (fields) => fields },
  },`,
  },
];

let first: BuiltService;
let second: BuiltService;
const desks = createDesks();

beforeAll(async () => {
  first = await buildService();
  second = await buildService(nextRelease);
}, 300_000);
afterEach(() => desks.closeAll());
afterAll(async () => {
  await first.dispose();
  await second.dispose();
});

describe("a new version", () => {
  it("with later records comes while somebody types with an input method: not a character is lost", async () => {
    const service = await first.start();
    const desk = await desks.open(service, { tolerate: [failedRequests] });
    const { page, context } = desk.device;
    const { password } = accountOf(service, worker);
    await signIn(page, desk.proxy.url, accountOf(service, worker));
    await allSent(page);
    const [home = ""] = await casesOnScreen(page);
    desk.proxy.mode({ kind: "refuse" });
    await goTo(page, `/cases/${home}/edit/note`);
    await page.fill(note, "Lưu bằng bản cũ, chưa gửi");
    await save(page);
    expect(await waitingCount(page)).toBe(1);

    await goTo(page, `/cases/${home}/edit/note`);
    const keyboard = await context.newCDPSession(page);
    await page.focus(note);
    let expected = "";
    const type = async () => {
      for (const word of telex) {
        await compose(keyboard, word);
        await page.keyboard.type(" ");
        expected += `${word.at(-1) ?? ""} `;
      }
    };
    await type();
    const opened = await page.evaluate(() => performance.timeOrigin);
    await service.stop();
    const later = await second.start(["--port", String(service.port)], service.data);
    desk.proxy.mode({ kind: "pass" });
    await page.evaluate(() => {
      void navigator.serviceWorker.ready.then((registration) => registration.update());
    });
    const take = page.locator('[data-action="update"]');
    // Somebody goes on typing, before it is offered and while it is.
    do await type();
    while (!(await take.isVisible()));
    await type();
    expect(await page.inputValue(note)).toBe(expected);
    expect(await page.evaluate(() => performance.timeOrigin)).toBe(opened);
    await page.getByText(vi["update.title"]).waitFor();

    // In the middle of a word.
    await compose(keyboard, ["c", "cu", "cuô", "cuối"], false);
    const [loaded] = await Promise.all([
      page.waitForEvent("load", { timeout: patience }),
      // Without a finger that would end the word first.
      take.evaluate((button: HTMLElement) => button.click()),
    ]);
    await unlock(loaded, password);
    await expect.poll(() => page.inputValue(note)).toBe(`${expected}cuối`);
    expect(await page.evaluate(async () => (await fetch("/")).text())).toContain("<!-- second -->");
    expect(await take.count()).toBe(0);

    await save(page);
    await allSent(page);
    const kept = await notes(later);
    const versions = (text: string) =>
      kept.filter((each) => each.text === text).map(({ version }) => version);
    expect(versions("Lưu bằng bản cũ, chưa gửi")).toHaveLength(1);
    expect(versions(`${expected}cuối`)).toEqual([2]);
    await desks.closeAll();
    await later.stop();
  });
});

/** What an input method shows key by key: "người phụ nữ về". */
const telex: readonly (readonly string[])[] = [
  ["n", "ng", "ngu", "nguo", "ngươ", "ngươi", "người"],
  ["p", "ph", "phu", "phụ"],
  ["n", "nu", "nư", "nữ"],
  ["v", "ve", "vê", "về"],
];

/** Composes a word; the last of it is what is meant, handed over unless it is left open. */
async function compose(keyboard: CDPSession, states: readonly string[], handOver = true): Promise<void> {
  for (const text of states) {
    const at = text.length;
    await keyboard.send("Input.imeSetComposition", { text, selectionStart: at, selectionEnd: at });
  }
  if (handOver) await keyboard.send("Input.insertText", { text: states.at(-1) ?? "" });
}

const found = z.object({
  rows: z.array(z.object({ doc: z.object({ text: z.string().optional(), version: z.number().optional() }) })),
});

async function notes(service: Parameters<typeof operatorOf>[0]) {
  const all = await operatorOf(service).read("/s-vn-gso-20194/_all_docs?include_docs=true");
  return found.parse(all).rows.map(({ doc }) => doc);
}
