// The options of `_all_docs`: what CouchDB's `couch_mrview` and `fabric_view_all_docs` make of each.
import { describe, expect, it } from "vitest";
import { REV_1, SEQ, checkTable, error, prepare, type Row } from "#tests/server/couch/request-table.ts";

const parseError = (reason: string) => error("query_parse_error", reason);

/** `_design/d`, `doc` and `split` are there. */
const page = (offset: number | null, ...ids: string[]) =>
  expect.objectContaining({
    total_rows: 3,
    offset,
    rows: ids.map((id) => expect.objectContaining({ id })),
  });

const RANGES: Row[] = [
  ["GET", "/db/_all_docs?startkey=%22doc%22", {}, 200, page(1, "doc", "split")],
  ["GET", "/db/_all_docs?startkey=%22e%22&endkey=%22f%22", {}, 200, page(2)],
  ["GET", "/db/_all_docs?startkey=%22zzz%22", {}, 200, page(3)],
  ["GET", "/db/_all_docs?key=%22absent%22", {}, 200, page(1)],
  ["GET", "/db/_all_docs?limit=0", {}, 200, page(0)],
  ["GET", "/db/_all_docs?limit=0&startkey=%22doc%22", {}, 200, page(1)],
  ["GET", "/db/_all_docs?startkey=%22doc%22&endkey=%22doc%22&skip=1", {}, 200, page(2)],
  ["GET", "/db/_all_docs?skip=10", {}, 200, page(3)],
  ["GET", "/db/_all_docs?descending=true&startkey=%22doc%22", {}, 200, page(1, "doc", "_design/d")],
  ["GET", "/db/_all_docs?key=%22doc%22&inclusive_end=false", {}, 200, page(1)],
  ["GET", "/db/_all_docs?key=%22doc%22&endkey=%22split%22", {}, 200, page(1, "doc", "split")],
  // A key that is no text is no bound.
  ["GET", "/db/_all_docs?endkey=5", {}, 200, page(0, "_design/d", "doc", "split")],
  ["GET", "/db/_all_docs?startkey=null&descending=true&limit=1", {}, 200, page(0, "split")],
];

const VALUES: Row[] = [
  ["GET", "/db/_all_docs?limit=1&limit=2", {}, 200, page(0, "_design/d", "doc")],
  ["GET", "/db/_all_docs?skip=1;limit=1", {}, 200, page(1, "doc")],
  ["POST", "/db/_all_docs?limit=1", { body: { limit: 2 } }, 200, page(0, "_design/d")],
  ["GET", "/db/_all_docs?limit=%2B1", {}, 200, page(0, "_design/d")],
  ["GET", "/db/_all_docs?limit=", {}, 400, parseError("Invalid value for integer: []")],
  [
    "POST",
    "/db/_all_docs",
    { body: { limit: -1 } },
    400,
    parseError("Invalid value for positive integer: -1"),
  ],
  ["POST", "/db/_all_docs", { body: { limit: 1.5 } }, 400, parseError("Invalid value for integer: 1.5")],
  ["POST", "/db/_all_docs", { body: { skip: "2" } }, 400, parseError('Invalid value for integer: <<"2">>')],
  ["POST", "/db/_all_docs", { body: { descending: "TRUE", limit: 1 } }, 200, page(0, "split")],
  ["GET", "/db/_all_docs?include_docs=Yes", {}, 400, parseError('Invalid boolean parameter: "Yes"')],
  ["GET", "/db/_all_docs?update_seq=1", {}, 400, parseError('Invalid boolean parameter: "1"')],
  ["GET", "/db/_all_docs?key=%zz", {}, 400, error("bad_request", "invalid_url_encoding")],
  ["GET", "/db/_all_docs?unheard=of", {}, 200, page(0, "_design/d", "doc", "split")],
];

const TOGETHER: Row[] = [
  ["GET", "/db/_all_docs?reduce=true", {}, 400, parseError("Reduce is invalid for map-only views.")],
  ["GET", "/db/_all_docs?reduce=false", {}, 200, page(0, "_design/d", "doc", "split")],
  ["GET", "/db/_all_docs?group=true", {}, 400, parseError("Invalid use of grouping on a map view.")],
  ["GET", "/db/_all_docs?group_level=1", {}, 400, parseError("Invalid use of grouping on a map view.")],
  ["GET", "/db/_all_docs?group_level=0", {}, 200, page(0, "_design/d", "doc", "split")],
  [
    "GET",
    "/db/_all_docs?group=false&group_level=1",
    {},
    400,
    parseError("Can't specify group=false and group_level>0 at the same time"),
  ],
  [
    "POST",
    "/db/_all_docs",
    { body: { keys: ["doc"], startkey: "a" } },
    400,
    parseError("`keys` is incompatible with `key`, `start_key` and `end_key`"),
  ],
  ["GET", "/db/_all_docs?keys=[]&key=%22doc%22", {}, 200, page(null)],
  ["GET", "/db/_all_docs?stale=soon", {}, 400, parseError("Invalid value for `stale`.")],
  ["GET", "/db/_all_docs?stale=ok&update=lazy&stable=true&limit=0", {}, 200, page(0)],
  ["GET", "/db/_all_docs?stable=x", {}, 400, parseError("Invalid value for `stable`.")],
  ["GET", "/db/_all_docs?update=x", {}, 400, parseError("Invalid value for `update`.")],
  [
    "GET",
    "/db/_all_docs?partition=x",
    {},
    400,
    parseError("`partition` parameter is not supported on this db"),
  ],
];

describe("a range of documents", () => {
  checkTable(RANGES);
});

describe("a value of an option", () => {
  checkTable(VALUES);
});

describe("options together", () => {
  checkTable(TOGETHER);
});

describe("the answer", () => {
  it("is written a row a line", async () => {
    const { send } = await prepare();
    const text = await (await send("GET", "/db/_all_docs?key=%22doc%22&update_seq=true")).text();
    const seq = String(/"update_seq":"([^"]+)"/.exec(text)?.[1]);
    expect(seq).toEqual(SEQ);
    expect(text).toBe(
      `{"total_rows":3,"offset":1,"update_seq":"${seq}","rows":[\r\n` +
        `{"id":"doc","key":"doc","value":{"rev":"${REV_1}"}}\r\n]}\n`,
    );
  });

  it("has no sequence for keys", async () => {
    const { ask } = await prepare();
    const { body } = await ask("POST", "/db/_all_docs?update_seq=true", { body: { keys: ["absent"] } });
    const rows = [{ key: "absent", error: "not_found" }];
    expect(body).toEqual({ total_rows: 3, offset: null, update_seq: null, rows });
  });
});
