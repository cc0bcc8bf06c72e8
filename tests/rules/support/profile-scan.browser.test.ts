// The control for every scan of a profile: what a page stores in the clear in a real Chromium is found.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { openDevice } from "#tests/support/browser.ts";
import { servePages, type Pages } from "#tests/support/pages.ts";
import { scanProfile } from "#tests/support/profile-scan.ts";

let pages: Pages;
let profile: string;

beforeAll(async () => {
  pages = await servePages({ "/": `<!doctype html><link rel="icon" href="data:,">` });
});
afterAll(() => pages.close());

beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), "neo-ve-scan-"));
  return () => rmSync(profile, { recursive: true, maxRetries: 5 });
});

/** Lets a page put values into IndexedDB, followed by megabytes of others that move them from the log into a table. */
async function store(values: [key: string, value: unknown][], megabytes: number) {
  const device = await openDevice({ profile });
  await device.page.goto(`${pages.url}/`);
  await device.page.evaluate(
    async ({ entries, filling }) => {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open("a", 1);
        opening.addEventListener("upgradeneeded", () => opening.result.createObjectStore("a"));
        opening.addEventListener("success", () => resolve(opening.result));
      });
      const put = (some: [string, unknown][]) =>
        new Promise<void>((resolve) => {
          const writing = database.transaction("a", "readwrite", { durability: "strict" });
          for (const [key, value] of some) writing.objectStore("a").put(value, key);
          writing.addEventListener("complete", () => resolve());
        });
      await put(entries);
      for (let megabyte = 0; megabyte < filling; megabyte += 1)
        await put(Array.from({ length: 100 }, (_, i) => [`f${megabyte}-${i}`, "no word. ".repeat(1200)]));
      localStorage.setItem("place", "Sơn Trà canary");
    },
    { entries: values, filling: megabytes },
  );
  await device.close();
}

it("finds what a page stored in the clear, still in the log", async () => {
  await store([["Hòa Vang canary", { name: "Nguyễn Cẩm Tú", phone: "0905 000 111" }]], 0);
  const { hits, unreadable } = scanProfile(profile, [
    "Nguyễn Cẩm Tú",
    "0905 000 111",
    "Hòa Vang canary",
    "Sơn Trà canary",
  ]);
  expect(unreadable).toEqual([]);
  const found = hits.filter(({ where }) => where === "log record");
  expect(found).toContainEqual(expect.objectContaining({ canary: "Nguyễn Cẩm Tú", encoding: "utf-16le" }));
  expect(found).toContainEqual(expect.objectContaining({ canary: "0905 000 111", encoding: "utf-8" }));
  expect(found).toContainEqual(expect.objectContaining({ canary: "Hòa Vang canary", encoding: "utf-16be" }));
  expect(found).toContainEqual(expect.objectContaining({ canary: "Sơn Trà canary", encoding: "utf-16le" }));
});

it("finds it inside a Snappy block and a Snappy value, where it does not lie as it is", async () => {
  // Snappy writes the third text as two references to the first two.
  const text = "tawny-owl=....=grey-heron=....tawny-owl=grey-heron=";
  const large = `${"a long text. ".repeat(20_000)}marsh-tit=....=rock-dove=....marsh-tit=rock-dove=`;
  await store(
    [
      ["1", text],
      ["2", large],
    ],
    12,
  );
  const result = scanProfile(profile, ["owl=grey", "tit=rock"]);
  expect(result.unreadable).toEqual([]);
  expect(result.snappyBlocks).toBeGreaterThan(0);
  expect(result.hits.map(({ canary, where }) => [canary, where])).toEqual(
    expect.arrayContaining([
      ["owl=grey", "snappy block"],
      ["tit=rock", "snappy value"],
    ]),
  );
  expect(result.hits.filter(({ where }) => where === "raw")).toEqual([]);
});

it("finds nothing where nothing was stored", async () => {
  await store([["1", "another text"]], 1);
  const result = scanProfile(profile, ["Nguyễn Cẩm Tú", "0905 000 111"]);
  expect(result).toMatchObject({ hits: [], unreadable: [] });
  expect(result.files).toBeGreaterThan(20);
});
