// What a person sees of the exchange with the centre when networks, accounts, disks, clocks and servers misbehave.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import vi from "#locales/vi.json" with { type: "json" };
import { failedRequests } from "#tests/support/browser.ts";
import { type Operator, operatorOf } from "#tests/support/operator.ts";
import { type BuiltService, buildService, type Service } from "#tests/support/service.ts";
import { startProxy } from "#tests/support/tcp-proxy.ts";
import { accountOf, createDesks, type Desk } from "#tests/e2e/desk.ts";
import {
  allSent,
  casesOnScreen,
  choose,
  goTo,
  save,
  signIn,
  unlock,
  waitingCount,
} from "#tests/e2e/worker.ts";

const patience = 60_000;
const worker = "canbo-haivan";
const supervisor = "giamsat-danang";
const database = "s-vn-gso-20194";
const tolerate = [failedRequests];

let built: BuiltService;
let service: Service;
const desks = createDesks();

beforeAll(async () => {
  built = await buildService();
  service = await built.start();
}, 180_000);
afterEach(() => desks.closeAll());
afterAll(() => built.dispose());

describe("two devices", () => {
  it("show each other's work within moments, without a reload; one that is offline says so", async () => {
    const first = await signedIn();
    const second = await signedIn();
    const [home = ""] = await casesOnScreen(first.device.page);
    const { page } = second.device;
    await goTo(page, `/cases/${home}`);
    await page.waitForSelector("main [data-record]");
    const loads = await page.evaluate(() => performance.timeOrigin);
    await writeNote(first.device.page, home, "Thấy ngay trên máy kia");
    await page.getByText("Thấy ngay trên máy kia").first().waitFor({ state: "attached", timeout: patience });
    expect(await page.evaluate(() => performance.timeOrigin)).toBe(loads);

    await second.device.context.setOffline(true);
    await page.waitForSelector('[data-sync="offline"]');
    await writeNote(page, home, "Viết khi ngoại tuyến");
    expect(await waitingCount(page)).toBe(1);
    await goTo(page, "/sync");
    await page.locator('li[data-state="local"]').waitFor();
    await second.device.context.setOffline(false);
    await allSent(page);
    await expect.poll(() => page.locator('li[data-state="local"]').count()).toBe(0);
    await goTo(first.device.page, `/cases/${home}`);
    await first.device.page
      .getByText("Viết khi ngoại tuyến")
      .first()
      .waitFor({ state: "attached", timeout: patience });
  });

  it("that changed the same answer offline: both answers are shown, on both, until somebody decides", async () => {
    const first = await signedIn();
    const second = await signedIn();
    const [, home = ""] = await casesOnScreen(first.device.page);
    for (const desk of [first, second]) desk.proxy.mode({ kind: "refuse" });
    await setChannel(first.device.page, home, "coast_guard");
    await setChannel(second.device.page, home, "ngo");
    first.proxy.mode({ kind: "pass" });
    await goTo(first.device.page, "/sync");
    await first.device.page.click('[data-action="sync"]');
    await allSent(first.device.page);

    const { page } = second.device;
    second.proxy.mode({ kind: "pass" });
    await goTo(page, "/");
    const clash = page.locator(`main [data-record="${home}"]`, { hasText: vi["today.twoVersions"] });
    await clash.waitFor({ timeout: patience });
    await goTo(page, `/cases/${home}`);
    const shown = page.locator(`#clash-${home}`);
    await shown.waitFor();
    const words = await shown.innerText();
    const [theirs, own] = [vi["code.organisationKind.vn.coast_guard"], vi["code.organisationKind.vn.ngo"]];
    for (const answer of [theirs, own]) expect(words).toContain(answer);
    // It is at the centre all the same, and the other device is told too.
    await allSent(page);
    expect(await read(operatorOf(service), `/${database}/${home}`)).toMatchObject({ channel: "coast_guard" });
    await goTo(first.device.page, `/cases/${home}`);
    await first.device.page.locator(`#clash-${home}`).waitFor({ timeout: patience });
    await shown.locator('[data-action="decide"]').click();
    await shown.locator("label.choice", { hasText: own }).click();
    await page.fill('[name="decision.reason"]', "Đã hỏi lại");
    await shown.locator('[type="submit"]').click();
    await shown.waitFor({ state: "detached" });
    await allSent(page);
    const kept = await read(operatorOf(service), `/${database}/${home}`);
    expect(kept).toMatchObject({ channel: "ngo" });
    await first.device.page.locator(`#clash-${home}`).waitFor({ state: "detached", timeout: patience });
  });
});

interface GivenOut {
  readonly name: string;
  readonly bytes: Buffer;
}

async function downloaded(page: Page): Promise<GivenOut> {
  // Nobody is there to choose a place on the disk.
  await page.evaluate(() => Reflect.deleteProperty(window, "showSaveFilePicker"));
  await page.click('[data-action="make-file"]');
  const download = page.waitForEvent("download");
  await page.click('[data-action="save-file"]');
  const file = await download;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

/**
 * The browser's own `canShare` is asked. What takes the file stands in for Android's, and refuses what Chromium refuses there: its
 * `canShare` knows nothing of kinds, `share` goes by a list of them (FILE_TYPES.md beside its source).
 */
async function shared(page: Page): Promise<GivenOut> {
  await page.evaluate(() => {
    const share = async ({ files = [] }: ShareData) => {
      const [file] = files;
      const isShared = file !== undefined && file.type === "text/plain" && file.name.endsWith(".txt");
      if (!isShared || !navigator.userActivation.isActive)
        throw new DOMException("Permission denied", "NotAllowedError");
      Reflect.set(window, "sharedFile", { name: file.name, text: await file.text() });
    };
    Reflect.defineProperty(navigator, "share", { value: share });
  });
  await page.click('[data-action="make-file"]');
  await page.click('[data-action="share-file"]');
  const handle = await page.waitForFunction(
    () => Reflect.get(window, "sharedFile") as { name: string; text: string } | undefined,
  );
  const { name = "", text = "" } = (await handle.jsonValue()) ?? {};
  return { name, bytes: Buffer.from(text) };
}

describe("no network at all", () => {
  it.each([
    ["downloaded", downloaded],
    ["shared", shared],
  ])(
    "a file that was %s here and chosen there brings the record to the centre, under its author's name",
    async (way, giveOut) => {
      const words = `Đi bộ ba giờ mới có đường (${way})`;
      const operator = operatorOf(service);
      const published = async () =>
        (await documents(operator, "directory")).filter(({ type }) => type === "device").length;
      const before = await published();
      const worked = await signedIn(service, worker, { hasShare: giveOut === shared });
      const supervised = await signedIn(service, supervisor);
      // Each has told the directory of its keys, and hears of the other's.
      await expect.poll(published).toBe(before + 2);
      for (const { device } of [worked, supervised]) {
        await goTo(device.page, "/sync");
        await device.page.click('[data-action="sync"]');
        await allSent(device.page);
      }
      for (const { proxy } of [worked, supervised]) proxy.mode({ kind: "refuse" });
      const { page } = worked.device;
      const [home = ""] = await casesOnScreen(page);
      await writeNote(page, home, words);
      await goTo(page, "/sync");
      await page.click('[data-action="by-file"]');
      const { name, bytes } = await giveOut(page);
      expect(name).toMatch(/^[0-9a-f]{8}\.txt$/);
      expect(bytes.includes("bộ")).toBe(false);
      expect(await waitingCount(page)).toBe(1);

      const other = supervised.device.page;
      await goTo(other, "/sync/file");
      await other.setInputFiles('[name="bundle.file"]', { name: "x.txt", mimeType: "", buffer: bytes });
      await other.click('[data-action="send-on"]', { timeout: patience });
      await other.waitForSelector(".sheet-due li");
      // It waits through a lock and a restart.
      await supervised.reopen();
      await supervised.device.page.goto(supervised.proxy.url);
      await unlock(supervised.device.page, accountOf(service, supervisor).password);
      await goTo(supervised.device.page, "/sync/file");
      await supervised.device.page.waitForSelector(".sheet-due li");
      supervised.proxy.mode({ kind: "pass" });
      await goTo(supervised.device.page, "/sync");
      await supervised.device.page.click('[data-action="sync"]');
      const arrived = async () =>
        (await documents(operator))
          .filter(({ text }) => text === words)
          .map(({ createdBy, relayedBy }) => ({ createdBy, relayedBy }));
      await expect
        .poll(arrived, { timeout: patience })
        .toEqual([{ createdBy: worker, relayedBy: supervisor }]);
      await goTo(supervised.device.page, `/cases/${home}`);
      await supervised.device.page.getByText(words).first().waitFor({ state: "attached", timeout: patience });

      worked.proxy.mode({ kind: "pass" });
      await goTo(page, "/sync");
      await page.click('[data-action="sync"]');
      await allSent(page);
      expect(await arrived()).toHaveLength(1);
    },
  );
});

describe("what stands in the way", () => {
  it.each([
    ["a page with status 200", 200],
    ["a redirection", 302],
    ["a page with status 511", 511],
  ])("a captive portal, %s, is recognised and nothing is lost", async (_name, status) => {
    const desk = await signedIn();
    const { page } = desk.device;
    const [home = ""] = await casesOnScreen(page);
    const { port } = desk.proxy;
    await desk.proxy.close();
    const portal = await startPortal(port, status);
    await writeNote(page, home, `Ghi sau trang đăng nhập ${status}`);
    await goTo(page, "/sync");
    await page.getByText(vi["exchange.notTheCentre"]).waitFor({ timeout: patience });
    expect(await waitingCount(page)).toBe(1);
    expect(await page.getAttribute("[data-sync]", "data-sync")).toBe("error");
    await new Promise((done) => {
      portal.close(done);
      portal.closeAllConnections();
    });
    desk.proxy = await startProxy({ target: { port: service.port }, port });
    await page.click('[data-action="sync"]');
    await allSent(page);
  });

  it("a record that the rights forbid is shown with its reason, holds up no other, and goes again", async () => {
    const operator = operatorOf(service);
    const desk = await signedIn();
    const { page } = desk.device;
    const [home = ""] = await casesOnScreen(page);
    const security = await read(operator, `/${database}/_security`);
    // The account may still read by its name; its role writes nothing here any more.
    await operator.write("PUT", `/${database}/_security`, {
      ...security,
      members: { names: [worker], roles: ["supervisor@vn-gso-48"] },
    });
    await writeNote(page, home, "Bị trung tâm từ chối");
    await goTo(page, "/sync");
    const refused = page.locator('li[data-state="refused"]');
    await refused.waitFor({ timeout: patience });
    const words = await refused.innerText();
    expect(words).toContain(vi["refusal.notAllowed.what"]);
    expect(words).toContain(vi["refusal.notAllowed.mend"]);
    // The rule's own words are for whoever mends it.
    expect(words).not.toContain("may not");
    expect(await refused.locator("details q").textContent()).toContain("may not write a note here");
    expect(await page.getAttribute("[data-refused]", "data-refused")).toBe("1");
    expect(await waitingCount(page)).toBe(0);
    await page.waitForSelector('[data-sync="idle"]', { timeout: patience });

    await operator.write("PUT", `/${database}/_security`, security);
    await page.click('[data-action="send-again"]');
    await refused.waitFor({ state: "detached", timeout: patience });
    await allSent(page);
    expect(JSON.stringify(await operator.read(`/${database}/_all_docs?include_docs=true`))).toContain(
      "Bị trung tâm từ chối",
    );
  });

  it.each([
    ["ahead", 2],
    ["behind", -2],
  ])(
    "a device whose clock is two years %s: what it records carries the centre's time",
    async (name, years) => {
      const desk = await desks.open(service, { tolerate });
      const { page } = desk.device;
      const shift = years * 365 * 86_400_000;
      await page.clock.install({ time: Date.now() + shift });
      await signIn(page, desk.proxy.url, accountOf(service, worker));
      await allSent(page);
      const [home = ""] = await casesOnScreen(page);
      desk.proxy.mode({ kind: "refuse" });
      const text = `Đồng hồ sai ${name}`;
      await writeNote(page, home, text);
      desk.proxy.mode({ kind: "pass" });
      await goTo(page, "/sync");
      await page.click('[data-action="sync"]');
      await allSent(page);
      const found = (await documents(operatorOf(service))).find((record) => record["text"] === text);
      const { createdAt, deviceTime } = z
        .object({ createdAt: z.string(), deviceTime: z.string() })
        .parse(found);
      expect(Math.abs(Date.parse(createdAt) - Date.now())).toBeLessThan(5 * 60_000);
      expect(Math.abs(Date.parse(deviceTime) - shift - Date.now())).toBeLessThan(5 * 60_000);
    },
  );
});

describe("a long first exchange", () => {
  it("shows progress, is cut in the middle, and goes on where it stopped", async () => {
    const operator = operatorOf(service);
    const facility = "s-vn-demo-48-01";
    const account = accountOf(service, "nhanvien-coso");
    const home = z
      .string()
      .parse((await documents(operator, facility)).find(({ type }) => type === "case")?.["id"]);
    const many = 3_000;
    for (let made = 0; made < many; made += 200)
      await operator.write("POST", `/${facility}/_bulk_docs`, {
        docs: Array.from({ length: 200 }, (_, index) => noteOf(home, made + index)),
      });
    // The cut comes while the browser still fetches the files for later: it says so, and tries again.
    const cutShort = [/Failed to register a ServiceWorker/, /Failed to fetch/, /bad-precaching-response/];
    const desk = await desks.open(service, { tolerate: [...tolerate, ...cutShort] });
    const { page } = desk.device;
    const asked: string[] = [];
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (url.pathname !== `/db/${facility}/_changes`) return;
      asked.push(url.searchParams.get("since") ?? "0");
      // From here on it hardly moves: the cut comes in the middle however slow this machine is.
      if (asked.length === 5) desk.proxy.mode({ kind: "delay", ms: 20_000 });
    });
    await page.goto(desk.proxy.url);
    await page.fill('[name="account.name"]', account.name);
    await page.fill('[name="account.password"]', account.password);
    await page.click('[data-action="sign-in"]');
    await page.waitForSelector("[data-sync]", { timeout: patience });
    await goTo(page, "/sync");
    await expect.poll(() => asked.length, { timeout: patience }).toBeGreaterThan(4);
    await page.locator("main").getByRole("progressbar").first().waitFor({ timeout: patience });
    desk.proxy.mode({ kind: "refuse" });
    await page.waitForSelector('[data-sync="offline"]', { timeout: patience });
    const before = asked.length;
    expect(Number(/^\d+/.exec(asked.at(-1) ?? "")?.[0] ?? 1)).toBeGreaterThan(0);
    desk.proxy.mode({ kind: "pass" });
    await page.click('[data-action="sync"]');
    await allSent(page);
    await expect.poll(() => recordsOnDevice(page), { timeout: patience }).toBeGreaterThan(many);
    const after = asked.slice(before);
    expect(after.length).toBeGreaterThan(0);
    expect(after).not.toContain("0");
    // What had come did not come again.
    expect(asked.length).toBeLessThan(many / 200 + 12);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, {
      timeout: patience,
    });
  });
});

describe("the server", () => {
  it("dies in the middle of an exchange: the device goes on by itself, each record arrives once", async () => {
    const own = await built.start();
    const desk = await signedIn(own);
    const { page } = desk.device;
    const [home = ""] = await casesOnScreen(page);
    desk.proxy.mode({ kind: "refuse" });
    const texts = ["một", "hai", "ba"].map((word) => `Trước khi máy chủ tắt: ${word}`);
    for (const text of texts) await writeNote(page, home, text);
    // Slow, so that it dies while the device sends.
    desk.proxy.mode({ kind: "delay", ms: 400 });
    await goTo(page, "/sync");
    await page.click('[data-action="sync"]');
    await page.waitForSelector('[data-sync="syncing"]', { timeout: patience });
    await own.kill();
    await page.waitForSelector('[data-sync="offline"]', { timeout: patience });
    desk.proxy.mode({ kind: "pass" });
    const again = await built.start(["--port", String(own.port)], own.data);
    await allSent(page);
    const arrived = (await documents(operatorOf(again))).map((record) => record["text"]);
    for (const text of texts) expect(arrived.filter((each) => each === text)).toHaveLength(1);
    await again.stop();
  });
});

async function signedIn(where = service, name = worker, options: { hasShare?: boolean } = {}): Promise<Desk> {
  const desk = await desks.open(where, { tolerate, ...options });
  await signIn(desk.device.page, desk.proxy.url, accountOf(where, name));
  await allSent(desk.device.page);
  return desk;
}

async function writeNote(page: Page, caseId: string, text: string): Promise<void> {
  await goTo(page, `/cases/${caseId}/edit/note`);
  await page.fill('[name="note.text"]', text);
  await save(page);
}

async function setChannel(page: Page, caseId: string, channel: string): Promise<void> {
  await goTo(page, `/cases/${caseId}/edit/details`);
  await choose(page, "case.channel", channel);
  await save(page);
}

/** As the settings tell it. */
async function recordsOnDevice(page: Page): Promise<number> {
  await goTo(page, "/settings");
  const [before = "", after = ""] = vi["settings.records"].split("{{count}}");
  const line = page.getByText(before.trim() || after.trim()).first();
  return Number((await line.innerText()).replaceAll(/\D/g, ""));
}

const read = async (operator: Operator, path: string) =>
  z.record(z.string(), z.json()).parse(await operator.read(path));

const rows = z.object({ rows: z.array(z.object({ doc: z.record(z.string(), z.json()) })) });

async function documents(operator: Operator, where = database) {
  return rows.parse(await operator.read(`/${where}/_all_docs?include_docs=true`)).rows.map(({ doc }) => doc);
}

function noteOf(caseId: string, number: number) {
  const id = randomUUID();
  const at = new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString();
  return {
    _id: id,
    id,
    type: "note",
    version: 1,
    case: caseId,
    text: `Ghi chú cũ số ${number}`,
    createdAt: at,
    deviceTime: at,
    createdBy: worker,
    device: "old",
  };
}

/** What a café's Wi-Fi answers to everything until somebody has signed in to it. */
function startPortal(port: number, status: number): Promise<Server> {
  const portal = createServer((_asked, reply) => {
    reply.writeHead(status, {
      "content-type": "text/html",
      ...(status === 302 ? { location: "http://portal.invalid/" } : {}),
    });
    reply.end("<!doctype html><title>Wi-Fi</title><p>Welcome</p>");
  });
  return new Promise((listening) => portal.listen(port, "127.0.0.1", () => listening(portal)));
}
