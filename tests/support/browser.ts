// A device in a test: a real Chromium with a profile directory of its own, watched for every complaint, killed like a phone.
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { findChromium } from "#scripts/find-chromium.mjs";
import { killTree, processesOfProfile } from "#tests/support/processes.ts";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Longest wait for anything on a page, in milliseconds: a busy machine takes its time. */
const patience = 60_000;

/** The advert that RxDB's free Dexie storage prints once: the one complaint every test lets pass. */
const advert = /RxDB Open Core RxStorage/;

/** What Chromium itself prints for a failed or refused request: to tolerate where a test makes requests fail. */
export const failedRequests = /^Failed to load resource: /;

export interface DeviceOptions {
  /** Profile directory: made if missing, kept afterwards. */
  profile: string;
  /** In CSS pixels; a phone of 360 × 780 unless told. */
  viewport?: { width: number; height: number };
  locale?: string;
  colorScheme?: "light" | "dark";
  /** Passes for another browser. */
  userAgent?: string;
  /** With Web Share, which Chromium for Linux has and leaves out: `canShare` answers, `share` has nobody to go to. */
  hasShare?: boolean;
  /** Complaints of the browser or the page that this test expects. */
  tolerate?: readonly RegExp[];
}

export interface Device {
  readonly context: BrowserContext;
  /** The page that was open at the start. */
  readonly page: Page;
  /** Warnings and errors on any console, uncaught errors and CSP violations so far. */
  readonly complaints: readonly string[];
  /** Closes the browser in order. Rejects when there were complaints. */
  close(): Promise<void>;
  /** Ends every process of the browser at once (SIGKILL), as a battery does. Rejects when there were complaints. */
  kill(): Promise<void>;
}

/** Starts Chromium on a profile directory. */
export async function openDevice(options: DeviceOptions): Promise<Device> {
  const {
    profile,
    viewport = { width: 360, height: 780 },
    locale = "vi-VN",
    colorScheme = "light",
  } = options;
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    headless: true,
    args: options.hasShare ? [...flags, "--enable-blink-features=WebShare"] : flags,
    viewport,
    locale,
    colorScheme,
    ...(options.userAgent === undefined ? {} : { userAgent: options.userAgent }),
    timezoneId: "Asia/Ho_Chi_Minh",
  });
  context.setDefaultTimeout(patience);
  const complaints: string[] = [];
  const page = context.pages()[0] ?? (await context.newPage());
  await watch(context, page, [advert, ...(options.tolerate ?? [])], complaints);

  const check = () => {
    if (complaints.length > 0) throw new Error(`The browser complained:\n${complaints.join("\n")}`);
  };
  return {
    context,
    page,
    complaints,
    async close() {
      await context.close();
      check();
    },
    async kill() {
      const gone = new Promise<void>((resolve) => context.once("close", () => resolve()));
      await killTree(processesOfProfile(profile));
      await gone;
      check();
    },
  };
}

async function watch(
  context: BrowserContext,
  page: Page,
  tolerated: readonly RegExp[],
  complaints: string[],
) {
  const complain = (what: string, text: string, where: string) => {
    if (!tolerated.some((pattern) => pattern.test(text))) complaints.push(`${what}: ${text} (${where})`);
  };
  context.on("console", (message) => {
    // Chromium prints a CSP violation as an error.
    if (["warning", "error", "assert"].includes(message.type()))
      complain(message.type(), message.text(), message.location().url);
  });
  context.on("weberror", (event) => {
    const error = event.error();
    complain("uncaught", error.stack ?? error.message, event.page()?.url() ?? "");
  });
  // Playwright does not hand on what a service worker leaves uncaught.
  const protocol = await context.newCDPSession(page);
  protocol.on("ServiceWorker.workerErrorReported", ({ errorMessage }) =>
    complain("uncaught", errorMessage.errorMessage, errorMessage.sourceURL),
  );
  await protocol.send("ServiceWorker.enable");
}
