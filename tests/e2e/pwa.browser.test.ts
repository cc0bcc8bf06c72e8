// The app as something installed: without a network, in a new version, under its own headers, and in browsers that will not do.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import en from "#locales/en.json" with { type: "json" };
import id from "#locales/id.json" with { type: "json" };
import vi from "#locales/vi.json" with { type: "json" };
import { minimumVersions } from "#src/app/browser-check.ts";
import { failedRequests } from "#tests/support/browser.ts";
import { type BuiltService, buildService, type Service } from "#tests/support/service.ts";
import { accountOf, createDesks } from "#tests/e2e/desk.ts";
import {
  allSent,
  casesOnScreen,
  changeLanguage,
  goTo,
  receive,
  recordVisit,
  save,
  signIn,
  unlock,
} from "#tests/e2e/worker.ts";

const languages = [
  ["vi", vi],
  ["en", en],
  ["id", id],
] as const;
const worker = "canbo-haivan";

let built: BuiltService;
let service: Service;
const desks = createDesks();

beforeAll(async () => {
  built = await buildService();
  service = await built.start();
}, 180_000);
afterEach(() => desks.closeAll());
afterAll(() => built.dispose());

describe("without a network", () => {
  it("opens from a cold start and at the address of a case", async () => {
    const desk = await desks.open(service, { tolerate: [failedRequests] });
    const account = accountOf(service, worker);
    await signIn(desk.device.page, desk.proxy.url, account);
    await allSent(desk.device.page);
    const [home = ""] = await casesOnScreen(desk.device.page);

    desk.proxy.mode({ kind: "refuse" });
    await desk.reopen();
    await desk.device.context.setOffline(true);
    const { page } = desk.device;
    await page.goto(`${desk.proxy.url}/cases/${home}`);
    await unlock(page, account.password);
    expect(new URL(page.url()).pathname).toBe(`/cases/${home}`);
    await page.locator(`main a[href="/cases/${home}/visits/new"]`).first().waitFor({ state: "attached" });
    await page.waitForSelector('[data-sync="offline"]');
    // Every screen is on the device, those never opened before too.
    for (const path of ["/", "/receive", `/cases/${home}/visits/new`, "/sync", "/settings"]) {
      await goTo(page, path);
      await page.locator("main h1, main [data-action]").first().waitFor();
    }
  });
});

describe("what is kept and what is asked for", () => {
  it("keeps the shell only, asks nobody but the service, and names nobody in titles, addresses and history", async () => {
    const desk = await desks.open(service);
    const { page, context } = desk.device;
    const asked: string[] = [];
    context.on("request", (request) => asked.push(request.url()));
    await page.addInitScript(rememberHistory);
    await signIn(page, desk.proxy.url, accountOf(service, worker));
    const person = { name: "Tănghoài Thị Lặnglẽ", phone: "0987555121" };
    await goTo(page, "/receive");
    await receive(page, person);
    await save(page);
    const [home = ""] = await casesOnScreen(page);
    await page.fill("input[type=search]", "Lặnglẽ");
    await goTo(page, `/cases/${home}`);
    await recordVisit(page, home, "đã gặp Lặnglẽ ở nhà");
    await allSent(page);

    const origins = new Set(asked.map((url) => new URL(url).origin));
    expect([...origins]).toEqual([desk.proxy.url]);
    expect(asked.some((url) => url.includes("/db/"))).toBe(true);

    const cached = await page.evaluate(async () => {
      const found: { url: string; type: string }[] = [];
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
          const answer = await cache.match(request);
          found.push({ url: request.url, type: answer?.headers.get("content-type") ?? "" });
        }
      }
      return found;
    });
    expect(cached.length).toBeGreaterThan(5);
    expect(cached.filter(({ url }) => /^\/(?:db|api)(?:\/|$)/.test(new URL(url).pathname))).toEqual([]);
    expect(cached.filter(({ type }) => type.includes("json") && !type.includes("manifest"))).toEqual([]);

    const outside = await page.evaluate(() =>
      JSON.stringify([
        sessionStorage.getItem("seen-in-history"),
        location.href,
        document.title,
        Object.entries(localStorage),
        document.cookie,
      ]),
    );
    for (const word of ["Lặnglẽ", "Tănghoài", "Langle", person.phone, "canbo"]) {
      expect(decodeURIComponent(outside).normalize("NFC")).not.toContain(word);
    }
    expect(outside).toContain(home);
    expect(await page.title()).toBe(vi["app.name"]);
  });

  it("puts the policy on every answer", async () => {
    const asked: [path: string, init?: RequestInit][] = [
      ["/"],
      ["/unlock"],
      ["/cases/any"],
      ["/sw.js"],
      ["/icon-192.png"],
      ["/manifest.vi.webmanifest"],
      ["/assets/none.js"],
      ["/none.txt"],
      ["/%E0%A4%A"],
      ["/", { method: "POST" }],
      ["/db"],
      ["/db/none"],
      ["/db/directory/_changes"],
      ["/db/_utils/"],
      ["/db/_session", { method: "POST", body: "{", headers: { "content-type": "application/json" } }],
      ["/api/session"],
      ["/api/none"],
      ["/api/password", { method: "POST", body: "{}", headers: { "content-type": "application/json" } }],
    ];
    const statuses = new Set<number>();
    for (const [path, init] of asked) {
      const answer = await fetch(service.url + path, init);
      statuses.add(answer.status);
      const policy = answer.headers.get("content-security-policy") ?? "";
      for (const rule of [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "connect-src 'self'",
        "require-trusted-types-for 'script'",
        "frame-ancestors 'none'",
      ])
        expect(policy.split("; "), path).toContain(rule);
      expect(answer.headers.get("x-content-type-options"), path).toBe("nosniff");
      if (/^\/(?:db|api)/.test(path)) expect(answer.headers.get("cache-control"), path).toBe("no-store");
    }
    expect([...statuses]).toEqual(expect.arrayContaining([200, 400, 401, 404, 405]));
  });

  it("has a neutral name on the home screen, in the language that is chosen", async () => {
    const desk = await desks.open(service);
    const { page } = desk.device;
    await page.goto(desk.proxy.url);
    for (const [locale, texts] of languages) {
      await changeLanguage(page, locale);
      const address = `/manifest.${locale}.webmanifest`;
      await expect.poll(() => page.getAttribute('link[rel="manifest"]', "href")).toBe(address);
      const text = await (await fetch(service.url + address)).text();
      expect(text).not.toMatch(/nẻo|neo-?ve|nạn nhân|mua bán|victim|traffick|korban|perdagangan/i);
      const manifest = JSON.parse(text) as {
        name: string;
        short_name: string;
        lang: string;
        icons: { src: string }[];
      };
      expect(manifest).toMatchObject({
        name: texts["app.name"],
        short_name: texts["app.name"],
        lang: locale,
      });
      await expect.poll(() => page.title()).toBe(texts["app.name"]);
      for (const { src } of manifest.icons) expect((await fetch(service.url + src)).status).toBe(200);
    }
  });

  it("needs less than 300 kB, compressed, before anybody is signed in", async () => {
    const desk = await desks.open(service);
    const { page } = desk.device;
    const answers: Promise<{ path: string; sent: number; compressed: number }>[] = [];
    page.on("response", (answer) => {
      if (answer.request().serviceWorker()) return;
      answers.push(
        (async () => ({
          path: new URL(answer.url()).pathname,
          sent: (await answer.request().sizes()).responseBodySize,
          compressed: gzipSync(await answer.body()).length,
        }))(),
      );
    });
    await page.goto(desk.proxy.url);
    await page.locator('[name="account.name"]').waitFor();
    await page.waitForLoadState("networkidle");
    const files = await Promise.all(answers);
    const total = (kind: "sent" | "compressed") => files.reduce((sum, file) => sum + file[kind], 0);
    expect(files.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["/", expect.stringMatching(/\.js$/), expect.stringMatching(/\.css$/)]),
    );
    expect(total("compressed")).toBeLessThan(300_000);
    // The service really compresses what it sends.
    expect(total("sent")).toBeLessThan(300_000);
  });
});

describe("a new version", () => {
  it("is offered beside an open form, waits, and brings the form back", async () => {
    const own = await built.start();
    const desk = await desks.open(own, { tolerate: [failedRequests] });
    const { page } = desk.device;
    const account = accountOf(own, worker);
    // The very page that first signed in: it was loaded before there was a service worker.
    await signIn(page, desk.proxy.url, account);
    await goTo(page, "/receive");
    await receive(page, { name: "Đinhmai Bảnmới", phone: "0900000000" }, "sex");
    await page.goBack();
    await page.waitForSelector('[name="person.displayName"]');

    const second = nextVersion(built.app);
    await own.stop();
    await built.start(["--port", String(own.port), "--app", second], own.data);
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    const take = page.locator('[data-action="update"]');
    await take.waitFor({ timeout: 60_000 });
    // Nothing has happened to the form.
    expect(await page.inputValue('[name="person.displayName"]')).toBe("Đinhmai Bảnmới");
    await page.fill('[name="person.displayName"]', "Đinhmai Bảnmới Nhất");
    const [loaded] = await Promise.all([page.waitForEvent("load", { timeout: 60_000 }), take.click()]);
    await unlock(loaded, account.password);
    expect(await page.inputValue('[name="person.displayName"]')).toBe("Đinhmai Bảnmới Nhất");
    expect(await page.evaluate(async () => (await fetch("/")).text())).toContain("<!-- second -->");
    expect(await page.locator('[data-action="update"]').count()).toBe(0);
    rmSync(second, { recursive: true });
  });
});

const inApp = {
  Zalo:
    "Mozilla/5.0 (Linux; Android 13; SM-A135F; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 " +
    "Chrome/124.0.0.0 Mobile Safari/537.36 Zalo android/24050 ZaloTheme/light ZaloLanguage/vi",
  Facebook:
    "Mozilla/5.0 (Linux; Android 12; RMX3085; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 " +
    "Chrome/124.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/462.0.0.47.85;]",
  Messenger:
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) " +
    "Mobile/15E148 [FBAN/MessengerForiOS;FBAV/460.0.0.34.108;FBDV/iPhone12,1]",
};

describe("a browser that will not do", () => {
  it.each(Object.entries(inApp))("inside another app: %s", async (_name, userAgent) => {
    const desk = await desks.open(service, { userAgent });
    await saysWhy(desk.device.page, desk.proxy.url, "browser.inApp");
    const href = (await desk.device.page.getAttribute("main a", "href")) ?? "";
    expect(await desk.device.page.locator('[name="account.name"]').count()).toBe(0);
    const host = new URL(desk.proxy.url).host;
    expect(href.startsWith("intent:")).toBe(userAgent.includes("Android"));
    expect(href).toContain(host);
  });

  it.each([
    ["no AbortSignal.any", () => void Reflect.deleteProperty(AbortSignal, "any")],
    ["no locks", () => void Reflect.deleteProperty(Navigator.prototype, "locks")],
  ])("too old: %s", async (_name, spoil) => {
    const desk = await desks.open(service);
    await desk.device.page.addInitScript(spoil);
    await saysWhy(desk.device.page, desk.proxy.url, "browser.tooOld");
    expect(await desk.device.page.locator('[name="account.name"]').count()).toBe(0);
  });

  it.each([
    [
      "opening fails",
      () => {
        IDBFactory.prototype.open = () => {
          throw new DOMException("not here", "SecurityError");
        };
      },
    ],
    ["there is none", () => Object.defineProperty(globalThis, "indexedDB", { value: undefined })],
  ])("without storage: %s", async (_name, spoil) => {
    const desk = await desks.open(service);
    await desk.device.page.addInitScript(spoil);
    await saysWhy(desk.device.page, desk.proxy.url, "browser.noStorage");
    expect(await desk.device.page.locator('[name="account.name"]').count()).toBe(0);
  });
});

async function saysWhy(
  page: Page,
  url: string,
  reason: "browser.inApp" | "browser.tooOld" | "browser.noStorage",
): Promise<void> {
  await page.goto(url);
  for (const [locale, texts] of languages) {
    await changeLanguage(page, locale);
    await page.getByText(texts["browser.title"]).waitFor();
    const shown = await page.locator("main").innerText();
    for (const key of ["browser.title", reason, "browser.open"] as const) expect(shown).toContain(texts[key]);
    for (const version of Object.values(minimumVersions)) expect(shown).toContain(String(version));
  }
}

/** Writes down, in the page, every address, state and title that the browser was given. */
function rememberHistory() {
  const note = (...said: unknown[]) => {
    const before = sessionStorage.getItem("seen-in-history") ?? "";
    sessionStorage.setItem("seen-in-history", `${before}\n${JSON.stringify(said)}`);
  };
  for (const name of ["pushState", "replaceState"] as const) {
    const original = history[name].bind(history);
    history[name] = (state: unknown, unused: string, url?: string | URL | null) => {
      note(state, unused, String(url ?? ""));
      original(state, unused, url);
    };
  }
  addEventListener("DOMContentLoaded", () => {
    const title = document.querySelector("title");
    if (title) new MutationObserver(() => note(document.title)).observe(title, { childList: true });
  });
}

/** The built app with another page, as the next release would be. */
function nextVersion(app: string): string {
  const folder = mkdtempSync(join(tmpdir(), "neo-ve-second-"));
  cpSync(app, folder, { recursive: true });
  const page = join(folder, "index.html");
  writeFileSync(page, readFileSync(page, "utf8").replace("</html>", "<!-- second --></html>"));
  const list = join(folder, "sw.js");
  const before = readFileSync(list, "utf8");
  const after = before.replace(
    /(\{url:"index\.html",revision:")[0-9a-f]+|(revision:")[0-9a-f]+(",url:"index\.html")/,
    (_whole, start: string | undefined, otherStart: string | undefined, end: string | undefined) =>
      start === undefined ? `${otherStart ?? ""}second${end ?? ""}` : `${start}second`,
  );
  if (after === before) throw new Error("the list of files holds no page");
  writeFileSync(list, after);
  return folder;
}
