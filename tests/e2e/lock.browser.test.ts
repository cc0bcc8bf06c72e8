// What somebody finds who picks up the phone: after a lock, under the cover, with a wrong passphrase, in a second tab.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import vi from "#locales/vi.json" with { type: "json" };
import { failedRequests } from "#tests/support/browser.ts";
import { heapStrings } from "#tests/support/heap.ts";
import { operatorOf } from "#tests/support/operator.ts";
import { type BuiltService, buildService, type DemoAccount, type Service } from "#tests/support/service.ts";
import { accountOf, createDesks } from "#tests/e2e/desk.ts";
import {
  allSent,
  casesOnScreen,
  goTo,
  receive,
  save,
  signIn,
  unlock,
  waitingCount,
} from "#tests/e2e/worker.ts";

const patience = 60_000;
const worker = "canbo-haivan";
const passphraseField = '[name="profile.passphrase"]';

let built: BuiltService;
let service: Service;
const desks = createDesks();

beforeAll(async () => {
  built = await buildService();
  service = await built.start();
}, 180_000);
afterEach(() => desks.closeAll());
afterAll(() => built.dispose());

describe("lock", () => {
  it("leaves nothing in the page or its memory, and brings the open form back", async () => {
    const desk = await desks.open(service);
    const { page } = desk.device;
    const account = accountOf(service, worker);
    const person = { name: "Hàquyên Thị Sươngkhói", phone: "0987555343" };
    const view = "Muốn gặp lại Sươngkhói ở chợ phiên";
    const canaries = ["Sươngkhói", "Hàquyên", person.phone];
    await signIn(page, desk.proxy.url, account);
    const known = await casesOnScreen(page);
    await goTo(page, "/receive");
    await receive(page, person);
    await save(page);
    const fresh = (await casesOnScreen(page)).find((caseId) => !known.includes(caseId)) ?? "";
    await goTo(page, `/cases/${fresh}/edit/note`);
    await page.fill('[name="note.text"]', view);
    // The control: what is open is found.
    const before = await heapStrings(page);
    for (const canary of canaries) expect(before.some((text) => text.includes(canary))).toBe(true);

    // No pause: what was typed last must not be lost to the lock.
    await page.locator('[name="note.text"]').pressSequentially(", thứ hai");
    const [loaded] = await Promise.all([page.waitForEvent("load"), page.click('[data-action="lock"]')]);
    await loaded.waitForSelector(passphraseField);
    await page.waitForTimeout(1_000);
    expect(containing(await heapStrings(page), [...canaries, "chợ phiên", account.password])).toEqual([]);
    expect(containing([await wholePage(page)], canaries)).toEqual([]);
    // Back through the history, nothing returns either.
    for (let step = 0; step < 3; step++) {
      await page.goBack({ timeout: 5_000 }).catch(() => null);
      await page.waitForSelector(passphraseField);
      expect(containing([await wholePage(page)], canaries)).toEqual([]);
    }

    await page.goto(`${desk.proxy.url}/unlock?return=${encodeURIComponent(`/cases/${fresh}/edit/note`)}`);
    await unlock(page, account.password);
    await expect.poll(() => page.inputValue('[name="note.text"]')).toBe(`${view}, thứ hai`);
  });

  it("returns to the very form after unlocking", async () => {
    const desk = await desks.open(service);
    const { page } = desk.device;
    const account = accountOf(service, worker);
    await signIn(page, desk.proxy.url, account);
    await goTo(page, "/receive");
    await receive(page, { name: "Lạcbước Khẽkhàng", phone: "0900000000" }, "sex");
    await page.goBack();
    await page.waitForSelector('[name="person.displayName"]');
    const address = page.url();
    await Promise.all([page.waitForEvent("load"), page.click('[data-action="lock"]')]);
    await unlock(page, account.password);
    await page.waitForURL(address);
    expect(await page.inputValue('[name="person.displayName"]')).toBe("Lạcbước Khẽkhàng");
  });

  it("comes by itself after five idle minutes, and after two hidden ones", async () => {
    const desk = await desks.open(service);
    const { page } = desk.device;
    const account = accountOf(service, worker);
    await page.clock.install();
    await page.addInitScript(() => {
      const hidden = () => Reflect.get(globalThis, "isHidden") === true;
      Object.defineProperty(document, "visibilityState", { get: () => (hidden() ? "hidden" : "visible") });
    });
    await signIn(page, desk.proxy.url, account);
    await page.clock.fastForward(4 * 60_000);
    await page.keyboard.press("Shift");
    await page.clock.fastForward(4 * 60_000);
    // Touched in between: still open.
    await page.waitForSelector("[data-sync]");
    await page.clock.fastForward(61_000);
    await page.waitForSelector(passphraseField, { timeout: patience });

    await unlock(page, account.password);
    const turn = (isHidden: boolean) =>
      page.evaluate((now) => {
        Reflect.set(globalThis, "isHidden", now);
        document.dispatchEvent(new Event("visibilitychange"));
      }, isHidden);
    await turn(true);
    await page.clock.fastForward(100_000);
    await turn(false);
    await page.waitForSelector("[data-sync]");
    await turn(true);
    await page.clock.fastForward(121_000);
    await page.waitForSelector(passphraseField, { timeout: patience });
    expect(await page.locator("[data-sync], [data-record]").count()).toBe(0);
  });
});

describe("cover", () => {
  it("hides everything at once, by button and by Escape three times; Back never returns", async () => {
    const desk = await desks.open(service);
    const { page } = desk.device;
    await signIn(page, desk.proxy.url, accountOf(service, worker));
    const [home = ""] = await casesOnScreen(page);
    await goTo(page, `/cases/${home}`);
    await page.waitForSelector("main [data-record]");
    // The case's code.
    const title = page.locator("main h1", { hasText: /-\d\d-/ }).first();
    const heading = await title.innerText();
    for (const hide of [
      () => page.locator('[data-action="cover"]').first().click(),
      async () => {
        for (let press = 0; press < 3; press++) await page.keyboard.press("Escape");
      },
    ]) {
      await hide();
      await page.waitForSelector("[data-covered]");
      expect(await page.locator("[data-record], [data-sync], nav").count()).toBe(0);
      expect(await page.innerHTML("body")).not.toContain(home);
      expect(await page.title()).toBe(vi["app.name"]);
      await page.goBack();
      await page.waitForSelector("[data-covered]");
      expect(await page.locator("[data-record], [data-sync], nav").count()).toBe(0);
      await page.goForward();
      await page.click('[data-action="uncover"]');
      await expect.poll(() => page.locator("main h1").first().innerText()).toBe(heading);
    }
  });
});

describe("a bug", () => {
  it("closes what was open, keeps what was typed, can be covered, and leads nowhere but to the passphrase", async () => {
    const desk = await desks.open(service, { tolerate: [/planted/] });
    const { page } = desk.device;
    const account = accountOf(service, worker);
    await page.clock.install();
    await signIn(page, desk.proxy.url, account);
    const [home = ""] = await casesOnScreen(page);
    const typed = "Viết dở lúc ứng dụng hỏng";
    const fail = async () => {
      await page.evaluate(() => {
        Object.defineProperty(Intl.NumberFormat.prototype, "format", {
          get() {
            throw new TypeError("planted");
          },
        });
      });
      await goTo(page, "/settings");
      await page.getByText(vi["fault.title"]).waitFor();
    };
    await goTo(page, `/cases/${home}/edit/note`);
    await page.locator('[name="note.text"]').pressSequentially(typed);
    await fail();
    expect(await page.locator("[data-record], [data-sync], nav, input").count()).toBe(0);
    expect(await wholePage(page)).not.toContain(typed);
    // The key is gone with the bug: the exchange asks for nothing any more.
    await page.waitForTimeout(1_000);
    let asked = 0;
    page.on("request", (request) => (asked += request.url().includes("/db/") ? 1 : 0));

    for (let press = 0; press < 3; press++) await page.keyboard.press("Escape");
    await page.waitForSelector("[data-covered]");
    expect(await page.innerText("body")).not.toContain(vi["fault.title"]);
    await page.goBack();
    await page.waitForSelector("[data-covered]");
    await page.goForward();
    await page.click('[data-action="uncover"]');
    await page.getByText(vi["fault.title"]).waitFor();

    // Left alone, it goes where a lock goes.
    await page.clock.fastForward(4 * 60_000);
    await page.getByText(vi["fault.title"]).waitFor();
    expect(asked).toBe(0);
    await page.clock.fastForward(61_000);
    await page.waitForSelector(passphraseField, { timeout: patience });
    await unlock(page, account.password);
    await goTo(page, `/cases/${home}/edit/note`);
    await expect.poll(() => page.inputValue('[name="note.text"]')).toBe(typed);

    await fail();
    await Promise.all([page.waitForEvent("load"), page.click('[data-action="lock"]')]);
    await page.waitForSelector(passphraseField);
  });
});

describe("a passphrase", () => {
  it("that is wrong opens nothing; the wait grows and outlives a reload; nothing is erased", async () => {
    const desk = await desks.open(service);
    const { page } = desk.device;
    const account = accountOf(service, worker);
    await signIn(page, desk.proxy.url, account);
    const known = await casesOnScreen(page);
    // A clock that stands still while somebody types, and moves when told.
    let now = Date.now();
    await page.clock.setFixedTime(now);
    await page.goto(`${desk.proxy.url}/cases`);
    const alert = page.locator("main").getByText(/./).filter({ hasText: vi["unlock.fault.WrongPassphrase"] });
    const waitText = (seconds: number) =>
      page.getByText(vi["unlock.fault.WaitBeforeTrying"].replace("{{seconds}}", String(seconds)));
    const attempt = async (passphrase: string) => {
      await page.fill(passphraseField, passphrase);
      await page.click('[data-action="unlock"]');
      await page.waitForFunction(
        () => document.querySelector('[data-action="unlock"]')?.getAttribute("aria-busy") !== "true",
      );
    };
    for (let wrong = 0; wrong < 4; wrong++) {
      await attempt(`sai hết rồi nhé ${wrong}`);
      await alert.first().waitFor({ timeout: patience });
      expect(await page.locator("[data-record], [data-sync]").count()).toBe(0);
    }
    await attempt(account.password);
    await waitText(5).first().waitFor({ timeout: patience });
    await page.reload();
    await attempt(account.password);
    await waitText(5).first().waitFor({ timeout: patience });
    await page.clock.setFixedTime((now += 5_000));
    await attempt("vẫn sai như trước");
    await alert.first().waitFor({ timeout: patience });
    await attempt(account.password);
    await waitText(10).first().waitFor({ timeout: patience });
    await page.clock.setFixedTime((now += 10_000));
    await unlock(page, account.password);
    expect([...(await casesOnScreen(page))].toSorted()).toEqual([...known].toSorted());
  });

  it("that is forgotten: the screen says what can be done, and leads to a new sign-in and back", async () => {
    const desk = await desks.open(service);
    const { page } = desk.device;
    await signIn(page, desk.proxy.url, accountOf(service, worker));
    await page.goto(desk.proxy.url);
    await page.click('[data-action="forgotten"]');
    const said = await page.locator("main").innerText();
    // The demo's provisioning made a recovery key.
    for (const key of [
      "unlock.forgotten.recoverable",
      "unlock.forgotten.safeText",
      "unlock.forgotten.goOnText",
    ] as const)
      expect(said).toContain(vi[key]);
    await page.click('[data-action="back"]');
    await page.waitForSelector(passphraseField);
  });
});

describe("several people and tabs", () => {
  it("keeps two people of one device apart", async () => {
    const desk = await desks.open(service);
    const { page } = desk.device;
    const cadre = accountOf(service, worker);
    const supervisor = accountOf(service, "giamsat-danang");
    await signIn(page, desk.proxy.url, cadre);
    await goTo(page, "/receive");
    await receive(page, { name: "Riêngtư Củacánbộ", phone: "0900000000" }, "sex");
    await Promise.all([page.waitForEvent("load"), page.click('[data-action="lock"]')]);
    await page.click('[data-action="add-person"]');
    await signInAs(page, supervisor);
    await allSent(page);
    await goTo(page, "/");
    await page.waitForSelector("main h1");
    expect(await page.locator('a[href^="/receive"]').count()).toBe(0);
    await lockNow(page);
    await page.waitForSelector(passphraseField);
    const shown = await wholePage(page);
    expect(shown).not.toMatch(/Mẫu|canbo|giamsat|supervisor|cadre|giám sát|cán bộ/i);
    const labels = await page.getByRole("group").getByRole("button").allInnerTexts();
    expect(labels.toSorted()).toEqual(["HM", "VH", vi["unlock.someoneElse"]].toSorted());

    await page.getByRole("button", { name: "VH" }).click();
    await page.fill(passphraseField, supervisor.password);
    await page.click('[data-action="unlock"]');
    await page.getByText(vi["unlock.fault.WrongPassphrase"]).first().waitFor({ timeout: patience });
    await unlock(page, cadre.password);
    await goTo(page, "/");
    await page.locator('main a[href^="/receive?draft="]').first().waitFor();
    // The cookie of the supervisor is still there: the exchange makes itself known anew.
    await allSent(page);
  });

  it("lets one tab work at a time; who takes over finds everything, and the other locks", async () => {
    const desk = await desks.open(service);
    const { page, context } = desk.device;
    const account = accountOf(service, worker);
    await signIn(page, desk.proxy.url, account);
    await goTo(page, "/receive");
    await receive(page, { name: "Bướcqua Cửasổ", phone: "0900000000" }, "sex");
    await page.goBack();
    await page.waitForSelector('[name="person.displayName"]');
    const second = await context.newPage();
    await second.goto(page.url());
    await second.fill(passphraseField, account.password);
    await second.click('[data-action="unlock"]');
    await second.waitForSelector('[data-action="take-over"]', { timeout: patience });
    expect(await second.locator("[data-sync]").count()).toBe(0);
    // What is typed in the first tab while the second waits is not lost.
    await page.focus('[name="person.displayName"]');
    await page.keyboard.press("End");
    await page.keyboard.type(" Khác");
    await second.click('[data-action="take-over"]');
    await second.waitForSelector("[data-sync]", { timeout: patience });
    await page.waitForSelector(passphraseField, { timeout: patience });
    expect(await second.inputValue('[name="person.displayName"]')).toBe("Bướcqua Cửasổ Khác");
    expect(await wholePage(page)).not.toContain("Bướcqua");
  });
});

describe("the account's password", () => {
  it("that was handed out must be replaced, with every mistake told", async () => {
    const folder = mkdtempSync(join(tmpdir(), "neo-ve-plan-"));
    const data = join(folder, "data");
    const plan = join(folder, "plan.json");
    writeFileSync(plan, JSON.stringify(smallPlan));
    const printed = await built.provision(["--plan", plan, "--data", data]);
    const handedOut = /one-time password of hien\.vo: (.+)/.exec(printed)?.[1]?.trim() ?? "";
    const own = await built.start(["--no-demo"], data);
    const desk = await desks.open(own, { tolerate: [failedRequests] });
    const { page } = desk.device;
    await page.goto(desk.proxy.url);
    await signInWith(page, "hien.vo", handedOut);
    await page.waitForSelector('[name="account.newPassword"]', { timeout: patience });
    const choose = async (next: string, again: string, said: string) => {
      await page.fill('[name="account.newPassword"]', next);
      await page.fill('[name="account.newPasswordAgain"]', again);
      await page.click('[data-action="save"]');
      await page.getByText(said).first().waitFor();
    };
    await choose("ngắn quá", "ngắn quá", vi["unlock.fault.PasswordTooShort"]);
    await choose(handedOut, handedOut, vi["unlock.fault.PasswordUnchanged"]);
    await choose("bốn từ chẳng liên quan", "bốn từ chẳng liên can", vi["unlock.passwordsDiffer"]);
    await choose("b".repeat(257), "b".repeat(257), vi["unlock.fault.PasswordTooLong"]);
    // Typed with composed letters here, with decomposed ones below: keyboards differ.
    const chosen = "bốn từ chẳng liên quan".normalize("NFC");
    await page.fill('[name="account.newPassword"]', chosen);
    await page.fill('[name="account.newPasswordAgain"]', chosen.normalize("NFD"));
    await page.click('[data-action="save"]');
    await page.waitForSelector("[data-sync]", { timeout: patience });
    await page.goto(desk.proxy.url);
    await page.fill(passphraseField, handedOut);
    await page.click('[data-action="unlock"]');
    await page.getByText(vi["unlock.fault.WrongPassphrase"]).first().waitFor({ timeout: patience });
    await unlock(page, chosen.normalize("NFD"));
    await allSent(page);
    const about = z.object({ oneTimePassword: z.boolean() });
    const session = await page.evaluate(async (): Promise<unknown> => (await fetch("/api/session")).json());
    expect(about.parse(session)).toEqual({ oneTimePassword: false });
    await desks.closeAll();
    await own.stop();
    rmSync(folder, { recursive: true });
  });

  it("that was changed at the centre: work goes on, the new one resumes, and then alone unlocks", async () => {
    const name = "canbo-hoavang";
    const desk = await desks.open(service, { tolerate: [failedRequests] });
    const { page } = desk.device;
    const account = accountOf(service, name);
    const fresh = "mưa rào qua mái ngói";
    const operator = operatorOf(service);
    await signIn(page, desk.proxy.url, account);
    await allSent(page);
    const known = await casesOnScreen(page);
    const [home = ""] = known;
    desk.proxy.mode({ kind: "refuse" });
    await writeNote(page, home, "Ghi khi mất mạng");
    await operator.change("_users", `org.couchdb.user:${name}`, (user) => ({ ...user, password: fresh }));
    desk.proxy.mode({ kind: "pass" });
    await goTo(page, "/sync");
    await page.locator('[data-action="sync"]').click();
    await page.waitForSelector('[data-sync="error"]', { timeout: patience });
    await page.getByText(vi["exchange.passwordChanged"]).waitFor();
    // Work goes on.
    await writeNote(page, home, "Ghi khi chưa có mật khẩu mới");
    expect(await waitingCount(page)).toBe(2);
    await goTo(page, "/sync");
    await page.fill('[name="account.password"]', "không phải cái này");
    await page.click('[data-action="use-password"]');
    await page.getByText(vi["sync.passwordWrong"]).waitFor({ timeout: patience });
    await page.fill('[name="account.password"]', fresh);
    await page.click('[data-action="use-password"]');
    await allSent(page);
    expect(JSON.stringify(await operator.read("/s-vn-gso-20320/_all_docs?include_docs=true"))).toContain(
      "Ghi khi mất mạng",
    );

    // Roles that change afterwards are kept beside the new password, not beside the old one.
    await operator.change("_users", `org.couchdb.user:${name}`, (user) => ({
      ...user,
      roles: ["staff", "cadre@vn-gso-20320", "cadre@vn-gso-20194"],
    }));
    await page.locator('[data-action="sync"]').click();
    await expect
      .poll(async () => (await casesOnScreen(page)).length, { timeout: patience })
      .toBeGreaterThan(known.length);

    await desk.reopen();
    const again = desk.device.page;
    await again.goto(desk.proxy.url);
    await again.fill(passphraseField, account.password);
    await again.click('[data-action="unlock"]');
    await again.getByText(vi["unlock.fault.WrongPassphrase"]).first().waitFor({ timeout: patience });
    await desk.device.context.clearCookies();
    await unlock(again, fresh);
    await allSent(again);
  });

  it("that was handed out anew after it was forgotten at the centre: a phrase of one's own first, and nothing is lost", async () => {
    const name = "canbo-hoavang";
    const own = await built.start();
    const desk = await desks.open(own, { tolerate: [failedRequests] });
    const { page } = desk.device;
    const account = accountOf(own, name);
    await signIn(page, desk.proxy.url, account);
    await allSent(page);
    const [home = ""] = await casesOnScreen(page);
    desk.proxy.mode({ kind: "refuse" });
    await writeNote(page, home, "Ghi trước khi được cấp lại mật khẩu");
    const through = ["--data", own.data, "--url", own.url];
    const printed = await built.provision(["--reset-password", name, ...through]);
    const handedOut = /one-time password of \S+: (\S+)/.exec(printed)?.[1] ?? "";
    desk.proxy.mode({ kind: "pass" });
    await goTo(page, "/sync");
    await page.locator('[data-action="sync"]').click();
    await page.getByText(vi["exchange.passwordChanged"]).waitFor({ timeout: patience });
    await page.fill('[name="account.password"]', handedOut);
    await page.click('[data-action="use-password"]');
    // Not used as it is: nothing goes out before it is changed.
    await page.waitForSelector('[name="account.newPassword"]', { timeout: patience });
    expect(await waitingCount(page)).toBe(1);
    // The session ends while somebody thinks of a phrase.
    await desk.device.context.clearCookies();
    const choose = async (next: string, again = next) => {
      await page.fill('[name="account.newPassword"]', next);
      await page.fill('[name="account.newPasswordAgain"]', again);
      await page.click('main [data-action="save"]');
    };
    await choose("ngắn quá");
    await page.getByText(vi["unlock.fault.PasswordTooShort"]).waitFor();
    const chosen = "trăng lên đầu núi xa";
    await choose(chosen, "trăng lên đầu núi");
    await page.getByText(vi["unlock.passwordsDiffer"]).waitFor();
    await choose(chosen);
    await allSent(page);
    const kept = JSON.stringify(await operatorOf(own).read("/s-vn-gso-20320/_all_docs?include_docs=true"));
    expect(kept).toContain("Ghi trước khi được cấp lại mật khẩu");
    await lockNow(page);
    for (const wrong of [account.password, handedOut]) {
      await page.fill(passphraseField, wrong);
      await page.click('[data-action="unlock"]');
      await page.getByText(vi["unlock.fault.WrongPassphrase"]).first().waitFor({ timeout: patience });
    }
    await unlock(page, chosen);
    await allSent(page);
    await desks.closeAll();
    await own.stop();
  });

  it("lets an administrator see sites and accounts, and no case", async () => {
    const desk = await desks.open(service);
    const { page } = desk.device;
    await signIn(page, desk.proxy.url, accountOf(service, "quantri"));
    await allSent(page);
    await expect.poll(() => page.locator("main [data-record]").count()).toBe(9);
    for (const path of ["/cases", "/receive", "/cases/any", "/"]) {
      await goTo(page, path);
      await page.waitForURL(`${desk.proxy.url}/administration`);
    }
    // The address is there before its screen.
    const links = async () => {
      const all = await page
        .locator("nav a")
        .evaluateAll((each) => each.map((link) => link.getAttribute("href")));
      return [...new Set(all.map((href) => href ?? ""))].toSorted();
    };
    await expect.poll(links).toEqual(["/administration", "/settings", "/sync"]);
  });
});

const smallPlan = {
  country: "vn",
  sites: [
    {
      id: "vn-gso-20320",
      names: { vi: "Xã Hòa Vang", en: "Hòa Vang Commune", id: "Kecamatan Hòa Vang" },
      kind: "commune",
      ancestors: [],
      timeZone: "Asia/Ho_Chi_Minh",
      shortCode: "HVG",
      profile: "vn",
      phones: [],
    },
  ],
  accounts: [{ name: "hien.vo", displayName: "Võ Hiền", roles: ["cadre@vn-gso-20320"] }],
};

const wholePage = (page: Page) =>
  page.evaluate(() => document.documentElement.outerHTML + JSON.stringify(history.state) + location.href);

const containing = (texts: readonly string[], canaries: readonly string[]) =>
  texts.filter((text) => canaries.some((canary) => text.includes(canary))).map((text) => text.slice(0, 200));

async function lockNow(page: Page): Promise<void> {
  await Promise.all([page.waitForEvent("load"), page.locator('[data-action="lock"]').first().click()]);
}

async function signInWith(page: Page, name: string, password: string): Promise<void> {
  await page.fill('[name="account.name"]', name);
  await page.fill('[name="account.password"]', password);
  await page.click('[data-action="sign-in"]');
}

async function signInAs(page: Page, account: DemoAccount): Promise<void> {
  await signInWith(page, account.name, account.password);
  await page.waitForSelector("[data-sync]", { timeout: patience });
}

async function writeNote(page: Page, caseId: string, text: string): Promise<void> {
  await goTo(page, `/cases/${caseId}/edit/note`);
  await page.fill('[name="note.text"]', text);
  await save(page);
}
