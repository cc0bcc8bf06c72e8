// A test device hears every complaint of the browser, dies at once with all its processes, and keeps its profile.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openDevice } from "#tests/support/browser.ts";
import { servePages, type Pages } from "#tests/support/pages.ts";
import { processesOfProfile } from "#tests/support/processes.ts";

const policy =
  "default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:; worker-src 'self'; require-trusted-types-for 'script'";
const html = (body: string) => `<!doctype html><title>x</title><link rel="icon" href="data:,">${body}`;
const texts = {
  "/": html(""),
  "/loud": html(`<script src="/loud.js"></script>`),
  "/loud.js": `console.warn("a warning"); console.error("an error"); console.log("chatter");
    setTimeout(() => { throw new Error("uncaught"); });
    Promise.reject(new Error("unhandled"));`,
  "/inline": html(`<script>document.title = "ran"</script>`),
  "/sink": html(`<script src="/sink.js"></script>`),
  "/sink.js": `document.body ??= document.createElement("body"); document.body.innerHTML = "<b>x</b>";`,
  "/service": html(`<script src="/service.js"></script>`),
  "/service.js": `const policy = trustedTypes.createPolicy("default", { createScriptURL: (url) => url });
    navigator.serviceWorker.register("/worker.js");`,
  "/worker.js": `console.error("from the service worker"); self.addEventListener("install", () => { throw new Error("uncaught in the worker"); });`,
  "/rxdb": html(`<script src="/rxdb.js"></script>`),
  "/rxdb.js": `console.warn("----- RxDB Open Core RxStorage -----\\nYou are using ...");`,
};

let pages: Pages;
let profile: string;

beforeAll(async () => {
  pages = await servePages(texts, { "content-security-policy": policy });
});
afterAll(() => pages.close());

beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), "neo-ve-device-"));
  return () => rmSync(profile, { recursive: true, maxRetries: 5 });
});

describe("complaints", () => {
  /** All complaints of a page, once each of these was heard. */
  async function complaintsAt(path: string, awaited: readonly string[]) {
    const device = await openDevice({ profile });
    await device.page.goto(pages.url + path);
    const heard = () => device.complaints.join("\n");
    for (const text of awaited) await expect.poll(heard, { timeout: 60_000 }).toContain(text);
    await device.close().catch(() => undefined);
    return device.complaints;
  }

  it("hold warnings, errors and what nobody caught, not chatter", async () => {
    const complaints = await complaintsAt("/loud", ["a warning", "an error", "uncaught", "unhandled"]);
    expect(complaints).toHaveLength(4);
  });

  it("hold what the content security policy stopped", async () => {
    expect(await complaintsAt("/inline", ["Content Security Policy"])).not.toEqual([]);
    expect(await complaintsAt("/sink", ["TrustedHTML"])).not.toEqual([]);
  });

  it("hold those of a service worker", async () => {
    const awaited = ["from the service worker", "uncaught in the worker"];
    expect((await complaintsAt("/service", awaited)).length).toBeGreaterThanOrEqual(awaited.length);
  });

  it("make closing fail", async () => {
    const device = await openDevice({ profile });
    await device.page.goto(`${pages.url}/loud`);
    await expect.poll(() => device.complaints.length).toBeGreaterThan(0);
    await expect(device.close()).rejects.toThrow("a warning");
  });

  it("leave out RxDB's advert and what a test tolerates", async () => {
    const device = await openDevice({ profile, tolerate: [/a warning|an error|uncaught|unhandled/] });
    await device.page.goto(`${pages.url}/rxdb`);
    await device.page.goto(`${pages.url}/loud`);
    await device.page.waitForTimeout(200);
    await expect(device.close()).resolves.toBeUndefined();
  });
});

describe("killing", () => {
  it("ends every process at once, and the profile opens again with what was stored", async () => {
    const first = await openDevice({ profile });
    await first.page.goto(`${pages.url}/`);
    await first.page.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open("kept", 1);
          opening.addEventListener("upgradeneeded", () => opening.result.createObjectStore("things"));
          opening.addEventListener("error", () => reject(new Error("open failed")));
          opening.addEventListener("success", () => {
            const writing = opening.result.transaction("things", "readwrite", { durability: "strict" });
            writing.objectStore("things").put("still here", 1);
            writing.addEventListener("complete", () => resolve());
          });
        }),
    );
    expect(processesOfProfile(profile).length).toBeGreaterThan(2);
    await first.kill();
    expect(processesOfProfile(profile)).toEqual([]);

    const second = await openDevice({ profile });
    await second.page.goto(`${pages.url}/`);
    const kept = await second.page.evaluate(
      () =>
        new Promise((resolve) => {
          const opening = indexedDB.open("kept", 1);
          opening.addEventListener("success", () => {
            const reading = opening.result.transaction("things").objectStore("things").get(1);
            reading.addEventListener("success", () => resolve(reading.result));
          });
        }),
    );
    expect(kept).toBe("still here");
    await second.close();
  });

  it("leaves other devices alone", async () => {
    const other = mkdtempSync(join(tmpdir(), "neo-ve-device-"));
    const [dying, living] = [await openDevice({ profile }), await openDevice({ profile: other })];
    await dying.kill();
    await living.page.goto(`${pages.url}/`);
    expect(await living.page.title()).toBe("x");
    await living.close();
    rmSync(other, { recursive: true, maxRetries: 5 });
  });
});
