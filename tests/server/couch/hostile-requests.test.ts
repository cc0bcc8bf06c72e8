// Thousands of requests nobody should send: each gets a refusal or an answer, never a 5xx, and nothing is changed by them.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ADMIN, basic, startHarness } from "#tests/server/couch/harness.ts";

const METHODS = ["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "COPY"];

const segment = fc.oneof(
  fc.constantFrom(
    "db",
    "_users",
    "doc",
    "_changes",
    "_all_docs",
    "_bulk_docs",
    "_bulk_get",
    "_revs_diff",
    "_missing_revs",
    "_security",
    "_session",
    "_local",
    "_local/x",
    "_design",
    "_design/x",
    "_purge",
    "_compact",
    "_find",
    "_up",
    "_all_dbs",
    "org.couchdb.user:x",
    "__proto__",
    "constructor",
    "toString",
    "..",
    "",
  ),
  fc.string({ unit: "binary", maxLength: 12 }),
);

const anyKey = fc.oneof(
  fc.constantFrom(
    "_id",
    "_rev",
    "_revisions",
    "_deleted",
    "_attachments",
    "docs",
    "new_edits",
    "keys",
    "doc_ids",
    "selector",
    "id",
    "rev",
    "start",
    "ids",
    "members",
    "admins",
    "roles",
    "names",
    "name",
    "password",
    "type",
    "$and",
    "$elemMatch",
    "$not",
    "__proto__",
    "constructor",
    "1",
  ),
  fc.string({ maxLength: 6 }),
);

const { value: anyJson } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(null, true, false, 0, -0, 1.5, 1e300, 2 ** 60, "", "1-a", "3-abc", "_x", "\0"),
    fc.string({ unit: "binary", maxLength: 10 }),
    fc.integer(),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.array(fc.tuple(anyKey, tie("value")), { maxLength: 5 }).map((members) => Object.fromEntries(members)),
  ),
}));

const rawBody = fc.oneof(
  fc.constantFrom(
    "{",
    '{"a":1e999}',
    '{"a":"\\ud800"}',
    '{"__proto__":{"admin":true}}',
    '{"docs":[{"_id":"x","_revisions":{"start":1,"ids":[]}}]}',
    "[".repeat(100_000),
    '{"a":'.repeat(5_000),
    "\uFEFF{}",
    "null",
    '"x"',
  ),
  fc.uint8Array({ maxLength: 30 }).map((bytes) => Uint8Array.from(bytes)),
  anyJson.map((value) => JSON.stringify(value)),
);

const query = fc.array(
  fc.tuple(
    fc.constantFrom(
      "rev",
      "revs",
      "open_revs",
      "latest",
      "since",
      "limit",
      "skip",
      "style",
      "filter",
      "doc_ids",
      "keys",
      "key",
      "startkey",
      "endkey",
      "descending",
      "include_docs",
      "conflicts",
      "new_edits",
      "meta",
      "heartbeat",
      "timeout",
      "attachments",
    ),
    fc.oneof(
      fc.constantFrom(
        "true",
        "false",
        "0",
        "-1",
        "now",
        "all",
        "1-a",
        "[]",
        "{}",
        '["1-a"]',
        "99999999999999999999",
      ),
      fc.string({ maxLength: 8 }),
    ),
  ),
  { maxLength: 4 },
);

const contentType = fc.constantFrom(
  "application/json",
  "application/json; charset=utf-8",
  "text/plain",
  "multipart/related; boundary=x",
  "application/x-www-form-urlencoded",
);

const headers = fc.record(
  {
    "Content-Type": contentType,
    "If-Match": fc.constantFrom('"1-a"', "x", '""'),
    "If-None-Match": fc.constantFrom("*", "x"),
    "Content-Encoding": fc.constantFrom("gzip", "identity"),
    Authorization: fc.constantFrom("Basic", "Basic !!!", "Basic Og==", "Bearer x", "basic eDp5"),
    Cookie: fc.constantFrom("AuthSession=", "AuthSession=YTpiOmM", "AuthSession=%%%", "x=y"),
  },
  { requiredKeys: [] },
);

const hostile = fc.record({
  method: fc.constantFrom(...METHODS),
  path: fc.oneof(
    fc.array(segment, { maxLength: 4 }).map((parts) => `/${parts.map(quote).join("/")}`),
    fc.constantFrom("/%", "/db/%ff", "/db/%00", "/db/_local/%", "//", "/db//", "/db/%2e%2e"),
  ),
  query,
  headers,
  body: fc.option(rawBody),
  admin: fc.boolean(),
});

// Lone surrogates cannot be written into an address.
const quote = (text: string) => encodeURIComponent(text.replace(/\p{Surrogate}/gu, "?"));

describe("hostile requests", () => {
  it("never bring the server to a 5xx, and every answer says why", async () => {
    const failures: unknown[] = [];
    const { send, ask, couch } = startHarness({
      log: (event) => {
        if (event.type === "failed") failures.push(event.error);
      },
    });
    await ask("PUT", "/db");
    await ask("PUT", "/db/doc", { body: { foo: "bar" } });
    await fc.assert(
      fc.asyncProperty(hostile, async ({ method, path, query: pairs, headers: extra, body, admin }) => {
        const search = new URLSearchParams(pairs).toString();
        const withBody = body !== null && method !== "GET" && method !== "HEAD";
        const response = await send(method, `${path}?${search}`, {
          ...(admin && extra.Authorization === undefined ? {} : { as: null }),
          ...(withBody ? { raw: body } : {}),
          headers: definedOnly(extra),
        });
        expect(failures).toEqual([]);
        expect(response.status).toBeLessThan(500);
        const text = await response.text();
        if (response.status >= 400 && method !== "HEAD")
          expect(JSON.parse(text)).toEqual({ error: expect.any(String), reason: expect.any(String) });
        // The operator may delete it; then it is put back for the next.
        if (admin && method === "DELETE") await ask("PUT", "/db");
      }),
      { numRuns: 4000 },
    );
    expect((await ask("GET", "/db")).status).toBe(200);
    couch.close();
  });

  it("cannot poison prototypes", async () => {
    const { ask } = startHarness();
    await ask("PUT", "/db");
    for (const raw of [
      '{"__proto__":{"polluted":1}}',
      '{"a":{"__proto__":{"polluted":1}}}',
      '{"constructor":{"prototype":{"polluted":1}}}',
    ])
      await ask("PUT", "/db/doc", { raw });
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    const diff = await ask("POST", "/db/_revs_diff", { raw: '{"constructor":["1-a"]}' });
    expect(diff.body).toEqual({ constructor: { missing: ["1-a"] } });
  });

  it.each([
    ["32 levels", 31, 201],
    ["33 levels", 32, 400],
    ["100,000 levels", 100_000, 400],
  ])("may nest %s: %i", async (_what, levels, status) => {
    const { ask } = startHarness();
    await ask("PUT", "/db");
    const raw = `{"a":${"[".repeat(levels)}${"]".repeat(levels)}}`;
    expect((await ask("PUT", "/db/doc", { raw })).status).toBe(status);
  });

  it.each([
    ["_bulk_get", { docs: Array.from({ length: 100 }, () => ({ id: "large" })) }],
    ["_all_docs?include_docs=true", { keys: Array.from({ length: 100 }, () => "large") }],
  ])(
    "that ask one large document of %s over and over get 413, before the memory is gone",
    async (path, body) => {
      const { ask } = startHarness({ limits: { maxAnswerSize: 1_000_000 } });
      await ask("PUT", "/db");
      await ask("PUT", "/db/large", { body: { text: "x".repeat(100_000) } });
      expect(await ask("POST", `/db/${path}`, { body })).toMatchObject({
        status: 413,
        body: { error: "too_large" },
      });
    },
  );

  it("with a selector that would keep the server busy are refused", async () => {
    const { ask } = startHarness();
    await ask("PUT", "/db");
    const selector = { $or: Array.from({ length: 1000 }, (_, each) => ({ type: String(each) })) };
    expect((await ask("POST", "/db/_changes?filter=_selector", { body: { selector } })).status).toBe(400);
  });

  it("find a page of changes short where documents are large, and the rest after it", async () => {
    const { ask } = startHarness();
    await ask("PUT", "/db");
    for (let each = 0; each < 20; each++)
      await ask("PUT", `/db/large-${String(each)}`, { body: { text: "x".repeat(900_000) } });
    const seen: string[] = [];
    let since = "0";
    for (let pages = 1; ; pages++) {
      const { body } = await ask("GET", `/db/_changes?include_docs=true&limit=200&since=${since}`);
      const { results, last_seq, pending } = changesPage.parse(body);
      seen.push(...results.map(({ id }) => id));
      since = last_seq;
      expect(results.length).toBeLessThan(11);
      if (pending > 0) continue;
      expect(pages).toBe(3);
      break;
    }
    expect(new Set(seen).size).toBe(20);
  });

  it("larger than the limit are cut off, also where they do not say their length", async () => {
    const { couch, ask } = startHarness({ limits: { maxRequestBytes: 1000 } });
    await ask("PUT", "/db");
    let pulled = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 100;
        controller.enqueue(new Uint8Array(100).fill(0x20));
      },
    });
    const init: RequestInit & { duplex: "half" } = {
      method: "PUT",
      body,
      duplex: "half",
      headers: { Authorization: basic(ADMIN) },
    };
    const response = await couch.handle(new Request("http://127.0.0.1/db/doc", init));
    expect(response.status).toBe(413);
    expect(pulled).toBeLessThan(2000);
  });
});

const changesPage = z.object({
  results: z.array(z.object({ id: z.string() })),
  last_seq: z.string(),
  pending: z.number(),
});

function definedOnly(extra: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(extra).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}
