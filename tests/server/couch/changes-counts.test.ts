// `last_seq`, `pending` and the rows of `_changes`, as CouchDB's own suite has them for one shard (`chttpd_changes_test`).
import { describe, expect, it } from "vitest";
import { startHarness, textOf, type Harness } from "#tests/server/couch/harness.ts";

const REVISIONS = [
  ["doc1", "1-a"],
  ["_design/doc2", "1-a", true],
  ["doc3", "1-a"],
  ["doc1", "2-b"],
  ["doc1", "2-c"],
  ["doc1", "2-d", true],
  ["doc3", "2-b", true],
  ["_design/doc2", "2-c"],
] as const;

async function prepare(): Promise<Harness> {
  // Nothing comes any more: a feed that waits has waited long enough.
  const harness = startHarness({
    startTimer: (_delayMs, ring) => {
      const timer = setImmediate(ring);
      return () => {
        clearImmediate(timer);
      };
    },
  });
  await harness.ask("PUT", "/db");
  for (const [_id, rev, _deleted = false] of REVISIONS) {
    const [start, id] = rev.split("-");
    const _revisions = { start: Number(start), ids: start === "2" ? [id, "a"] : [id] };
    const docs = [{ _id, _rev: rev, _revisions, ...(_deleted ? { _deleted } : {}) }];
    await harness.ask("POST", "/db/_bulk_docs", { body: { new_edits: false, docs } });
  }
  return harness;
}

/** Number of the last sequence, pending, numbers of the rows. */
type Seen = [last: number, pending: number, ...rows: number[]];

function summary(text: string): Seen {
  const isList = text.startsWith('{"results"');
  const objects: unknown[] = isList
    ? [...Object.values(Object(JSON.parse(text)).results ?? []), JSON.parse(text)]
    : text
        .split("\n")
        .filter((line) => line !== "")
        .map((line): unknown => JSON.parse(line));
  const number = (value: unknown, key: string) => Number.parseInt(textOf(value, key), 10);
  const last = objects.at(-1);
  return [
    number(last, "last_seq"),
    number(last, "pending"),
    ...objects.slice(0, -1).map((row) => number(row, "seq")),
  ];
}

describe("_changes", () => {
  it.each<[query: string, seen: Seen]>([
    ["", [8, 0, 6, 7, 8]],
    ["since=now", [8, 0]],
    ["limit=0", [0, 3]],
    ["limit=1", [6, 2, 6]],
    ["descending=true", [6, 0, 8, 7, 6]],
    ["descending=true&limit=0", [8, 3]],
    ["descending=true&limit=1", [8, 2, 8]],
    ["feed=longpoll", [8, 0, 6, 7, 8]],
    ["feed=longpoll&since=now", [8, 0]],
    ["feed=longpoll&limit=0", [0, 3]],
    ["feed=longpoll&descending=true", [6, 0, 8, 7, 6]],
    ["feed=continuous", [8, 0, 6, 7, 8]],
    ["feed=continuous&since=now", [8, 0]],
    ["feed=continuous&limit=0", [0, 3]],
    ["feed=continuous&limit=1", [6, 2, 6]],
    ["feed=continuous&limit=3", [8, 0, 6, 7, 8]],
    ["feed=continuous&limit=4", [8, 0, 6, 7, 8]],
    ["feed=continuous&descending=true", [6, 0, 8, 7, 6]],
    ["feed=continuous&descending=true&limit=0", [8, 3]],
    ["feed=continuous&descending=true&limit=1", [8, 2, 8]],
    ["feed=continuous&descending=true&limit=3", [6, 0, 8, 7, 6]],
    ["feed=continuous&descending=true&limit=999", [6, 0, 8, 7, 6]],
    // What is found by its id leaves the rest to come.
    ["filter=_design", [8, 2, 8]],
    ["feed=longpoll&filter=_design", [8, 2, 8]],
    ["feed=continuous&filter=_design", [8, 2, 8]],
    ["filter=_doc_ids&doc_ids=[%22doc1%22,%22doc3%22]", [8, 1, 6, 7]],
    ["filter=_doc_ids&doc_ids=[%22doc1%22,%22doc3%22]&limit=1", [6, 2, 6]],
    ["LIMIT=1&Feed=continuous", [6, 2, 6]],
    ["limit=1&limit=2", [7, 1, 6, 7]],
    ["filter=/", [8, 0, 6, 7, 8]],
  ])("?%s", async (query, seen) => {
    const { couch, send } = await prepare();
    const response = await send("GET", `/db/_changes?${query}`);
    expect(summary(await response.text())).toEqual(seen);
    couch.close();
  });

  it("goes through all changes for more than a thousand ids", async () => {
    const { couch, send } = await prepare();
    const doc_ids = ["doc1", ...Array.from({ length: 1_000 }, (_, index) => `absent-${String(index)}`)];
    const response = await send("POST", "/db/_changes?filter=_doc_ids", { body: { doc_ids } });
    const [last, pending, ...rows] = summary(await response.text());
    expect([pending, rows, last]).toEqual([0, [6], 8]);
    couch.close();
  });

  it("is written a row a line", async () => {
    const { couch, send } = await prepare();
    const text = await (await send("GET", "/db/_changes")).text();
    expect(text.replaceAll(/-g1[^"]*/g, "")).toBe(
      '{"results":[\n{"seq":"6","id":"doc1","changes":[{"rev":"2-c"}]},\r\n' +
        '{"seq":"7","id":"doc3","changes":[{"rev":"2-b"}],"deleted":true},\r\n' +
        '{"seq":"8","id":"_design/doc2","changes":[{"rev":"2-c"}]}\n],\n"last_seq":"8","pending":0}\n',
    );
    couch.close();
  });
});
