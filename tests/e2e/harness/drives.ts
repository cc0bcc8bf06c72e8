// What a person does on a screen until it shows a fault, a list or a dialog; by the stable handles.
import type { Page } from "playwright-core";

/** Types into a field and leaves it. */
export const typeWrong =
  (name: string, text: string) =>
  async (page: Page): Promise<void> => {
    await page.fill(`[name="${name}"]`, text);
    await page.locator(`[name="${name}"]`).blur();
    await page.waitForSelector('[aria-invalid="true"]');
  };

const fillDisk = (page: Page) => page.evaluate(() => window.harness.fillDisk());

export const typeOnFullDisk =
  (name: string) =>
  async (page: Page): Promise<void> => {
    await fillDisk(page);
    await page.fill(`[name="${name}"]`, "Nguyễn Mẫu Anh");
    await page.waitForSelector(".notice[role=status]");
  };

/** What is missing is said at its question, else that nothing can be kept any more. */
export async function pressSaveOnFullDisk(page: Page): Promise<void> {
  await fillDisk(page);
  await page.click('[data-action="save"]');
  await page.waitForSelector(".notice[role=status]");
}

export async function pressReadingDialog(page: Page): Promise<void> {
  await page.click('[data-action="stop"]');
  await page.waitForSelector("dialog[open]");
}

/** What another site asks: taking the case over is asked twice. */
export async function pressAccept(page: Page): Promise<void> {
  await page.click('[data-action="accept"]');
  await page.waitForSelector("dialog[open]");
}

export async function acceptCase(page: Page): Promise<void> {
  await pressAccept(page);
  await page.click('[data-action="confirm"]');
  await page.waitForSelector(".notice");
}

export async function declineWithoutReason(page: Page): Promise<void> {
  await page.click('[data-action="decline"]');
  await page.click('[data-action="save"]');
  await page.waitForSelector('[role="alert"]');
}

export async function openSearch(page: Page): Promise<void> {
  await page.click("[role=combobox]");
  await page.waitForSelector("[role=option]");
}

export async function typeWrongPassphrase(page: Page): Promise<void> {
  await page.locator("summary").first().click();
  await page.fill('[name="account.password"]', "khong phai cau nay");
  await page.fill('[name="account.newPassword"]', "mot cau khac han");
  await page.click('form [data-action="save"]');
  await page.waitForSelector('[aria-invalid="true"]');
}

export async function typeWrongPasswordOfCentre(page: Page): Promise<void> {
  await page.fill('[name="account.password"]', "khong phai cau nay");
  await page.locator('form button[type="submit"]').click();
  await page.waitForSelector('[aria-invalid="true"]');
}

export const typePassphrase =
  (passphrase: string) =>
  async (page: Page): Promise<void> => {
    await page.fill('[name="profile.passphrase"]', passphrase);
    await page.click('[data-action="unlock"]');
    await page.waitForSelector("[role=alert], .notice[role=status]");
  };

export async function pressForgotten(page: Page): Promise<void> {
  await page.click('[data-action="forgotten"]');
  await page.waitForSelector('[data-action="back"]');
}

async function pressSignIn(page: Page): Promise<void> {
  await page.fill('[name="account.name"]', "canbo-haivan");
  await page.fill('[name="account.password"]', "mot lan roi thoi");
  await page.click('[data-action="sign-in"]');
}

/** Signs in until the centre has said why not, or while it says nothing. */
export async function signInInVain(page: Page): Promise<void> {
  await pressSignIn(page);
  await page.waitForSelector(".notice[role=status], [role=status] > p");
}

export async function chooseNewPassword(page: Page): Promise<void> {
  await pressSignIn(page);
  await page.waitForSelector('[name="account.newPassword"]');
}

/** Two that differ; or the same, for the centre to refuse. */
export const typeNewPassword =
  (first: string, second: string) =>
  async (page: Page): Promise<void> => {
    await chooseNewPassword(page);
    await page.fill('[name="account.newPassword"]', first);
    await page.fill('[name="account.newPasswordAgain"]', second);
    await page.click('[data-action="save"]');
    await page.waitForSelector("[role=alert], .notice");
  };

export async function cover(page: Page): Promise<void> {
  for (let press = 0; press < 3; press++) await page.keyboard.press("Escape");
  await page.waitForSelector("[data-covered]");
}

/** Sets a draft aside, so that the word about it and the way to undo it show. */
export async function dropDraft(page: Page): Promise<void> {
  await page.locator('[data-action="drop-draft"]').first().click();
  await page.waitForSelector('[data-action="undo"]');
}
