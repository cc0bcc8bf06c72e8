// A deleted document: begun anew without a revision, never continued from its deletion (CouchDB, `merge_rev_tree`).
import { describe, expect, it } from "vitest";
import { textOf } from "#tests/server/couch/harness.ts";
import { CONFLICT, checkTable, prepare, type Row } from "#tests/server/couch/request-table.ts";

/** The deletion of `gone`. */
const GONE = "2-eec205a9d413992850a6e32678485900";
const REV_3 = expect.stringMatching(/^3-[0-9a-f]{32}$/);

const ROWS: Row[] = [
  ["PUT", "/db/gone", { body: { again: 1 } }, 201, { ok: true, id: "gone", rev: REV_3 }],
  ["PUT", "/db/gone", { body: { _rev: GONE, again: 1 } }, 409, CONFLICT],
  ["PUT", `/db/gone?rev=${GONE}`, { body: { again: 1 } }, 409, CONFLICT],
  ["PUT", "/db/gone", { body: { _rev: GONE, _deleted: true } }, 409, CONFLICT],
  ["PUT", "/db/gone", { body: {}, headers: { "If-Match": GONE } }, 409, CONFLICT],
  ["PUT", `/db/gone/file?rev=${GONE}`, { raw: "x" }, 409, CONFLICT],
  ["POST", "/db", { body: { _id: "gone", _rev: GONE } }, 409, CONFLICT],
  ["COPY", "/db/doc", { headers: { Destination: `gone?rev=${GONE}` } }, 409, CONFLICT],
  [
    "POST",
    "/db/_bulk_docs",
    {
      body: {
        docs: [
          { _id: "gone", _rev: GONE, again: 1 },
          { _id: "gone", _rev: GONE, _deleted: true },
          { _id: "gone", again: 1 },
        ],
      },
    },
    201,
    [
      { id: "gone", ...CONFLICT },
      { id: "gone", ...CONFLICT },
      { ok: true, id: "gone", rev: REV_3 },
    ],
  ],
];

describe("a deleted document", () => {
  checkTable(ROWS);

  it("that has another leaf can be written on top of a deleted one", async () => {
    const { ask } = await prepare();
    const deletion = await ask("DELETE", "/db/split?rev=2-b");
    const rev = textOf(deletion.body, "rev");
    expect((await ask("PUT", "/db/split", { body: { _rev: rev, side: "left" } })).status).toBe(201);
  });
});
