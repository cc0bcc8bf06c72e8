// Attachments as CouchDB keeps and shows them: in documents, by themselves, and within limits.
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import Database from "libsql";
import { describe, expect, it } from "vitest";
import { relatedBody } from "#server/couch/multipart.ts";
import { member, refuse, startHarness, textOf, type Ask } from "#tests/server/couch/harness.ts";
import { CONFLICT, MISSING, error } from "#tests/server/couch/request-table.ts";

// CouchDB's documentation: the text of `my_recipe.txt` and its digest once it is packed.
const RECIPE = "1. Cook spaghetti\n2. Cook meetballs\n3. Mix them\n4. Add tomato sauce\n5. ...\n6. PROFIT!";
const RECIPE_DIGEST = "md5-198BPPNiT5fqlLxoYYbjBA==";
const PIXEL = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
const PIXEL_DIGEST = "md5-2JdGiI2i2VELZKnwMers1Q==";
const JSON_ONLY = { Accept: "application/json" };

const base64 = (text: string) => Buffer.from(text).toString("base64");
const md5 = (bytes: string | Uint8Array) => createHash("md5").update(bytes).digest("base64");

/** `pic` has a picture and a text, `plain` has nothing; `revs` names them. */
async function prepare() {
  const harness = startHarness({ rule: refuseBad });
  const { ask } = harness;
  await ask("PUT", "/db");
  const pic = await ask("PUT", "/db/pic", {
    body: {
      kind: "recipe",
      _attachments: {
        "pixel.gif": { content_type: "image/gif", data: PIXEL },
        "recipe.txt": { content_type: "text/plain", data: base64(RECIPE) },
      },
    },
  });
  const plain = await ask("PUT", "/db/plain", { body: {} });
  return { ...harness, revs: { pic: textOf(pic.body, "rev"), plain: textOf(plain.body, "rev") } };
}

function refuseBad(_db: string, newDoc: object): void {
  if (member(newDoc, "_attachments", "forbidden.txt") !== undefined) refuse({ forbidden: "No such file." });
}

type Revs = Awaited<ReturnType<typeof prepare>>["revs"];
type Row = [what: string, request: (revs: Revs) => [string, string, Ask?], status: number, body: unknown];

const ok = (id: string, generation: number) => ({
  ok: true,
  id,
  rev: expect.stringMatching(new RegExp(`^${String(generation)}-[0-9a-f]{32}$`)),
});
const text = (raw: string): Ask => ({ raw, headers: { "Content-Type": "text/plain" } });
const stubOf = (pixel: object) => ({ body: { _attachments: { "pixel.gif": pixel } } });

const ROWS: Row[] = [
  [
    "a document shows stubs",
    () => ["GET", "/db/pic"],
    200,
    {
      _id: "pic",
      _rev: expect.any(String),
      kind: "recipe",
      _attachments: {
        "pixel.gif": { content_type: "image/gif", revpos: 1, digest: PIXEL_DIGEST, length: 42, stub: true },
        "recipe.txt": {
          content_type: "text/plain",
          revpos: 1,
          digest: RECIPE_DIGEST,
          length: 85,
          stub: true,
        },
      },
    },
  ],
  [
    "how they are packed, if asked",
    () => ["GET", "/db/pic?att_encoding_info=true"],
    200,
    expect.objectContaining({
      _attachments: {
        "pixel.gif": { content_type: "image/gif", revpos: 1, digest: PIXEL_DIGEST, length: 42, stub: true },
        "recipe.txt": {
          content_type: "text/plain",
          revpos: 1,
          digest: RECIPE_DIGEST,
          length: 85,
          encoding: "gzip",
          encoded_length: 100,
          stub: true,
        },
      },
    }),
  ],
  [
    "their data, if asked",
    () => ["GET", "/db/pic?attachments=true", { headers: JSON_ONLY }],
    200,
    expect.objectContaining({
      _attachments: {
        "pixel.gif": { content_type: "image/gif", revpos: 1, digest: PIXEL_DIGEST, data: PIXEL },
        "recipe.txt": { content_type: "text/plain", revpos: 1, digest: RECIPE_DIGEST, data: base64(RECIPE) },
      },
    }),
  ],
  [
    "no data that the reader has",
    ({ pic }) => ["GET", `/db/pic?atts_since=["${pic}"]`, { headers: JSON_ONLY }],
    200,
    expect.objectContaining({
      _attachments: expect.objectContaining({ "pixel.gif": expect.objectContaining({ stub: true }) }),
    }),
  ],
  [
    "all data to a reader with an unknown revision",
    () => ["GET", `/db/pic?atts_since=["1-abc"]`, { headers: JSON_ONLY }],
    200,
    expect.objectContaining({
      _attachments: expect.objectContaining({ "pixel.gif": expect.objectContaining({ data: PIXEL }) }),
    }),
  ],
  [
    "a broken atts_since",
    () => ["GET", "/db/pic?atts_since=5"],
    400,
    error("bad_request", "Invalid list of revisions"),
  ],
  [
    "many documents with data",
    () => ["POST", "/db/_bulk_get?attachments=true", { body: { docs: [{ id: "pic" }] }, headers: JSON_ONLY }],
    200,
    {
      results: [
        {
          id: "pic",
          docs: [
            {
              ok: expect.objectContaining({
                _attachments: expect.objectContaining({
                  "pixel.gif": expect.objectContaining({ data: PIXEL }),
                }),
              }),
            },
          ],
        },
      ],
    },
  ],
  [
    "many documents with the data that is new to the reader",
    ({ pic }) => [
      "POST",
      "/db/_bulk_get",
      { body: { docs: [{ id: "pic", atts_since: [pic] }] }, headers: JSON_ONLY },
    ],
    200,
    expect.objectContaining({
      results: [
        expect.objectContaining({
          docs: [
            {
              ok: expect.objectContaining({
                _attachments: expect.objectContaining({
                  "pixel.gif": expect.objectContaining({ stub: true }),
                }),
              }),
            },
          ],
        }),
      ],
    }),
  ],
  ...["/db/_all_docs?include_docs=true", "/db/_changes?include_docs=true"].flatMap((path): Row[] => {
    const list = path.includes("_all_docs") ? "rows" : "results";
    const withPixel = (pixel: object) =>
      expect.objectContaining({
        [list]: expect.arrayContaining([
          expect.objectContaining({
            doc: expect.objectContaining({
              _attachments: expect.objectContaining({ "pixel.gif": expect.objectContaining(pixel) }),
            }),
          }),
        ]),
      });
    return [
      [`stubs in ${path}`, () => ["GET", path], 200, withPixel({ stub: true })],
      [`data in ${path}`, () => ["GET", `${path}&attachments=true`], 200, withPixel({ data: PIXEL })],
    ];
  }),
  [
    "an attachment is added",
    ({ plain }) => ["PUT", `/db/plain/a.txt?rev=${plain}`, text("a")],
    201,
    ok("plain", 2),
  ],
  [
    "an attachment is added by If-Match",
    ({ plain }) => ["PUT", "/db/plain/a.txt", { raw: "a", headers: { "If-Match": `"${plain}"` } }],
    201,
    ok("plain", 2),
  ],
  ["an attachment makes its document", () => ["PUT", "/db/new/a/b.txt", text("a")], 201, ok("new", 1)],
  ["an empty attachment", () => ["PUT", "/db/new/empty", text("")], 201, ok("new", 1)],
  [
    "an attachment of a design document",
    () => ["PUT", "/db/_design/d/a.txt", text("a")],
    201,
    ok("_design/d", 1),
  ],
  ["an attachment without the revision", () => ["PUT", "/db/plain/a.txt", text("a")], 409, CONFLICT],
  [
    "an attachment on a revision that is not there",
    () => ["PUT", "/db/plain/a.txt?rev=1-adae8575ecea588919bd08eb020c708e", text("a")],
    409,
    error("not_found", "missing_rev"),
  ],
  [
    "two revisions",
    ({ plain }) => ["PUT", `/db/plain/a.txt?rev=${plain}`, { raw: "a", headers: { "If-Match": '"1-b"' } }],
    400,
    error("bad_request", "Document rev and etag have different values"),
  ],
  [
    "a reserved document",
    () => ["PUT", "/db/_nonexistant/a.txt", text("a")],
    400,
    error("illegal_docid", "Only reserved document ids may start with underscore."),
  ],
  [
    "a reserved name",
    () => ["PUT", "/db/new/_a.txt", text("a")],
    400,
    error("bad_request", "Attachment name '_a.txt' starts with prohibited character '_'"),
  ],
  [
    "a name that no header carries",
    () => ["PUT", "/db/new/a%0d%0ab", text("a")],
    400,
    error("bad_request", "Attachment name has a control character"),
  ],
  [
    "a local document",
    () => ["PUT", "/db/_local/x/a", text("a")],
    400,
    error("bad_request", "_local documents do not accept attachments."),
  ],
  [
    "what the rule forbids",
    () => ["PUT", "/db/new/forbidden.txt", text("a")],
    403,
    error("forbidden", "No such file."),
  ],
  [
    "an encoding nobody knows",
    () => ["PUT", "/db/new/a", { raw: "a", headers: { "Content-Encoding": "br" } }],
    415,
    error("bad_content_type", "Only gzip and identity content-encodings are supported"),
  ],
  [
    "gzip that is none",
    () => ["PUT", "/db/new/a", { raw: "a", headers: { "Content-Encoding": "gzip" } }],
    400,
    error("bad_request", "Invalid attachment data for a"),
  ],
  [
    "more than fits",
    () => ["PUT", "/db/new/a", text("x".repeat(1_000_001))],
    413,
    error("attachment_too_large", "a"),
  ],
  [
    "little that unpacks to more than fits",
    () => [
      "PUT",
      "/db/new/a",
      { raw: new Uint8Array(gzipSync(Buffer.alloc(2_000_000))), headers: { "Content-Encoding": "gzip" } },
    ],
    413,
    error("attachment_too_large", "a"),
  ],
  [
    "together more than fits",
    ({ pic }) => ["PUT", `/db/pic/a?rev=${pic}`, text("x".repeat(999_900))],
    413,
    error("attachment_too_large", "a"),
  ],
  [
    "too many",
    () => [
      "PUT",
      "/db/new",
      {
        body: {
          _attachments: Object.fromEntries(
            Array.from({ length: 101 }, (_, i) => [`a${String(i)}`, { data: "" }]),
          ),
        },
      },
    ],
    413,
    error("document_too_large", "hit max_attachments_per_document"),
  ],
  ["GET of none", () => ["GET", "/db/pic/none"], 404, error("not_found", "Document is missing attachment")],
  ["GET of none of no document", () => ["GET", "/db/absent/none"], 404, MISSING],
  [
    "POST to an attachment",
    () => ["POST", "/db/pic/pixel.gif", { raw: "x" }],
    405,
    error("method_not_allowed", "Only DELETE,GET,HEAD,PUT allowed"),
  ],
  ["DELETE", ({ pic }) => ["DELETE", `/db/pic/pixel.gif?rev=${pic}`], 200, ok("pic", 2)],
  ["DELETE without the revision", () => ["DELETE", "/db/pic/pixel.gif"], 409, CONFLICT],
  [
    "DELETE of none",
    ({ pic }) => ["DELETE", `/db/pic/none?rev=${pic}`],
    404,
    error("not_found", "Document is missing attachment"),
  ],
  [
    "DELETE of a revision that is not there",
    () => ["DELETE", "/db/pic/pixel.gif?rev=4-garbage"],
    409,
    error("not_found", "missing_rev"),
  ],
  ["DELETE of no document", () => ["DELETE", "/db/absent/a"], 404, MISSING],
  [
    "data that is no base64",
    () => ["PUT", "/db/new", { body: { _attachments: { "foo.txt": { data: "notBase64Encoded=" } } } }],
    400,
    error("bad_request", "Invalid attachment data for foo.txt"),
  ],
  [
    "no data at all",
    () => ["PUT", "/db/new", { body: { _attachments: { "foo.txt": {} } } }],
    400,
    error("bad_request", "Invalid attachment data for foo.txt"),
  ],
  [
    "a list in place of attachments",
    () => ["PUT", "/db/new", { body: { _attachments: [] } }],
    400,
    error("doc_validation", "Bad special document member: _attachments"),
  ],
  [
    "a member that is no attachment",
    () => ["PUT", "/db/new", { body: { _attachments: { a: 5 } } }],
    201,
    ok("new", 1),
  ],
  [
    "one that should follow, where nothing does",
    () => ["PUT", "/db/new", { body: { _attachments: { a: { follows: true } } } }],
    400,
    error("bad_request", "Attachment a should follow, but nothing does"),
  ],
  ["a stub keeps", ({ pic }) => ["PUT", `/db/pic?rev=${pic}`, stubOf({ stub: true })], 201, ok("pic", 2)],
  [
    "a stub with its revpos keeps",
    ({ pic }) => ["PUT", `/db/pic?rev=${pic}`, stubOf({ stub: true, revpos: 1 })],
    201,
    ok("pic", 2),
  ],
  [
    "a stub with another revpos",
    ({ pic }) => ["PUT", `/db/pic?rev=${pic}`, stubOf({ stub: true, revpos: 10 })],
    412,
    error("missing_stub", "Invalid attachment stub in pic for pixel.gif"),
  ],
  [
    "a stub of nothing",
    ({ plain }) => ["PUT", `/db/plain?rev=${plain}`, stubOf({ stub: true })],
    412,
    error("missing_stub", "Invalid attachment stub in plain for pixel.gif"),
  ],
  [
    "a stub of nothing ends the whole batch",
    () => [
      "POST",
      "/db/_bulk_docs",
      { body: { docs: [{ _id: "good" }, { _id: "bad", ...stubOf({ stub: true }).body }] } },
    ],
    412,
    error("missing_stub", "Invalid attachment stub in bad for pixel.gif"),
  ],
  [
    "a copy takes them along",
    () => ["COPY", "/db/pic", { headers: { Destination: "copy" } }],
    201,
    ok("copy", 1),
  ],
];

describe("requests about attachments", () => {
  it.each(ROWS)("%s", async (_what, request, status, body) => {
    const { ask, revs, couch } = await prepare();
    const [method, path, options] = request(revs);
    const answer = await ask(method, path, options);
    expect({ status: answer.status, body: answer.body }).toEqual({ status, body });
    couch.close();
  });
});

describe("an attachment", () => {
  it("comes back as it was, with its digest, and runs nothing", async () => {
    const { send } = await prepare();
    const response = await send("GET", "/db/pic/pixel.gif");
    expect(Buffer.from(await response.arrayBuffer()).toString("base64")).toBe(PIXEL);
    expect(Object.fromEntries(response.headers)).toEqual({
      "accept-ranges": "bytes",
      "cache-control": "no-store",
      "content-security-policy": "sandbox",
      "content-type": "image/gif",
      etag: '"2JdGiI2i2VELZKnwMers1Q=="',
      "x-content-type-options": "nosniff",
    });
  });

  it("is packed only for who takes it so", async () => {
    const { send } = await prepare();
    const plain = await send("GET", "/db/pic/recipe.txt");
    expect(await plain.text()).toBe(RECIPE);
    expect(plain.headers.get("accept-ranges")).toBe("none");
    expect(plain.headers.has("content-encoding")).toBe(false);
    const packed = await send("GET", "/db/pic/recipe.txt", { headers: { "Accept-Encoding": "gzip" } });
    const bytes = Buffer.from(await packed.arrayBuffer());
    expect(packed.headers.get("content-encoding")).toBe("gzip");
    expect(packed.headers.get("etag")).toBe('"198BPPNiT5fqlLxoYYbjBA=="');
    expect(bytes.length).toBe(100);
    expect(gunzipSync(bytes).toString()).toBe(RECIPE);
  });

  it("is not sent again to who has it", async () => {
    const { send } = await prepare();
    const again = await send("GET", "/db/pic/pixel.gif", {
      headers: { "If-None-Match": '"2JdGiI2i2VELZKnwMers1Q=="' },
    });
    expect(again.status).toBe(304);
  });

  it.each([
    ["bytes=0-3", 206, "GIF8", "bytes 0-3/42"],
    ["bytes=-2", 206, "\x00;", "bytes 40-41/42"],
    ["bytes=40-", 206, "\x00;", "bytes 40-41/42"],
    ["bytes=40-100", 206, "\x00;", "bytes 40-41/42"],
    ["bytes=0-", 200, Buffer.from(PIXEL, "base64").toString("latin1"), null],
    ["bytes=9-3", 416, null, null],
    ["bytes=50-60", 416, null, null],
    ["lines=1-2", 200, Buffer.from(PIXEL, "base64").toString("latin1"), null],
  ])("in part: %s", async (range, status, content, contentRange) => {
    const { send } = await prepare();
    const response = await send("GET", "/db/pic/pixel.gif", { headers: { Range: range } });
    expect(response.status).toBe(status);
    expect(response.headers.get("content-range")).toBe(contentRange);
    const body = Buffer.from(await response.arrayBuffer()).toString("latin1");
    if (content !== null) expect(body).toBe(content);
    else
      expect(JSON.parse(body)).toEqual(
        error("requested_range_not_satisfiable", "Requested range not satisfiable"),
      );
  });

  it("in several parts", async () => {
    const { send } = await prepare();
    const response = await send("GET", "/db/pic/pixel.gif", { headers: { Range: "bytes=0-2,3-5" } });
    expect(response.status).toBe(206);
    const boundary = /boundary="(\w+)"/.exec(response.headers.get("content-type") ?? "")?.[1] ?? "";
    expect((await response.text()).split(`--${boundary}`)).toEqual([
      "",
      "\r\nContent-Type: image/gif\r\nContent-Range: bytes 0-2/42\r\n\r\nGIF\r\n",
      "\r\nContent-Type: image/gif\r\nContent-Range: bytes 3-5/42\r\n\r\n89a\r\n",
      "--",
    ]);
  });

  it("sent packed stays packed, and is unpacked for who cannot", async () => {
    const { ask, send } = await prepare();
    const packed = new Uint8Array(gzipSync("hello"));
    await ask("PUT", "/db/new/a.bin", { raw: packed, headers: { "Content-Encoding": "gzip" } });
    expect(await (await send("GET", "/db/new/a.bin")).text()).toBe("hello");
    expect((await ask("GET", "/db/new?att_encoding_info=true")).body).toMatchObject({
      _attachments: {
        "a.bin": { encoding: "gzip", digest: `md5-${md5(packed)}`, encoded_length: packed.length },
      },
    });
  });

  it("counts by what it unpacks to, whatever its sender says of its length, also when more comes later", async () => {
    const { ask } = startHarness();
    await ask("PUT", "/db");
    const packed = new Uint8Array(gzipSync(Buffer.alloc(600_000)));
    const said = { encoding: "gzip", follows: true, length: 1, encoded_length: packed.length };
    const sent = (names: readonly string[]): Ask => {
      const json = JSON.stringify({ _attachments: Object.fromEntries(names.map((name) => [name, said])) });
      const following = names.map((name) => ({ name, type: "image/bmp", encoding: "gzip", bytes: packed }));
      const raw = new Uint8Array(Buffer.concat(relatedBody("b", { json, following })));
      return { raw, headers: { "Content-Type": "multipart/related; boundary=b" } };
    };
    expect(await ask("PUT", "/db/two", sent(["a", "b"]))).toMatchObject({
      status: 413,
      body: { error: "attachment_too_large" },
    });
    const one = await ask("PUT", "/db/one", sent(["a"]));
    expect(one.status).toBe(201);
    // What is told is what was said, as CouchDB tells it.
    expect((await ask("GET", "/db/one")).body).toMatchObject({ _attachments: { a: { length: 1 } } });
    const rev = textOf(one.body, "rev");
    const headers = { "Content-Encoding": "gzip" };
    expect(await ask("PUT", `/db/one/b?rev=${rev}`, { raw: packed, headers })).toMatchObject({ status: 413 });
    const small = new Uint8Array(gzipSync(Buffer.alloc(300_000)));
    expect((await ask("PUT", `/db/one/b?rev=${rev}`, { raw: small, headers })).status).toBe(201);
  });

  it("stays readable in a file of before its bytes were counted, and counts as it was said to", async () => {
    const directory = mkdtempSync(join(tmpdir(), "neo-ve-attachments-"));
    const file = join(directory, "old.sqlite");
    const before = startHarness({ file });
    await before.ask("PUT", "/db");
    const { body } = await before.ask("PUT", "/db/new/a", text("x".repeat(600_000)));
    before.couch.close();
    const old = new Database(file);
    old.exec("ALTER TABLE attachment DROP COLUMN unpacked_length");
    old.close();
    const { ask, send, couch } = startHarness({ file });
    expect((await (await send("GET", "/db/new/a")).text()).length).toBe(600_000);
    const more = await ask("PUT", `/db/new/b?rev=${textOf(body, "rev")}`, text("x".repeat(600_000)));
    expect(more.status).toBe(413);
    couch.close();
    rmSync(directory, { recursive: true });
  });

  it("says at which revision it came, and keeps that when others change", async () => {
    const { ask, revs } = await prepare();
    const put = await ask("PUT", `/db/pic/a.txt?rev=${revs.pic}`, text("a"));
    await ask("PUT", `/db/pic?rev=${textOf(put.body, "rev")}`, {
      body: { _attachments: { "a.txt": { stub: true }, "pixel.gif": { data: base64("other") } } },
    });
    expect((await ask("GET", "/db/pic")).body).toMatchObject({
      _attachments: { "a.txt": { revpos: 2 }, "pixel.gif": { revpos: 3, length: 5 } },
    });
  });

  it("names its place", async () => {
    const { ask, revs } = await prepare();
    const put = await ask("PUT", `/db/plain/a%20b.txt?rev=${revs.plain}`, text("a"));
    expect(put.headers.get("location")).toBe("http://127.0.0.1/db/plain/a%20b.txt");
    const deleted = await ask("DELETE", `/db/plain/a%20b.txt?rev=${textOf(put.body, "rev")}`);
    expect(deleted.headers.has("location")).toBe(false);
  });

  it("of a revision that was superseded is there until compaction, and its content goes with its last reader", async () => {
    const { ask, send, revs } = await prepare();
    const size = async () => Number(member((await ask("GET", "/db")).body, "sizes", "file"));
    const content = "x".repeat(10_000);
    const first = await ask("PUT", `/db/plain/a.bin?rev=${revs.plain}`, {
      raw: content,
      headers: { "Content-Type": "a/b" },
    });
    const rev = textOf(first.body, "rev");
    const before = await size();
    // The same content once more costs nothing.
    await ask("PUT", "/db/twin/b.bin", { raw: content, headers: { "Content-Type": "a/b" } });
    expect((await size()) - before).toBeLessThan(100);
    await ask("DELETE", `/db/plain/a.bin?rev=${rev}`);
    expect((await send("GET", `/db/plain/a.bin?rev=${rev}`)).status).toBe(200);
    await ask("POST", "/db/_compact", { body: {} });
    expect((await send("GET", `/db/plain/a.bin?rev=${rev}`)).status).toBe(404);
    expect(await (await send("GET", "/db/twin/b.bin")).text()).toBe(content);
    const twin = textOf((await ask("GET", "/db/twin")).body, "_rev");
    await ask("POST", "/db/_purge", { body: { twin: [twin] } });
    expect(before - (await size())).toBeGreaterThan(9_000);
  });

  it("that was refused leaves nothing in the file", async () => {
    const { ask } = await prepare();
    const size = async () => Number(member((await ask("GET", "/db")).body, "sizes", "file"));
    const before = await size();
    await ask("PUT", "/db/new/forbidden.txt", { raw: "x".repeat(100_000) });
    await ask("PUT", "/db/plain/a.txt", { raw: "y".repeat(100_000) });
    expect(await size()).toBe(before);
  });

  it("belongs to the members of its database", async () => {
    const { ask, addUser } = await prepare();
    const outsider = await addUser("outsider", ["other"]);
    for (const [method, path] of [
      ["GET", "/db/pic/pixel.gif"],
      ["PUT", "/db/pic/pixel.gif"],
      ["DELETE", "/db/pic/pixel.gif"],
      ["COPY", "/db/pic"],
    ] as const) {
      expect((await ask(method, path, { as: outsider })).status).toBe(403);
      expect((await ask(method, path, { as: null })).status).toBe(401);
    }
  });
});

describe("_users", () => {
  it("lets people copy or attach to nobody's account, their own neither", async () => {
    const { ask, addUser } = await prepare();
    const mai = await addUser("mai", []);
    const own = "/_users/org.couchdb.user:mai";
    expect((await ask("PUT", `${own}/a.txt`, { as: mai, raw: "a" })).status).toBe(403);
    expect((await ask("COPY", own, { as: mai, headers: { Destination: "x" } })).status).toBe(403);
  });
});
