// A case is handed over between two sites in real browsers: asked for, accepted, and gone where it was.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { accountOf, createDesks, type Desks } from "#tests/e2e/desk.ts";
import { allSent, choose, goTo, save, signIn } from "#tests/e2e/worker.ts";
import { failedRequests } from "#tests/support/browser.ts";
import { type BuiltService, buildService, type Service } from "#tests/support/service.ts";

const phone = { width: 360, height: 640 };
/** The front door goes on when a device asks it to, and the other hears of it with its next exchange. */
const patience = 120_000;
/** The demo's, at the facility. */
const name = "Lý Mẫu Nga";
const hoaVang = "vn-gso-20320";

let built: BuiltService;
let service: Service;
let desks: Desks;

beforeAll(async () => {
  built = await buildService();
  service = await built.start();
  desks = createDesks();
}, 180_000);

afterAll(async () => {
  await desks.closeAll();
  await built.dispose();
});

/** A page on which somebody of a site is signed in, with all of the site on the device. */
async function pageOf(account: string): Promise<Page> {
  const { device, proxy } = await desks.open(service, { viewport: phone, tolerate: [failedRequests] });
  await signIn(device.page, proxy.url, accountOf(service, account));
  await allSent(device.page);
  return device.page;
}

it("a case goes with its name to the site that accepts, and leaves a stub without one", async () => {
  const sender = await pageOf("nhanvien-coso");
  const receiver = await pageOf("canbo-hoavang");

  // Another site was asked yesterday: that is taken back, and a nearer one is asked.
  await goTo(sender, "/cases");
  await sender.waitForSelector('main input[type="search"]');
  await sender.fill('main input[type="search"]', "ly mau nga");
  const row = sender.locator("a.row-link").first();
  await row.waitFor();
  const address = new URL((await row.getAttribute("href")) ?? "", service.url).pathname;
  await goTo(sender, address);
  await sender.click('[data-action="withdraw"]');
  await sender.waitForSelector('[data-action="withdraw"]', { state: "detached" });
  await goTo(sender, `${address}/edit/transfer`);
  await sender.fill('[name="transfer.toSite.search"]', "hoa vang");
  await choose(sender, "transfer.toSite", hoaVang);
  await sender.fill('[name="transfer.reason"]', "Chị về sống với mẹ ở Hòa Vang.");
  await choose(sender, "transfer.ground", "consent");
  await save(sender);
  await sender.waitForSelector('[data-action="withdraw"]');
  await allSent(sender);

  await goTo(receiver, "/");
  await receiver.click('[data-action="answer"]', { timeout: patience });
  await receiver.waitForSelector('[data-action="accept"]');
  expect(await receiver.textContent("main")).not.toContain(name);
  await receiver.click('[data-action="accept"]');
  await receiver.click('[data-action="confirm"]');

  // The case is here when the page leads to it.
  await receiver.click(`main a[href="${address}"]`, { timeout: patience });
  await receiver.waitForSelector('main [data-action="visit"]', { timeout: patience });
  await receiver.locator('main [data-action="reveal"]').first().click({ timeout: patience });
  await receiver.getByText(name).first().waitFor();

  await goTo(sender, address);
  await sender.waitForSelector('main a[href^="tel:"]', { timeout: patience });
  await sender.waitForSelector('main [data-action="visit"]', { state: "detached", timeout: patience });
  const left = await sender.textContent("main");
  expect(left).toContain("Hòa Vang");
  expect(left).not.toContain(name);
  await allSent(sender);
  await goTo(sender, "/cases");
  await sender.waitForSelector('main input[type="search"]');
  await sender.fill('main input[type="search"]', "ly mau nga");
  await sender.waitForSelector('main [data-action="clear"]');
}, 600_000);
