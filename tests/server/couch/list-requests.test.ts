// Lists of documents and of changes.
import { describe, expect } from "vitest";
import {
  MISSING,
  REV_1,
  REV_2,
  SEQ,
  checkTable,
  error,
  type Row,
} from "#tests/server/couch/request-table.ts";

const ids = (...list: string[]) => list.map((id) => expect.objectContaining({ id }));
const keysOf = (value: unknown) => encodeURIComponent(JSON.stringify(value));

const LISTS: Row[] = [
  [
    "GET",
    "/db/_all_docs",
    {},
    200,
    {
      total_rows: 3,
      offset: 0,
      rows: [
        expect.objectContaining({ id: "_design/d" }),
        { id: "doc", key: "doc", value: { rev: REV_1 } },
        { id: "split", key: "split", value: { rev: "2-c" } },
      ],
    },
  ],
  [
    "GET",
    "/db/_all_docs?include_docs=true&conflicts=true&startkey=%22e%22&update_seq=true",
    {},
    200,
    {
      total_rows: 3,
      offset: 2,
      update_seq: SEQ,
      rows: [
        {
          id: "split",
          key: "split",
          value: { rev: "2-c" },
          doc: { _id: "split", _rev: "2-c", side: "right", _conflicts: ["2-b"] },
        },
      ],
    },
  ],
  [
    "POST",
    "/db/_all_docs",
    { body: { keys: ["doc", "gone", "absent", 5] } },
    200,
    {
      total_rows: 3,
      offset: null,
      rows: [
        { id: "doc", key: "doc", value: { rev: REV_1 } },
        {
          id: "gone",
          key: "gone",
          value: { rev: expect.stringMatching(/^2-/), deleted: true },
        },
        { key: "absent", error: "not_found" },
        { key: 5, error: "not_found" },
      ],
    },
  ],
  [
    "GET",
    `/db/_all_docs?keys=${keysOf(["gone"])}&include_docs=true`,
    {},
    200,
    expect.objectContaining({ rows: [expect.objectContaining({ id: "gone", doc: null })] }),
  ],
  [
    "GET",
    "/db/_all_docs?descending=true&limit=1&skip=1",
    {},
    200,
    expect.objectContaining({ rows: ids("doc"), offset: 1 }),
  ],
  ["GET", "/db/_all_docs?key=%22doc%22", {}, 200, expect.objectContaining({ rows: ids("doc") })],
  [
    "GET",
    "/db/_all_docs?startkey=%22doc%22&endkey=%22split%22&inclusive_end=false",
    {},
    200,
    expect.objectContaining({ rows: ids("doc") }),
  ],
  ["GET", "/db/_all_docs?startkey=x", {}, 400, error("bad_request", "invalid UTF-8 JSON")],
  [
    "GET",
    "/db/_all_docs?limit=-1",
    {},
    400,
    error("query_parse_error", 'Invalid value for positive integer: "-1"'),
  ],
  ["GET", "/db/_all_docs?limit=x", {}, 400, error("query_parse_error", 'Invalid value for integer: "x"')],
  ["GET", "/db/_all_docs?include_docs=1", {}, 400, expect.objectContaining({ error: "query_parse_error" })],
  ["GET", "/db/_all_docs?keys=5", {}, 400, error("bad_request", "`keys` parameter must be an array.")],
  [
    "GET",
    "/db/_changes?since=0",
    {},
    200,
    {
      results: [
        { seq: SEQ, id: "doc", changes: [{ rev: REV_1 }] },
        { seq: SEQ, id: "gone", changes: [{ rev: REV_2 }], deleted: true },
        { seq: SEQ, id: "split", changes: [{ rev: "2-c" }] },
        { seq: SEQ, id: "_design/d", changes: [{ rev: expect.stringMatching(/^1-/) }] },
      ],
      last_seq: SEQ,
      pending: 0,
    },
  ],
  [
    "GET",
    "/db/_changes?limit=2&include_docs=true",
    {},
    200,
    {
      results: [
        expect.objectContaining({ doc: { _id: "doc", _rev: REV_1, foo: "bar" } }),
        expect.objectContaining({ doc: { _id: "gone", _rev: REV_2, _deleted: true } }),
      ],
      last_seq: SEQ,
      pending: 2,
    },
  ],
  [
    "GET",
    "/db/_changes?descending=true&limit=1",
    {},
    200,
    expect.objectContaining({ results: ids("_design/d") }),
  ],
  ["GET", "/db/_changes?since=now", {}, 200, { results: [], last_seq: SEQ, pending: 0 }],
  [
    "GET",
    "/db/_changes?style=all_docs&filter=_doc_ids&doc_ids=%5B%22split%22%5D&include_docs=true&conflicts=true",
    {},
    200,
    expect.objectContaining({
      results: [
        {
          seq: SEQ,
          id: "split",
          changes: [{ rev: "2-c" }, { rev: "2-b" }],
          doc: expect.objectContaining({ _conflicts: ["2-b"] }),
        },
      ],
    }),
  ],
  [
    "POST",
    "/db/_changes?filter=_doc_ids",
    { body: { doc_ids: ["doc", "gone"] } },
    200,
    expect.objectContaining({ results: ids("doc", "gone") }),
  ],
  [
    "POST",
    "/db/_changes?filter=_selector",
    { body: { selector: { foo: { $in: ["bar", "baz"] } } } },
    200,
    expect.objectContaining({ results: ids("doc"), pending: 0 }),
  ],
  [
    "POST",
    "/db/_changes?filter=_selector&style=all_docs",
    { body: { selector: { side: "left" } } },
    200,
    expect.objectContaining({
      results: [expect.objectContaining({ id: "split", changes: [{ rev: "2-b" }] })],
    }),
  ],
  [
    "POST",
    "/db/_changes?filter=_design",
    { body: {} },
    200,
    expect.objectContaining({ results: ids("_design/d") }),
  ],
  [
    "POST",
    "/db/_changes?filter=_selector",
    { body: { selector: { foo: { $regex: "(a+)+$" } } } },
    400,
    error("bad_request", "Invalid operator: $regex"),
  ],
  [
    "GET",
    "/db/_changes?filter=_selector",
    {},
    400,
    error("bad_request", "Selector must be specified in POST payload"),
  ],
  [
    "GET",
    "/db/_changes?filter=_doc_ids",
    {},
    400,
    error("bad_request", "`doc_ids` filter parameter is not a list of doc ids."),
  ],
  ["GET", "/db/_changes?filter=_odd", {}, 400, error("bad_request", "unknown builtin filter name")],
  ["GET", "/db/_changes?filter=absent/f", {}, 404, MISSING],
  ["GET", "/db/_changes?filter=d/f", {}, 404, error("not_found", "missing json key: filters")],
  ["GET", "/db/_changes?filter=/d/f/", {}, 404, error("not_found", "missing json key: filters")],
  [
    "GET",
    "/db/_changes?filter=d/f/g",
    {},
    400,
    error("bad_request", "`filter` must be of the form `designname/filtername`"),
  ],
  [
    "GET",
    "/db/_changes?since=",
    {},
    400,
    error("bad_request", "Malformed sequence supplied in 'since' parameter."),
  ],
  [
    "GET",
    "/db/_changes?heartbeat=false",
    {},
    400,
    error("bad_request", "Invalid heartbeat value. Expecting a positive integer value (in milliseconds)."),
  ],
  [
    "POST",
    "/db/_changes?filter=_doc_ids&doc_ids=%5B%22doc%22%5D",
    { body: {} },
    400,
    error("bad_request", "`doc_ids` filter parameter is not a list of doc ids."),
  ],
  [
    "POST",
    "/db/_changes?filter=_selector",
    { headers: { "Content-Type": "application/json" } },
    400,
    error("bad_request", "invalid UTF-8 JSON"),
  ],
  [
    "POST",
    "/db/_changes?filter=_selector",
    { body: { selector: {}, fields: ["foo"] } },
    400,
    expect.objectContaining({ error: "bad_request" }),
  ],
  [
    "GET",
    "/db/_changes?since=12",
    {},
    400,
    error("bad_request", "Malformed sequence supplied in 'since' parameter."),
  ],
  ["GET", "/db/_changes?seq_interval=10&timeout=1000", {}, 200, expect.objectContaining({ pending: 0 })],
  ["GET", "/db/_changes?seq_interval=0", {}, 400, error("bad_request", "invalid_seq_interval")],
  ["GET", "/db/_changes?feed=odd", {}, 400, expect.objectContaining({ error: "bad_request" })],
  ["GET", "/db/_changes?feed=eventsource", {}, 400, expect.objectContaining({ error: "bad_request" })],
  ["GET", "/db/_changes?heartbeat=0", {}, 400, expect.objectContaining({ error: "bad_request" })],
  ["HEAD", "/db/_changes?feed=longpoll", {}, 200, null],
  ["PUT", "/db/_changes", { body: {} }, 405, error("method_not_allowed", "Only GET,POST,HEAD allowed")],
];

describe("list requests", () => {
  checkTable(LISTS);
});
