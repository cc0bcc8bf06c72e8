// What a person does with the app, by the stable handles of docs/interface.md, so that screens may change around them.
import type { Page } from "playwright-core";
import type { DemoAccount } from "#tests/support/service.ts";

/** Longest wait for something that needs Argon2id or a first exchange on a busy machine. */
const patience = 60_000;
/** A dead connection is given up after half a minute, and the next try waits as long at most. */
const exchangePatience = 180_000;

export async function signIn(page: Page, url: string, account: DemoAccount): Promise<void> {
  await page.goto(url);
  await page.fill('[name="account.name"]', account.name);
  await page.fill('[name="account.password"]', account.password);
  await page.click('[data-action="sign-in"]');
  await page.waitForSelector("[data-sync]", { timeout: patience });
  // From here on the app opens without a network.
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, { timeout: patience });
}

export async function unlock(page: Page, passphrase: string): Promise<void> {
  await page.fill('[name="profile.passphrase"]', passphrase);
  await page.click('[data-action="unlock"]');
  await page.waitForSelector("[data-sync]", { timeout: patience });
}

export async function changeLanguage(page: Page, locale: "vi" | "en" | "id"): Promise<void> {
  await page.selectOption('[name="language"]', locale);
  await page.waitForFunction((wanted) => document.documentElement.lang === wanted, locale);
}

/** Everything is at the centre: nothing waits, and the exchange rests. */
export async function allSent(page: Page): Promise<void> {
  await page.waitForSelector('[data-sync="idle"][data-waiting="0"]', { timeout: exchangePatience });
}

export async function waitingCount(page: Page): Promise<number> {
  return Number(await page.locator("[data-waiting]").first().getAttribute("data-waiting"));
}

/** Leaves through the navigation or an address, without loading the page anew. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((address) => {
    history.pushState(null, "", address);
    dispatchEvent(new PopStateEvent("popstate"));
  }, path);
}

/** Chooses a radio or checkbox as a finger does: by its label. */
export async function choose(page: Page, name: string, value: string): Promise<void> {
  await page.locator(`label:has(> input[name="${name}"][value="${value}"])`).first().click();
}

export interface StepOnScreen {
  /** As the address names it. */
  readonly name: string;
  /** As the screen counts it. */
  readonly place: string;
}

/** The step of a form that is on the screen, other than the one that was left: on a slow device the address has it first. */
export async function stepAfter(page: Page, left?: StepOnScreen): Promise<StepOnScreen> {
  const found = await page.waitForFunction((before) => {
    const name = new URLSearchParams(location.search).get("step");
    const place = document.querySelector('main [role="progressbar"]')?.getAttribute("aria-valuenow");
    if (name === null || !place || name === before?.name || place === before?.place) return undefined;
    return { name, place };
  }, left);
  const step = await found.jsonValue();
  if (!step) throw new Error("waited for nothing");
  return step;
}

/** A single choice has gone on by itself, if it does: the timers of a page ring in their order, however late. */
export const choiceSeen = (page: Page) => page.evaluate(() => new Promise((rung) => setTimeout(rung, 200)));

/** Presses Next, unless the form has gone on by itself meanwhile: one look and one press, nothing in between. */
async function leave(page: Page, step: StepOnScreen): Promise<void> {
  await page.evaluate(({ name }) => {
    if (new URLSearchParams(location.search).get("step") !== name) return;
    document.querySelector<HTMLElement>('[data-action="next"]')?.click();
  }, step);
}

/** What a form says that does not go on: where it stands, what it finds wrong, and all of it. */
async function saidBy(page: Page): Promise<string> {
  const [wrong, text] = await Promise.all([
    page.locator('main :is([role="alert"], .field-problem)').allInnerTexts(),
    page.locator("main").innerText(),
  ]);
  return `${page.url()}\nproblems: ${JSON.stringify(wrong)}\n${text}`;
}

export interface Newcomer {
  readonly name: string;
  readonly phone: string;
}

/** Receives one person up to the last screen; `until` stops before that step, in the middle of the form. */
export async function receive(page: Page, person: Newcomer, until?: string): Promise<void> {
  const answers: Readonly<Record<string, () => Promise<void>>> = {
    consent: () => choose(page, "consent.decision", "given"),
    consentDetails: async () => {
      await choose(page, "consent.givenBy", "self");
      await choose(page, "consent.how", "signed");
      await choose(page, "consent.language", "vi");
    },
    urgent: async () => {
      await choose(page, "urgentCheck.urgentMedical", "yes");
      await page.locator('[data-action="all-no"]').click();
    },
    name: () => page.fill('[name="person.displayName"]', person.name),
    sex: () => choose(page, "person.sex", "female"),
    age: () => page.fill('[name="person.ageYears"]', "19"),
    citizenship: () => choose(page, "person.citizenship", "VN"),
    group: () => choose(page, "case.group", "victim_or_being_identified"),
    channel: () => choose(page, "case.channel", "border_guard"),
    risk: () => choose(page, "case.riskLevel", "high"),
    needs: () => choose(page, "planItem.need", "medical"),
    safeContact: async () => {
      await choose(page, "person.safeContact.way", "phone");
      await page.fill('[name="person.safeContact.phone"]', person.phone);
    },
  };
  await walk(page, answers, until);
}

/** Answers each step that comes, skipping those that have no answer here, until `until` or the step that saves. */
async function walk(
  page: Page,
  answers: Readonly<Record<string, () => Promise<void>>>,
  until?: string,
): Promise<void> {
  let step = await stepAfter(page);
  for (let guard = 0; guard < 40; guard++) {
    if (step.name === until) return;
    if (await page.locator('[data-action="save"]').isVisible()) return;
    try {
      await answers[step.name]?.();
      // A single choice goes on by itself; everything else is told to.
      await choiceSeen(page);
      await leave(page, step);
      step = await stepAfter(page, step);
    } catch (cause) {
      throw new Error(`The form stays at "${step.name}": ${await saidBy(page)}`, { cause });
    }
  }
  throw new Error("the form does not end");
}

/** Records a visit to a case as met, with one weak domain. */
export async function recordVisit(page: Page, caseId: string, view: string): Promise<void> {
  await goTo(page, `/cases/${caseId}/visits/new`);
  await walk(page, {
    outcome: () => choose(page, "followup.outcome", "contact_made"),
    when: () => choose(page, "followup.mode", "home"),
    domains: () => choose(page, "followup.domains.safety", "fragile"),
    risk: () => choose(page, "followup.riskLevel", "medium"),
    view: () => page.fill('[name="followup.personsView"]', view),
  });
  await save(page);
}

export async function save(page: Page): Promise<void> {
  const step = new URL(page.url()).searchParams.get("step");
  await page.locator('[data-action="save"]').click();
  await page.locator('[data-action="save"]').waitFor({ state: "detached" });
  // A form of steps goes back to its first entry by itself, a moment after it shows that it saved.
  if (step !== null)
    await page.waitForFunction((left) => new URLSearchParams(location.search).get("step") !== left, step);
}

/** Ids of the cases in the list. */
export async function casesOnScreen(page: Page): Promise<readonly string[]> {
  await goTo(page, "/cases");
  // Other screens have rows of records too.
  await page.waitForSelector('main input[type="search"]');
  await page.waitForSelector("[data-record]");
  const ids = await page
    .locator(":is(li, tr)[data-record]")
    .evaluateAll((rows) => rows.map((row) => row.dataset["record"] ?? ""));
  // A wide screen shows the list and a case beside it.
  return [...new Set(ids)];
}
