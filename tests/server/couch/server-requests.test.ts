// Requests on the server and on whole databases.
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { startHarness } from "#tests/server/couch/harness.ts";
import { CONFLICT, REV_1, SEQ, checkTable, error, type Row } from "#tests/server/couch/request-table.ts";

const SERVER: Row[] = [
  ["GET", "/", {}, 200, expect.objectContaining({ couchdb: "Welcome", version: "3.5.0" })],
  ["GET", "/_up", {}, 200, { status: "ok", seeds: {} }],
  ["GET", "/_all_dbs", {}, 200, ["_users", "db"]],
  ["GET", "/_all_dbs", { as: null }, 401, error("unauthorized", "You are not a server admin.")],
  ["GET", "/_all_dbs?limit=1&skip=1", {}, 200, ["db"]],
  ["GET", "/_all_dbs?descending=true", {}, 200, ["db", "_users"]],
  ["GET", "/_all_dbs?startkey=%22a%22&endkey=%22db%22", {}, 200, ["db"]],
  ["GET", "/_all_dbs?endkey=%22db%22&inclusive_end=false", {}, 200, ["_users"]],
  ["GET", "/_all_dbs?key=%22_users%22", {}, 200, ["_users"]],
  ["GET", "/_all_dbs?limit=x", {}, 400, error("query_parse_error", 'Invalid value for integer: "x"')],
  ["DELETE", "/_all_dbs", { as: null }, 401, error("unauthorized", "You are not a server admin.")],
  ["DELETE", "/_all_dbs", {}, 405, error("method_not_allowed", "Only GET,HEAD allowed")],
  ["GET", "/_nothing", {}, 404, error("not_found", "Database does not exist.")],
  ["GET", "/_nothing", { as: null }, 401, error("unauthorized", "You are not a server admin.")],
  ["DELETE", "/", {}, 405, error("method_not_allowed", "Only GET,HEAD allowed")],
  ["GET", "/%zz", {}, 400, error("bad_request", "invalid_url_encoding")],
  ["GET", "/db?x=%zz", {}, 400, error("bad_request", "invalid_url_encoding")],
  ["GET", "//db//doc/", {}, 200, { _id: "doc", _rev: REV_1, foo: "bar" }],
];

const DATABASE: Row[] = [
  ["PUT", "/new", {}, 201, { ok: true }],
  ["PUT", "/with%2Fslash", {}, 201, { ok: true }],
  ["PUT", "/new?q=1&n=3", {}, 201, { ok: true }],
  ["PUT", "/new?q=0", {}, 400, error("bad_request", "The `q` value should be a positive integer.")],
  ["PUT", "/new?n=x", {}, 400, error("bad_request", "The `n` value should be a positive integer.")],
  ["PUT", "/new?partitioned=x", {}, 400, error("bad_request", "Invalid `partitioned` parameter")],
  [
    "PUT",
    "/db",
    {},
    412,
    error("file_exists", "The database could not be created, the file already exists."),
  ],
  ["PUT", "/Upper", {}, 400, expect.objectContaining({ error: "illegal_database_name" })],
  ["PUT", "/other", { as: null }, 401, error("unauthorized", "You are not a server admin.")],
  [
    "GET",
    "/db",
    {},
    200,
    expect.objectContaining({
      db_name: "db",
      doc_count: 3,
      doc_del_count: 1,
      update_seq: SEQ,
      instance_start_time: "1795334400",
    }),
  ],
  ["HEAD", "/db", {}, 200, null],
  ["HEAD", "/absent", {}, 404, null],
  ["GET", "/absent", {}, 404, error("not_found", "Database does not exist.")],
  ["GET", "/absent/doc", {}, 404, error("not_found", "Database does not exist.")],
  ["DELETE", "/absent", {}, 404, error("not_found", "Database does not exist.")],
  ["DELETE", "/db?rev=1-a", {}, 400, expect.objectContaining({ error: "bad_request" })],
  ["DELETE", "/db", {}, 200, { ok: true }],
  ["PATCH", "/db", {}, 405, error("method_not_allowed", "Only DELETE,GET,HEAD,POST allowed")],
  ["POST", "/db", { body: { _id: "p", foo: "bar" } }, 201, { ok: true, id: "p", rev: REV_1 }],
  [
    "POST",
    "/db",
    { body: { foo: "bar" } },
    201,
    { ok: true, id: expect.stringMatching(/^[0-9a-f]{32}$/), rev: REV_1 },
  ],
  ["POST", "/db", { body: { _id: "doc" } }, 409, CONFLICT],
  [
    "POST",
    "/db",
    { raw: "{}", headers: { "Content-Type": "text/plain" } },
    415,
    error("bad_content_type", "Content-Type must be application/json"),
  ],
  [
    "POST",
    "/db",
    { raw: new Uint8Array(gzipSync('{"_id":"p","foo":"bar"}')), headers: { "Content-Encoding": "gzip" } },
    201,
    { ok: true, id: "p", rev: REV_1 },
  ],
  [
    "POST",
    "/db",
    { raw: "{}", headers: { "Content-Encoding": "br" } },
    415,
    error("bad_content_type", "br is not a supported content encoding."),
  ],
  [
    "POST",
    "/db/_revs_diff",
    { body: { split: ["4-z", "1-q", "2-b", "2-y"], absent: [], doc: ["1-y"] } },
    200,
    {
      split: { missing: ["1-q", "4-z", "2-y"], possible_ancestors: ["2-b", "2-c"] },
      doc: { missing: ["1-y"] },
    },
  ],
  ["POST", "/db?batch=ok", { body: {} }, 400, expect.objectContaining({ error: "bad_request" })],
  ["POST", "/db/_ensure_full_commit", { body: {} }, 201, { ok: true, instance_start_time: "1795334400" }],
  ["POST", "/db/_compact", { body: {} }, 202, { ok: true }],
  ["GET", "/db/_security", {}, 200, { members: { roles: ["_admin"] }, admins: { roles: ["_admin"] } }],
  ["PUT", "/db/_security", { body: { members: { roles: ["staff"] } } }, 200, { ok: true }],
  ["PUT", "/db/_security", { body: [] }, 400, expect.objectContaining({ error: "bad_request" })],
  [
    "PUT",
    "/db/_security",
    { body: { members: { roles: "staff" } } },
    400,
    error("bad_request", "roles must be a JSON list of strings"),
  ],
  [
    "PUT",
    "/_users/_security",
    { body: {} },
    403,
    error("forbidden", "You can't edit the security object of the user database."),
  ],
];

describe("server requests", () => {
  checkTable(SERVER);
});

describe("database requests", () => {
  checkTable(DATABASE);
});

describe("a packed body", () => {
  it("is unpacked up to the limit of a request", async () => {
    const { ask } = startHarness({ limits: { maxRequestBytes: 1_000 } });
    await ask("PUT", "/db");
    const post = (raw: Uint8Array<ArrayBuffer>) =>
      ask("POST", "/db", { raw, headers: { "Content-Encoding": "gzip" } });
    const packed = (length: number) => new Uint8Array(gzipSync(JSON.stringify({ text: "x".repeat(length) })));
    expect((await post(packed(900))).status).toBe(201);
    expect((await post(packed(100_000))).status).toBe(413);
    expect((await post(new Uint8Array([1, 2, 3]))).status).toBe(400);
  });
});
