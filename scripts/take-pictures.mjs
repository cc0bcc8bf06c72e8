// Takes the pictures of the README: the built service with its demo, on a phone and on a desktop, in Vietnamese.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { findChromium } from "./find-chromium.mjs";

/** @typedef {import("playwright-core").Page} Page */

const folder = "docs/pictures";
const server = "dist/server/main.js";
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const phone = { width: 360, height: 640 };
const desktop = { width: 1366, height: 768 };
/** Argon2id and a first exchange on a busy machine take their time. */
const patience = 60_000;

/** Starts the service with the demo. @param {string} data @returns the service and the accounts it prints */
async function startService(data) {
  const child = spawn(process.execPath, [server, "--port", "0", "--data", data, "--demo", "vn"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  for await (const chunk of child.stdout) {
    printed += String(chunk);
    if (printed.includes("Ctrl+C")) break;
  }
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0];
  if (url === undefined) throw new Error(`The service did not start:\n${printed}`);
  /** @param {RegExp} role @returns {{ name: string, password: string }} */
  const accountOf = (role) => {
    const row = printed.split("\n").find((line) => role.test(line));
    const [name = "", password = ""] = row?.trim().split(/\s{2,}/) ?? [];
    return { name, password };
  };
  return { child, url, accountOf };
}

/** @param {Page} page @param {string} url @param {{ name: string, password: string }} account */
async function signIn(page, url, { name, password }) {
  await page.goto(url);
  await page.fill('[name="account.name"]', name);
  await page.fill('[name="account.password"]', password);
  await page.click('[data-action="sign-in"]');
  await page.waitForSelector('[data-sync="idle"][data-waiting="0"]', { timeout: patience });
  // Until then the app says that it prepares to work without a network.
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: patience });
}

/** Goes to an address of the app without loading the page anew. @param {Page} page @param {string} address */
async function goTo(page, address) {
  await page.evaluate((to) => {
    history.pushState(null, "", to);
    dispatchEvent(new PopStateEvent("popstate"));
  }, address);
  await page.waitForLoadState("networkidle");
}

/** @param {Page} page @param {string} name */
async function take(page, name) {
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
  console.log(`${folder}/${name}.png`);
}

/** The id of the case with the most to see: the first that is urgent or due. @param {Page} page */
async function firstCase(page) {
  await goTo(page, "/cases");
  const row = page.locator("li[data-record]").first();
  await row.waitFor();
  return (await row.getAttribute("data-record")) ?? "";
}

/** @param {Page} page */
async function onPhone(page) {
  await take(page, "phone-today");
  await page.emulateMedia({ colorScheme: "dark" });
  await take(page, "phone-today-dark");
  await page.emulateMedia({ colorScheme: "light" });
  await goTo(page, `/cases/${await firstCase(page)}`);
  await page.waitForSelector("[data-field]");
  await take(page, "phone-case");
  await goTo(page, "/receive");
  await page.waitForSelector('[data-field="consent.decision"]');
  await page.click('[data-action="skip"]');
  await page.waitForSelector('[data-field="urgentCheck.lifeInDanger"]');
  await take(page, "phone-receive");
}

/** @param {Page} page */
async function onDesktop(page) {
  await take(page, "desktop-overview");
  await goTo(page, `/cases/${await firstCase(page)}`);
  await page.waitForSelector("[data-field]");
  await take(page, "desktop-case");
}

if (!existsSync(server)) throw new Error("There is no built service: run npm run build first.");
const data = mkdtempSync(join(tmpdir(), "neo-ve-pictures-"));
const { child, url, accountOf } = await startService(data);
const browser = await chromium.launch({ executablePath: findChromium(), args: flags });
try {
  for (const { viewport, role, look } of [
    { viewport: phone, role: /\bcadre,/, look: onPhone },
    { viewport: desktop, role: /\bsupervisor,/, look: onDesktop },
  ]) {
    const context = await browser.newContext({
      viewport,
      locale: "vi-VN",
      timezoneId: "Asia/Ho_Chi_Minh",
      colorScheme: "light",
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    await signIn(page, url, accountOf(role));
    await look(page);
    await context.close();
  }
} finally {
  await browser.close();
  child.kill();
  await once(child, "close");
  rmSync(data, { recursive: true });
}
