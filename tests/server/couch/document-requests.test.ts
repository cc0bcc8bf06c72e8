// Requests on one document: ordinary, design and local.
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { startHarness } from "#tests/server/couch/harness.ts";
import {
  CONFLICT,
  MISSING,
  REV_1,
  REV_2,
  checkTable,
  error,
  prepare,
  type Row,
} from "#tests/server/couch/request-table.ts";

/** Without it, CouchDB answers `open_revs` as multipart. */
const JSON_ONLY = { headers: { Accept: "application/json" } };

const packed = (text: string) => new Uint8Array(gzipSync(text));

const DOCUMENT: Row[] = [
  ["GET", "/db/doc", {}, 200, { _id: "doc", _rev: REV_1, foo: "bar" }],
  ["HEAD", "/db/doc", {}, 200, null],
  ["GET", "/db/absent", {}, 404, MISSING],
  ["GET", "/db/gone", {}, 404, error("not_found", "deleted")],
  ["GET", "/db/_nothing", {}, 404, MISSING],
  ["GET", `/db/doc?rev=${REV_1}`, {}, 200, { _id: "doc", _rev: REV_1, foo: "bar" }],
  ["GET", "/db/doc?rev=2-x", {}, 404, MISSING],
  ["GET", "/db/doc?rev=x", {}, 400, error("bad_request", "Invalid rev format")],
  [
    "GET",
    "/db/doc?revs=true&revs_info=true",
    {},
    200,
    {
      _id: "doc",
      _rev: REV_1,
      foo: "bar",
      _revisions: { start: 1, ids: [REV_1.slice(2)] },
      _revs_info: [{ rev: REV_1, status: "available" }],
    },
  ],
  [
    "GET",
    "/db/split?conflicts=true",
    {},
    200,
    { _id: "split", _rev: "2-c", side: "right", _conflicts: ["2-b"] },
  ],
  [
    "GET",
    "/db/split?meta=true",
    {},
    200,
    expect.objectContaining({
      _conflicts: ["2-b"],
      _revs_info: [
        { rev: "2-c", status: "available" },
        { rev: "1-a", status: "missing" },
      ],
    }),
  ],
  [
    "GET",
    "/db/split?open_revs=all",
    JSON_ONLY,
    200,
    [
      { ok: { _id: "split", _rev: "2-b", side: "left" } },
      { ok: { _id: "split", _rev: "2-c", side: "right" } },
    ],
  ],
  [
    "GET",
    `/db/split?revs=true&open_revs=${encodeURIComponent('["3-z","2-b"]')}`,
    JSON_ONLY,
    200,
    [
      {
        ok: { _id: "split", _rev: "2-b", side: "left", _revisions: { start: 2, ids: ["b", "a"] } },
      },
      { missing: "3-z" },
    ],
  ],
  [
    "GET",
    `/db/split?latest=true&open_revs=${encodeURIComponent('["1-a"]')}`,
    JSON_ONLY,
    200,
    [{ ok: expect.objectContaining({ _rev: "2-b" }) }, { ok: expect.objectContaining({ _rev: "2-c" }) }],
  ],
  ["GET", "/db/absent?open_revs=all", {}, 404, MISSING],
  ["GET", "/db/doc?open_revs=[]", {}, 200, { _id: "doc", _rev: REV_1, foo: "bar" }],
  ["GET", "/db/doc?rev=1-", {}, 404, MISSING],
  ["GET", "/db/doc?note=100%", {}, 400, error("bad_request", "invalid_url_encoding")],
  ["GET", "/db/a%zz", {}, 400, error("bad_request", "invalid_url_encoding")],
  ["GET", "/db/doc?rev=12345678901-a", {}, 404, MISSING],
  ["GET", "/db/doc", { headers: { "If-None-Match": `"x", W/"${REV_1}"` } }, 304, null],
  ["GET", "/db/doc?open_revs=nonsense", {}, 400, error("bad_request", "invalid UTF-8 JSON")],
  ["GET", "/db/doc?local_seq=true", {}, 400, expect.objectContaining({ error: "bad_request" })],
  ["GET", "/db/doc?unheard_of=1", {}, 200, expect.objectContaining({ _id: "doc" })],
  ["PUT", "/db/new", { body: { foo: "bar" } }, 201, { ok: true, id: "new", rev: REV_1 }],
  ["PUT", "/db/a%2Fb", { body: { foo: "bar" } }, 201, { ok: true, id: "a/b", rev: REV_1 }],
  ["PUT", "/db/doc", { body: {} }, 409, CONFLICT],
  ["PUT", "/db/doc", { body: { _rev: REV_1 } }, 201, { ok: true, id: "doc", rev: REV_2 }],
  ["PUT", `/db/doc?rev=${REV_1}`, { body: {} }, 201, { ok: true, id: "doc", rev: REV_2 }],
  [
    "PUT",
    "/db/doc",
    { body: {}, headers: { "If-Match": `"${REV_1}"` } },
    201,
    { ok: true, id: "doc", rev: REV_2 },
  ],
  [
    "PUT",
    "/db/doc?rev=1-b",
    { body: { _rev: REV_1 } },
    400,
    error("bad_request", "Document rev from request body and query string have different values"),
  ],
  ["PUT", "/db/doc", { body: { _rev: REV_1, _deleted: true } }, 200, { ok: true, id: "doc", rev: REV_2 }],
  [
    "PUT",
    "/db/gone",
    { body: { again: 1 } },
    201,
    { ok: true, id: "gone", rev: expect.stringMatching(/^3-/) },
  ],
  ["PUT", "/db/gone", { body: { _deleted: true } }, 409, CONFLICT],
  ["PUT", "/db/doc", { body: [] }, 400, error("bad_request", "Document must be a JSON object")],
  ["PUT", "/db/doc", { raw: "{" }, 400, error("bad_request", "invalid UTF-8 JSON")],
  ["PUT", "/db/doc", { raw: "" }, 400, error("bad_request", "invalid UTF-8 JSON")],
  [
    "PUT",
    "/db/doc",
    { raw: Uint8Array.of(0x22, 0xff, 0x22) },
    400,
    error("bad_request", "invalid UTF-8 JSON"),
  ],
  [
    "PUT",
    "/db/new",
    { raw: packed('{"foo":"bar"}'), headers: { "Content-Encoding": "gzip" } },
    201,
    { ok: true, id: "new", rev: REV_1 },
  ],
  [
    "PUT",
    "/db/new",
    { raw: "{}", headers: { "Content-Encoding": "gzip" } },
    400,
    error("bad_request", "Request body is not properly gzipped."),
  ],
  [
    "PUT",
    "/db/new",
    { raw: "{}", headers: { "Content-Encoding": "br" } },
    415,
    error("bad_content_type", "br is not a supported content encoding."),
  ],
  ["PUT", "/db/doc", { body: { _rev: "1-" } }, 409, CONFLICT],
  ["PUT", "/db/new", { body: { _rev: "1-a" } }, 409, CONFLICT],
  [
    "PUT",
    "/db/new",
    { body: { _rev: "1-a", _attachments: { file: { stub: true } } } },
    412,
    error("missing_stub", "Invalid attachment stub in new for file"),
  ],
  [
    "PUT",
    "/db/new?new_edits=false",
    { body: { _rev: "1-" } },
    400,
    error("bad_request", "Invalid rev format"),
  ],
  // Without an id there is nothing that a revision could be of.
  [
    "POST",
    "/db",
    { body: { _rev: "1-a", foo: "bar" } },
    201,
    { ok: true, id: expect.stringMatching(/^[0-9a-f]{32}$/), rev: REV_1 },
  ],
  ["POST", "/db", { body: { _id: "doc", _rev: "1-a" } }, 409, CONFLICT],
  [
    "PUT",
    "/db/new",
    { body: { _replication_state: "completed", _replication_id: "a", foo: "bar" } },
    201,
    { ok: true, id: "new", rev: expect.stringMatching(/^1-/) },
  ],
  [
    "PUT",
    "/db/new",
    { body: { _strange: 1 } },
    400,
    error("doc_validation", "Bad special document member: _strange"),
  ],
  [
    "PUT",
    "/db/_strange",
    { body: {} },
    400,
    error("illegal_docid", "Only reserved document ids may start with underscore."),
  ],
  ["PUT", "/db/new", { body: { bad: 1 } }, 403, error("forbidden", "This is bad.")],
  ["PUT", "/db/new", { body: { strange: 1 } }, 401, error("unauthorized", "Who are you?")],
  ["PUT", "/db/new", { body: { _attachments: {} } }, 201, expect.objectContaining({ ok: true })],
  ["PUT", "/db/new", { body: { t: "x".repeat(1_000_001) } }, 413, error("document_too_large", "new")],
  ["DELETE", `/db/doc?rev=${REV_1}`, {}, 200, { ok: true, id: "doc", rev: REV_2 }],
  ["DELETE", "/db/doc", {}, 409, CONFLICT],
  ["DELETE", "/db/absent?rev=1-a", {}, 404, MISSING],
  ["DELETE", "/db/gone?rev=1-a", {}, 404, error("not_found", "deleted")],
  [
    "PATCH",
    "/db/doc",
    { body: {} },
    405,
    error("method_not_allowed", "Only DELETE,GET,HEAD,POST,PUT,COPY allowed"),
  ],
  ["POST", "/db/doc", { body: {} }, 400, error("bad_request", "Referer header required.")],
  [
    "POST",
    "/db/doc",
    { body: {}, headers: { Referer: "http://127.0.0.1/" } },
    400,
    error("bad_request", "Forms are not supported by this server."),
  ],
  ["COPY", "/db/doc", { headers: { Destination: "copy" } }, 201, { ok: true, id: "copy", rev: REV_1 }],
  ["COPY", "/db/doc", { headers: { Destination: "a%2Fb" } }, 201, { ok: true, id: "a/b", rev: REV_1 }],
  ["COPY", "/db/doc", { headers: { Destination: "split" } }, 409, CONFLICT],
  [
    "COPY",
    "/db/doc",
    { headers: { Destination: "split?rev=2-c" } },
    201,
    { ok: true, id: "split", rev: expect.stringMatching(/^3-/) },
  ],
  [
    "COPY",
    "/db/split?rev=2-b",
    { headers: { Destination: "copy" } },
    201,
    expect.objectContaining({ id: "copy" }),
  ],
  ["COPY", "/db/absent", { headers: { Destination: "copy" } }, 404, MISSING],
  ["COPY", "/db/gone", { headers: { Destination: "copy" } }, 404, error("not_found", "deleted")],
  ["COPY", "/db/doc", {}, 400, error("bad_request", "Destination header is mandatory for COPY.")],
  [
    "COPY",
    "/db/doc",
    { headers: { Destination: "http://elsewhere/x" } },
    400,
    error("bad_request", "Destination URL must be relative."),
  ],
  ["GET", "/db/_design/d", {}, 200, expect.objectContaining({ language: "javascript" })],
  ["GET", "/db/_design%2Fd?revs=true", {}, 301, null],
  ["PUT", "/db/_design%2Fe", { body: {} }, 201, expect.objectContaining({ id: "_design/e" })],
  ["GET", "/db/_local/checkpoint", {}, 200, { _id: "_local/checkpoint", _rev: "0-1", at: 1 }],
  ["GET", "/db/_local/absent", {}, 404, MISSING],
  [
    "GET",
    "/db/_local/checkpoint?revs=true&meta=true",
    {},
    200,
    { _id: "_local/checkpoint", _rev: "0-1", at: 1, _revisions: { start: 0, ids: ["1"] } },
  ],
  // They have no tree that a revision could be looked for in.
  ["GET", "/db/_local/checkpoint?rev=0-1", {}, 404, MISSING],
  ["GET", "/db/_local/checkpoint?open_revs=all", JSON_ONLY, 404, MISSING],
  [
    "GET",
    `/db/_local/checkpoint?open_revs=${encodeURIComponent('["0-1"]')}`,
    JSON_ONLY,
    200,
    [{ missing: "0-1" }],
  ],
  [
    "PUT",
    "/db/_local/checkpoint?rev=0-9",
    { body: { _rev: "0-1" } },
    400,
    error("bad_request", "Document rev from request body and query string have different values"),
  ],
  [
    "PUT",
    "/db/_local/checkpoint",
    { body: {}, headers: { "If-Match": '"0-5"' } },
    201,
    { ok: true, id: "_local/checkpoint", rev: "0-6" },
  ],
  [
    "PUT",
    "/db/_local/checkpoint",
    { body: { _rev: "1-1" } },
    400,
    error("bad_request", "Invalid rev format"),
  ],
  [
    "COPY",
    "/db/_local/checkpoint",
    { headers: { Destination: "_local/second" } },
    201,
    { ok: true, id: "_local/second", rev: "0-1" },
  ],
  ["COPY", "/db/_local/checkpoint?rev=0-1", { headers: { Destination: "copy" } }, 404, MISSING],
  [
    "PUT",
    "/db/_local/checkpoint",
    { body: { _rev: "0-1", at: 2 } },
    201,
    { ok: true, id: "_local/checkpoint", rev: "0-2" },
  ],
  ["DELETE", "/db/_local/checkpoint?rev=0-1", {}, 200, { ok: true, id: "_local/checkpoint", rev: "0-0" }],
  ["GET", "/db/_local", {}, 400, error("bad_request", "Invalid _local document id.")],
];

describe("document requests", () => {
  checkTable(DOCUMENT);
});

describe("answers about documents", () => {
  it("say the revision in the ETag, and 304 to who has it", async () => {
    const { ask } = await prepare();
    const got = await ask("GET", "/db/doc");
    expect(got.headers.get("etag")).toBe(`"${REV_1}"`);
    const again = await ask("GET", "/db/doc", { headers: { "If-None-Match": `"${REV_1}"` } });
    expect(again.status).toBe(304);
  });

  it("have an ETag where nothing is said of other revisions, also if that was asked for", async () => {
    const { ask } = await prepare();
    expect((await ask("GET", "/db/doc?conflicts=true")).headers.get("etag")).toBe(`"${REV_1}"`);
    expect((await ask("GET", "/db/split?conflicts=true")).headers.has("etag")).toBe(false);
    expect((await ask("GET", "/db/doc?revs_info=true")).headers.has("etag")).toBe(false);
    const local = (await ask("GET", "/db/_local/checkpoint")).headers.get("etag") ?? "";
    expect(local).toMatch(/^"[0-9A-Z]{20,25}"$/);
    const again = await ask("GET", "/db/_local/checkpoint", { headers: { "If-None-Match": local } });
    expect(again.status).toBe(304);
  });

  it("send readers of an encoded design document on", async () => {
    const { ask } = await prepare();
    const { headers } = await ask("GET", "/db/_design%2Fd?revs=true");
    expect(headers.get("location")).toBe("http://127.0.0.1/db/_design/d?revs=true");
  });

  it("name the place of a copy, and its revision in the ETag", async () => {
    const { ask } = await prepare();
    const { headers } = await ask("COPY", "/db/doc", { headers: { Destination: "a%2Fb" } });
    expect(headers.get("location")).toBe("http://127.0.0.1/db/a%2Fb");
    expect(headers.get("etag")).toBe(`"${REV_1}"`);
  });

  it("name the place of a new document", async () => {
    const { ask } = await prepare();
    const put = await ask("PUT", "/db/a%2Fb", { body: {} });
    expect(put.headers.get("location")).toBe("http://127.0.0.1/db/a%2Fb");
  });

  it("name their members in CouchDB's order, what is said of other revisions before the attachments", async () => {
    const { ask } = await prepare();
    await ask("PUT", "/db/new", { body: { a: 1, _attachments: { file: { data: "" } } } });
    const { body } = await ask("GET", "/db/new?revs=true&meta=true");
    expect(Object.keys(body ?? {})).toEqual(["_id", "_rev", "a", "_revisions", "_revs_info", "_attachments"]);
  });

  it("keep what a replicator notes in a document of its own, as any other member", async () => {
    const { ask } = await prepare();
    await ask("PUT", "/db/new", { body: { _replication_state: "error", a: 1 } });
    expect((await ask("GET", "/db/new")).body).toMatchObject({ _replication_state: "error", a: 1 });
  });

  it("give a _local document the same ETag when it is written and when it is read", async () => {
    const { ask } = await prepare();
    const put = await ask("PUT", "/db/_local/new", { body: { a: 1 } });
    const got = await ask("GET", "/db/_local/new");
    expect(put.headers.get("etag")).toBe(got.headers.get("etag"));
  });

  it("refuse a small packet that would blow up in the memory", async () => {
    const { ask, couch } = startHarness({ limits: { maxRequestBytes: 100_000 } });
    await ask("PUT", "/db");
    const raw = packed(`{"t":"${"x".repeat(100_000)}"}`);
    const answer = await ask("PUT", "/db/new", { raw, headers: { "Content-Encoding": "gzip" } });
    expect(answer).toMatchObject({ status: 413, body: { error: "too_large" } });
    couch.close();
  });

  it("keep superseded revisions until compaction", async () => {
    const { ask } = await prepare();
    await ask("PUT", "/db/doc", { body: { _rev: REV_1, foo: "baz" } });
    expect((await ask("GET", `/db/doc?rev=${REV_1}`)).status).toBe(200);
    await ask("POST", "/db/_compact", { body: {} });
    expect((await ask("GET", `/db/doc?rev=${REV_1}`)).status).toBe(404);
    const left = await ask("GET", "/db/doc?revs_info=true");
    expect(left.body).toMatchObject({
      foo: "baz",
      _revs_info: [{ status: "available" }, { rev: REV_1, status: "missing" }],
    });
  });

  it("forget a document whose last leaf is purged", async () => {
    const { ask } = await prepare();
    await ask("POST", "/db/_purge", { body: { doc: [REV_1] } });
    expect((await ask("GET", "/db/doc")).body).toEqual(MISSING);
    expect((await ask("GET", "/db/_changes")).body).not.toMatchObject({
      results: [expect.objectContaining({ id: "doc" })],
    });
    expect((await ask("PUT", "/db/doc", { body: { foo: "bar" } })).body).toMatchObject({
      rev: REV_1,
    });
  });
});
