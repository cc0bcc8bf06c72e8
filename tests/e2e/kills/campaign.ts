// One person's device that is killed again and again while it saves and exchanges, and what is found each time it is opened.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import { type Device, failedRequests, openDevice } from "#tests/support/browser.ts";
import { killTree, processesOfProfile } from "#tests/support/processes.ts";
import type { DemoAccount, Service } from "#tests/support/service.ts";
import { startProxy } from "#tests/support/tcp-proxy.ts";
import { type Chance, chanceFrom } from "#tests/sync/support/chance.ts";
import { fillIn, lookRound, typeName } from "#tests/e2e/kills/hands.ts";
import { Ledger } from "#tests/e2e/kills/ledger.ts";
import { type Moment, momentsOf, networkOf } from "#tests/e2e/kills/moments.ts";
import { type Durations, type Sight, type UnderWay, watchPage } from "#tests/e2e/kills/sight.ts";
import { allSent, casesOnScreen, goTo, receive, signIn, unlock } from "#tests/e2e/worker.ts";

export interface Kill {
  readonly meant: Moment;
  /** What was under way when it fell. */
  readonly fell: readonly (UnderWay | "typing" | "opening")[];
}

export interface Campaign {
  readonly ledger: Ledger;
  readonly kills: readonly Kill[];
  /** The name that the reception was finished with. */
  readonly received: string;
  /** Texts of notes that the device shows at the end. */
  readonly shown: readonly string[];
}

export interface CampaignOptions {
  readonly service: Service;
  readonly account: DemoAccount;
  readonly seed: number;
  readonly kills: number;
  /** Writes something about the case at the centre, as somebody else does. */
  readonly others: (caseId: string) => Promise<void>;
}

// A browser that dies while it fetches the files for later tries again when it is opened.
const tolerate = [failedRequests, /Failed to (?:register|update) a ServiceWorker/, /bad-precaching-response/];

export async function runCampaign({
  service,
  account,
  seed,
  kills,
  others,
}: CampaignOptions): Promise<Campaign> {
  const chance = chanceFrom(seed);
  const profile = mkdtempSync(join(tmpdir(), "neo-ve-kills-"));
  const proxy = await startProxy({ target: { port: service.port } });
  const ledger = new Ledger();
  const durations: Durations = { write: [], push: [], pull: [] };
  const struck: Kill[] = [];
  /** How long opening and saving take, as they took last. */
  const took = { opening: 1_500, saving: 150 };
  let caseId = "";
  let written = 0;
  let heardSaved = (): void => undefined;

  async function open(): Promise<{ device: Device; sight: Sight }> {
    const device = await openDevice({ profile, tolerate });
    const sight = await watchPage(
      device.page,
      {
        saved: () => {
          ledger.acknowledge();
          heardSaved();
        },
        draft: (name, value) =>
          name === "person.displayName" ? ledger.intake.said(value) : ledger.going?.box.said(value),
      },
      durations,
    );
    return { device, sight };
  }

  /** What comes next under somebody's hands: a note, or another day for the next contact. */
  function somethingNew(): void {
    written += 1;
    if (chance.next() < 0.65) ledger.begin("note", `Ghi lần ${written} của hạt giống ${seed}`);
    else ledger.begin("contact", dayAhead(100 + written));
  }

  async function saveOnce(page: Page): Promise<void> {
    if (!ledger.going) somethingNew();
    const { going } = ledger;
    if (!going) return;
    await fillIn(page, caseId, going);
    const at = performance.now();
    const said = new Promise<void>((resolve) => (heardSaved = resolve));
    await page.locator('[data-action="save"]').click();
    await said;
    took.saving = performance.now() - at;
    // The product leads on by itself, and what it said stays there for a while.
    await page.waitForSelector("main .told");
  }

  /** Goes on with it for ever; a kill ends it. */
  const work: Readonly<Record<Exclude<Moment, "opening">, (page: Page) => Promise<void>>> = {
    async typing(page) {
      for (;;) {
        const name = `Tên${(written += 1)}${letters(chance, 6)}`;
        ledger.intake.types(name);
        await typeName(page, name, () => chance.below(25));
      }
    },
    async saving(page) {
      for (;;) await saveOnce(page);
    },
    async writing(page) {
      for (;;) await saveOnce(page);
    },
    async sending(page) {
      for (;;) await saveOnce(page);
    },
    async taking(page) {
      for (;;) {
        await others(caseId);
        await goTo(page, "/sync");
        await page.locator('main [data-action="sync"]').click();
        await page.waitForSelector('[data-sync="idle"]');
      }
    },
  };

  /** Waits for the beginning of what is meant, and then for a part of the time that it usually takes. */
  const until: Readonly<Record<Exclude<Moment, "opening">, (sight: Sight) => Promise<void>>> = {
    typing: async () => sleep(chance.next() * 600),
    async saving(sight) {
      await sight.begins("write");
      await sleep(chance.next() * took.saving * 1.3);
    },
    async writing(sight) {
      for (let left = 1 + chance.below(4); left > 0; left--) await sight.begins("write");
      await sleep(chance.next() * sight.usual("write", 8));
    },
    async sending(sight) {
      await sight.begins("push");
      await sleep(chance.next() * sight.usual("push", 30) * 1.1);
    },
    async taking(sight) {
      for (let left = 1 + chance.below(4); left > 0; left--) await sight.begins("pull");
      await sleep(chance.next() * sight.usual("pull", 15) * 1.1);
    },
  };

  async function strike(
    device: Device,
    sight: Sight,
    doomed: readonly number[],
    meant: Moment,
  ): Promise<void> {
    const fell: Kill["fell"] = [
      ...sight.underWay(),
      ...(meant === "typing" || meant === "opening" ? [meant] : []),
    ];
    // In this order and without a pause: nothing is heard from the page between the look and the kill.
    const dead = killTree(doomed);
    const closed = device.kill();
    struck.push({ meant, fell });
    await Promise.all([dead, closed]);
  }

  async function lifeAndDeath(meant: Moment): Promise<void> {
    const { device, sight } = await open();
    const { page } = device;
    const kind = networkOf(meant, chance);
    proxy.mode(
      kind === "pass"
        ? { kind: "pass" }
        : kind === "slow"
          ? { kind: "delay", ms: 40 + chance.below(160) }
          : { kind: "refuse" },
    );
    await page.goto(proxy.url);
    const at = performance.now();
    const fate = `kill ${struck.length + 1} (${meant}, network ${kind})`;
    if (meant === "opening") {
      const doomed = processesOfProfile(profile);
      const opening = unlock(page, account.password).catch(() => undefined);
      await sleep(chance.next() * took.opening * 1.2);
      await strike(device, sight, doomed, meant);
      await opening;
      return;
    }
    await unlock(page, account.password);
    took.opening = performance.now() - at;
    ledger.check(fate, await lookRound(page, caseId));
    if (ledger.faults.length > 0) return device.close();
    const doomed = processesOfProfile(profile);
    let dead = false;
    const working = work[meant](page).catch((error: unknown) => {
      if (!dead) throw error;
    });
    await Promise.race([until[meant](sight), working, tooLong(fate)]);
    dead = true;
    await strike(device, sight, doomed, meant);
  }

  try {
    let { device } = await open();
    await signIn(device.page, proxy.url, account);
    await allSent(device.page);
    [caseId = ""] = await casesOnScreen(device.page);
    await goTo(device.page, "/receive");
    const first = { name: "Tên đầu tiên", phone: "0900000000" };
    ledger.intake.puts(first.name);
    await receive(device.page, first, "sex");
    await device.page.goBack();
    await device.page.waitForSelector('[name="person.displayName"]');
    await saveOnce(device.page);
    await allSent(device.page);
    await device.close();

    for (const meant of momentsOf(kills, chance)) {
      await lifeAndDeath(meant);
      // What comes after would stand on it.
      if (ledger.faults.length > 0) return { ledger, kills: struck, received: "", shown: [] };
    }

    ({ device } = await open());
    proxy.mode({ kind: "pass" });
    await device.page.goto(proxy.url);
    await unlock(device.page, account.password);
    await allSent(device.page);
    const { shown, drafts } = await lookRound(device.page, caseId);
    ledger.check("at the end", { shown, drafts });
    if (ledger.going) await saveOnce(device.page);
    const received = `Tên cuối cùng ${seed}`;
    await goTo(device.page, "/");
    await device.page.locator('main a[href^="/receive?draft="]').first().click();
    await receive(device.page, { name: received, phone: "0900000000" });
    await device.page.locator('[data-action="save"]').click();
    await device.page.locator('[data-action="save"]').waitFor({ state: "detached" });
    await goTo(device.page, "/sync");
    await allSent(device.page);
    await device.close();
    return { ledger, kills: struck, received, shown: shown.note };
  } finally {
    await killTree(processesOfProfile(profile));
    await proxy.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** What is meant to come has not come in two minutes: the test itself is at fault. */
async function tooLong(fate: string): Promise<void> {
  await sleep(120_000, undefined, { ref: false });
  throw new Error(`${fate}: nothing of the kind happened`);
}

const letters = (chance: Chance, count: number): string =>
  Array.from({ length: count }, () => chance.pick(["b", "c", "d", "g", "h", "l", "m", "n", "t", "v"])).join(
    "",
  );

/** A day so far from now, as it is typed. */
function dayAhead(days: number): string {
  const at = new Date(Date.now() + days * 86_400_000);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(at.getUTCDate())}/${two(at.getUTCMonth() + 1)}/${at.getUTCFullYear()}`;
}
