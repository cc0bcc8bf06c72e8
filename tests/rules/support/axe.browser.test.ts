// axe finds planted faults on a page under the product's strict content security policy, and the page hears nothing of it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { axeViolations } from "#tests/support/axe.ts";
import { openDevice, type Device } from "#tests/support/browser.ts";
import { servePages, type Pages } from "#tests/support/pages.ts";

const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self' blob:; " +
  "worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
  "require-trusted-types-for 'script'; trusted-types default";
const good = `<!doctype html><html lang="vi"><title>Hôm nay</title><main><h1>Hôm nay</h1><label>Tên <input></label></main>`;
const texts = {
  "/good": good,
  "/bad": good.replace("<label>Tên <input></label>", `<input id="bare">`),
  "/pale": good.replace("<main>", `<link rel="stylesheet" href="/pale.css"><main><p id="pale">nhạt</p>`),
  "/pale.css": "#pale { color: #ccc; background: #fff; }",
  "/favicon.ico": "",
};

let pages: Pages;
let profile: string;
let device: Device;

beforeAll(async () => {
  pages = await servePages(texts, { "content-security-policy": policy });
  profile = mkdtempSync(join(tmpdir(), "neo-ve-axe-"));
  device = await openDevice({ profile });
});

afterAll(async () => {
  await device.close();
  rmSync(profile, { recursive: true, maxRetries: 5 });
  await pages.close();
});

it("finds nothing on a good page, twice", async () => {
  await device.page.goto(`${pages.url}/good`);
  expect(await axeViolations(device.page)).toEqual([]);
  expect(await axeViolations(device.page)).toEqual([]);
});

it("names a field without a label and where it is", async () => {
  await device.page.goto(`${pages.url}/bad`);
  expect(await axeViolations(device.page)).toMatchObject([
    { rule: "label", impact: "critical", places: [expect.stringMatching(/^#bare: /)] },
  ]);
});

it("sees colours", async () => {
  await device.page.goto(`${pages.url}/pale`);
  expect(await axeViolations(device.page)).toMatchObject([{ rule: "color-contrast" }]);
});

it("leaves no complaint of the policy behind", () => {
  expect(device.complaints).toEqual([]);
});
