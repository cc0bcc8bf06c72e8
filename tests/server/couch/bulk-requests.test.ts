// Requests about many documents at once.
import { describe, expect } from "vitest";
import {
  CONFLICT,
  MISSING,
  REV_1,
  REV_2,
  checkTable,
  error,
  type Row,
} from "#tests/server/couch/request-table.ts";

const BULK: Row[] = [
  [
    "POST",
    "/db/_bulk_docs",
    {
      body: {
        docs: [
          { _id: "x", foo: "bar" },
          { _id: "doc" },
          { _id: "y", bad: 1 },
          { _id: "x" },
          { _id: "doc", _rev: REV_1 },
        ],
      },
    },
    201,
    [
      { ok: true, id: "x", rev: REV_1 },
      { id: "doc", ...CONFLICT },
      { id: "y", ...error("forbidden", "This is bad.") },
      { id: "x", ...CONFLICT },
      { ok: true, id: "doc", rev: REV_2 },
    ],
  ],
  [
    "POST",
    "/db/_bulk_docs",
    {
      body: {
        new_edits: false,
        docs: [
          { _id: "far", _rev: "3-c", _revisions: { start: 3, ids: ["c", "b", "a"] } },
          { _id: "ill", _rev: "1-z", bad: 1 },
          { _id: "doc", _rev: REV_1, foo: "already here" },
        ],
      },
    },
    201,
    [{ id: "ill", rev: "1-z", ...error("forbidden", "This is bad.") }],
  ],
  [
    "POST",
    "/db/_bulk_docs",
    { body: { docs: [{ _id: "_local/odd", _rev: "0-x" }, { _id: "_local/even" }] } },
    201,
    [
      { id: "_local/odd", ...error("bad_request", "Invalid rev format") },
      { ok: true, id: "_local/even", rev: "0-1" },
    ],
  ],
  // Said of each row, and nothing is written.
  [
    "POST",
    "/db/_bulk_docs",
    { body: { all_or_nothing: true, docs: [{ _id: "x" }, { _id: "doc", _rev: REV_1 }] } },
    417,
    [
      { id: "x", rev: "0-", ...error("not_implemented", "all_or_nothing is not supported") },
      { id: "doc", rev: REV_1, ...error("not_implemented", "all_or_nothing is not supported") },
    ],
  ],
  ["POST", "/db/_bulk_docs", { body: { all_or_nothing: true, docs: [] } }, 201, []],
  [
    "POST",
    "/db/_bulk_docs",
    { body: { all_or_nothing: true, new_edits: false, docs: [{ _id: "x", _rev: "1-a" }] } },
    201,
    [],
  ],
  [
    "POST",
    "/db/_bulk_docs",
    { body: { new_edits: false, docs: [{ _id: "naked" }] } },
    400,
    error("bad_request", "When `new_edits: false`, the document needs `_rev` or `_revisions` specified"),
  ],
  [
    "POST",
    "/db/_bulk_docs",
    { body: {} },
    400,
    error("bad_request", "POST body must include `docs` parameter."),
  ],
  [
    "POST",
    "/db/_bulk_docs",
    { body: { docs: {} } },
    400,
    error("bad_request", "`docs` parameter must be an array."),
  ],
  [
    "POST",
    "/db/_bulk_docs",
    { body: { docs: [], new_edits: 1 } },
    400,
    error("bad_request", "`new_edits` parameter must be a boolean."),
  ],
  [
    "POST",
    "/db/_bulk_docs",
    { body: { docs: Array.from({ length: 201 }, () => ({})) } },
    413,
    error("max_bulk_docs_count_exceeded", "200"),
  ],
  [
    "POST",
    "/db/_bulk_get",
    { body: { docs: Array.from({ length: 10_001 }, () => ({ id: "doc" })) } },
    413,
    error("max_bulk_get_count_exceeded", "10000"),
  ],
  ["POST", "/db/_bulk_docs", { body: [] }, 400, error("bad_request", "Request body must be a JSON object")],
  ["GET", "/db/_bulk_docs", {}, 405, error("method_not_allowed", "Only POST allowed")],
  [
    "POST",
    "/db/_bulk_get?revs=true",
    {
      body: {
        docs: [
          { id: "doc" },
          { id: "doc", rev: "2-x" },
          { id: "absent" },
          { id: "doc", rev: "x" },
          {},
          { rev: "1-a" },
          { id: "doc", atts_since: 5 },
          { id: "_odd" },
        ],
      },
    },
    200,
    {
      results: [
        { id: "doc", docs: [{ ok: expect.objectContaining({ _rev: REV_1, foo: "bar" }) }] },
        { id: "doc", docs: [{ error: { id: "doc", rev: "2-x", ...MISSING } }] },
        { id: "absent", docs: [{ error: { id: "absent", rev: "undefined", ...MISSING } }] },
        {
          id: "doc",
          docs: [{ error: { id: "doc", rev: "x", ...error("bad_request", "Invalid rev format") } }],
        },
        {
          id: null,
          docs: [
            { error: { id: null, rev: null, ...error("bad_request", "document must be a JSON object") } },
          ],
        },
        {
          id: null,
          docs: [{ error: { id: null, rev: null, ...error("bad_request", "document id missed") } }],
        },
        {
          id: "doc",
          docs: [
            {
              error: {
                id: "doc",
                rev: 5,
                ...error("bad_request", "att_since value must be array of revs."),
              },
            },
          ],
        },
        { id: "_odd", docs: [{ error: expect.objectContaining({ error: "illegal_docid" }) }] },
      ],
    },
  ],
  [
    "POST",
    "/db/_bulk_get?latest=true",
    { body: { docs: [{ id: "split", rev: "1-a" }] } },
    200,
    {
      results: [
        {
          id: "split",
          docs: [
            { ok: expect.objectContaining({ _rev: "2-b" }) },
            { ok: expect.objectContaining({ _rev: "2-c" }) },
          ],
        },
      ],
    },
  ],
  ["POST", "/db/_bulk_get", { body: {} }, 400, error("bad_request", "Missing JSON list of 'docs'.")],
  [
    "POST",
    "/db/_bulk_get?rev=1-a",
    { body: { docs: [] } },
    400,
    error("bad_request", '"rev" query parameter is not acceptable'),
  ],
  [
    "POST",
    "/db/_revs_diff",
    { body: { doc: [REV_1, "2-new"], split: ["2-b"], absent: ["1-a"] } },
    200,
    {
      doc: { missing: ["2-new"], possible_ancestors: [REV_1] },
      absent: { missing: ["1-a"] },
    },
  ],
  [
    "POST",
    "/db/_missing_revs",
    { body: { doc: [REV_1, "2-new"], split: ["2-b"] } },
    200,
    { missing_revs: { doc: ["2-new"] } },
  ],
  [
    "POST",
    "/db/_revs_diff",
    { body: { doc: "1-a" } },
    400,
    error("bad_request", "Invalid list of revisions"),
  ],
  [
    "POST",
    "/db/_purge",
    { body: { split: ["2-c", "9-z"], absent: ["1-a"] } },
    201,
    { purge_seq: null, purged: { split: ["2-c"], absent: [] } },
  ],
];

describe("bulk requests", () => {
  checkTable(BULK);
});
