// Requests nobody should send: each gets a refusal or an answer, and nothing is changed by them.
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ADMIN, basic, member, startHarness } from "#tests/server/couch/harness.ts";

describe("hostile requests", () => {
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

  it("that name more keys than anybody needs get 413, before each is looked up", async () => {
    const { ask } = startHarness({ limits: { maxAskedFor: 10 } });
    await ask("PUT", "/db");
    const keys = Array.from({ length: 11 }, () => "absent");
    expect(await ask("POST", "/db/_all_docs", { body: { keys } })).toMatchObject({
      status: 413,
      body: { error: "too_large" },
    });
    expect((await ask("POST", "/db/_all_docs", { body: { keys: keys.slice(1) } })).status).toBe(200);
  });

  it("may ask for as many revisions as a request can name, of a document with the longest history", async () => {
    const { ask } = startHarness();
    await ask("PUT", "/db");
    const ids = Array.from({ length: 1000 }, (_, back) => `r${String(1000 - back)}`);
    const docs = [{ _id: "long", _revisions: { start: 1000, ids } }];
    await ask("POST", "/db/_bulk_docs", { body: { new_edits: false, docs } });
    const names = Array.from({ length: 200_000 }, (_, each) => `2000-${String(each)}`);
    const { status, body } = await ask("POST", "/db/_revs_diff", { body: { long: [...names, "7-r7"] } });
    expect(status).toBe(200);
    expect(member(body, "long")).toEqual({ missing: names, possible_ancestors: ["1000-r1000"] });
  });

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
