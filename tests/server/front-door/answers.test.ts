// What every answer of the front door carries, and the files of the app as a browser gets them.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appFolder, assets, openDoor, provisionedStore, site } from "./door.ts";

const app = appFolder();
let store: Awaited<ReturnType<typeof provisionedStore>>;
let door: ReturnType<typeof openDoor>;
beforeAll(async () => {
  store = await provisionedStore();
  door = openDoor(store, app.path);
});
afterAll(() => {
  store.couch.close();
  app.remove();
});

const csp =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; " +
  "img-src 'self' blob:; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; " +
  "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types default";

describe("every answer", () => {
  const paths = [
    ["/", 200],
    ["/cases/3f2a1b00-0000-4000-8000-000000000000/visits/new", 200],
    ["/assets/app-1a2b3c.js", 200],
    ["/assets/gone-000000.js", 404],
    ["/icon.svg", 200],
    ["/sw.js", 200],
    ["/gone.png", 404],
    ["/db", 200],
    ["/db/", 200],
    ["/db/_session", 200],
    ["/db/directory", 401],
    [`/db/s-${site}/_changes`, 401],
    ["/db/no-such-database", 404],
    ["/db/_utils/index.html", 404],
    ["/db/_node/_local/_config", 404],
    ["/db/%zz", 404],
    ["/db/directory/%zz", 400],
    ["/db//directory", 404],
    ["/db//x/_node/_local/_config", 404],
    ["/db/directory//_all_docs", 404],
    ["/db/\\\\x/_utils", 404],
    ["/api/health", 200],
    ["/api/session", 401],
    ["/api/nothing", 404],
    ["/api", 404],
  ] as const;

  it.each(paths)("%s answers %i with the headers that protect it", async (path, status) => {
    const response = await door.ask(path);
    const isData = /^\/(db|api)/.test(path);
    expect(response.status).toBe(status);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-security-policy": isData ? `${csp}; sandbox` : csp,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "permissions-policy": expect.stringContaining("geolocation=()"),
    });
    if (isData) expect(response.headers.get("cache-control")).toBe("no-store");
  });

  it("has them when something breaks", async () => {
    const broken = openDoor(store, app.path, () => Promise.reject(new Error("disk on fire, key=canary")));
    const response = await broken.ask("/db/directory");
    expect(response.status).toBe(500);
    expect(response.headers.get("content-security-policy")).toBe(`${csp}; sandbox`);
    expect(await response.text()).not.toContain("canary");
    expect(broken.events).toHaveLength(1);
  });

  it("says to stay with TLS where there is TLS in front, and only there", async () => {
    const secure = await door.ask("/", { headers: { "X-Forwarded-Proto": "https" } });
    expect(secure.headers.get("strict-transport-security")).toBe("max-age=31536000");
    expect((await door.ask("/")).headers.has("strict-transport-security")).toBe(false);
  });
});

describe("the app's files", () => {
  it("opens the app at any address inside it", async () => {
    for (const path of ["/", "/cases", "/cases/%E1%BA%A5", "/receive?step=2"]) {
      const response = await door.ask(path);
      expect(await response.text()).toBe(assets["index.html"]);
      expect(response.headers.get("content-type")).toMatch(/^text\/html/);
      expect(response.headers.get("cache-control")).toBe("no-cache");
    }
  });

  it.each([
    ["/assets/app-1a2b3c.js", /^text\/javascript/, "public, max-age=31536000, immutable"],
    ["/sw.js", /^text\/javascript/, "no-cache"],
    ["/manifest.webmanifest", /^application\/manifest\+json/, "no-cache"],
    ["/icon.svg", /^image\/svg\+xml/, "no-cache"],
  ])("%s comes as %s, kept as %s", async (path, type, kept) => {
    const response = await door.ask(path);
    expect(response.headers.get("content-type")).toMatch(type);
    expect(response.headers.get("cache-control")).toBe(kept);
  });

  it("never takes a missing file for a page, nor keeps its absence", async () => {
    const response = await door.ask("/assets/gone-000000.js");
    expect(response.status).toBe(404);
    expect(response.headers.get("cache-control")).toBe("no-cache");
    expect(await response.text()).not.toContain("<title>");
  });

  it("packs what is worth packing, and answers 304 to who has it", async () => {
    const packed = await door.ask("/assets/big-4d5e6f.css", { headers: { "Accept-Encoding": "gzip" } });
    expect(packed.headers.get("content-encoding")).toBe("gzip");
    const first = await door.ask("/sw.js");
    const tag = first.headers.get("etag") ?? "";
    const again = await door.ask("/sw.js", { headers: { "If-None-Match": tag } });
    expect(again.status).toBe(304);
    expect(again.headers.get("content-security-policy")).toBe(csp);
  });

  it.each([
    "/../package.json",
    "/..%2fpackage.json",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/assets/..%2f..%2fetc%2fpasswd",
    "/assets/%5c..%5c..%5cpackage.json",
    "/etc/passwd%00.html",
  ])("%s does not lead out of its folder", async (path) => {
    const response = await door.ask(path);
    const text = await response.text();
    expect(text).not.toMatch(/root:|"name"/);
    expect(response.status === 404 || text === assets["index.html"]).toBe(true);
  });

  it("takes no POST", async () => {
    expect((await door.ask("/", { body: {} })).status).toBe(405);
  });
});
