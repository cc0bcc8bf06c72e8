// The multipart forms that CouchDB's replicator reads and sends, to the byte, and what is not such a form.
import { describe, expect, it } from "vitest";
import { readMultipart } from "#tests/server/couch/couch-replicator.ts";
import { startHarness, textOf, type Harness } from "#tests/server/couch/harness.ts";
import { error } from "#tests/server/couch/request-table.ts";

const REV = "1-5cb3f4cb8a7b4a3d9d0a2c1f8c2a3e11";

async function prepare(): Promise<Harness> {
  const harness = startHarness();
  const { ask } = harness;
  await ask("PUT", "/db");
  await ask("PUT", "/db/plain?new_edits=false", { body: { _rev: REV, x: 1 } });
  await ask("PUT", "/db/file?new_edits=false", {
    body: {
      _rev: REV,
      _attachments: {
        "a.bin": {
          content_type: "application/binary",
          data: Buffer.from("hello").toString("base64"),
          revpos: 1,
        },
      },
    },
  });
  return harness;
}

const FILE_JSON =
  `{"_id":"file","_rev":"${REV}","_attachments":{"a.bin":{"content_type":"application/binary","revpos":1,` +
  `"digest":"md5-XUFAKrxLKna5cZ2REBfFkg==","length":5,"follows":true}}}`;
const FILE_PART =
  '\r\nContent-Disposition: attachment; filename="a.bin"\r\nContent-Type: application/binary\r\nContent-Length: 5\r\n\r\nhello\r\n';

async function ofSend(response: Promise<Response>) {
  const answer = await response;
  return { status: answer.status, type: answer.headers.get("content-type") ?? "", text: await answer.text() };
}

const boundaryOf = (type: string) => /boundary="?([^"]+)"?$/.exec(type)?.[1] ?? "";

describe("GET with open_revs", () => {
  it.each(["multipart/mixed", "*/*", "multipart/*;q=0.5, text/plain", undefined])(
    "answers multipart/mixed to %s",
    async (accept) => {
      const { send } = await prepare();
      const headers = accept === undefined ? {} : { Accept: accept };
      const query = `open_revs=["${REV}","2-x"]&revs=true`;
      const { status, type, text } = await ofSend(send("GET", `/db/plain?${query}`, { headers }));
      const boundary = boundaryOf(type);
      expect(status).toBe(200);
      expect(type).toBe(`multipart/mixed; boundary="${boundary}"`);
      const json = `{"_id":"plain","_rev":"${REV}","x":1,"_revisions":{"start":1,"ids":["${REV.slice(2)}"]}}`;
      expect(text).toBe(
        `--${boundary}\r\nContent-Type: application/json\r\n\r\n${json}\r\n--${boundary}` +
          `\r\nContent-Type: application/json; error="true"\r\n\r\n{"missing":"2-x"}\r\n--${boundary}--`,
      );
    },
  );

  it.each(["application/json", "multipart/mixed;q=0, */*", "text/plain"])(
    "answers JSON to %s",
    async (accept) => {
      const { ask } = await prepare();
      const { body } = await ask("GET", "/db/plain?open_revs=all", { headers: { Accept: accept } });
      expect(body).toEqual([{ ok: { _id: "plain", _rev: REV, x: 1 } }]);
    },
  );

  it("puts attachments behind their document", async () => {
    const { send } = await prepare();
    const { type, text } = await ofSend(send("GET", `/db/file?open_revs=["${REV}"]`));
    const [part] = readMultipart(text, type);
    const inner = boundaryOf(part?.type ?? "");
    expect(part?.type).toBe(`multipart/related; boundary="${inner}"`);
    expect(part?.body).toBe(
      `--${inner}\r\nContent-Type: application/json\r\n\r\n${FILE_JSON}\r\n--${inner}${FILE_PART}--${inner}--`,
    );
  });
});

describe("GET with attachments", () => {
  it("answers multipart/related, and JSON to who wants that", async () => {
    const { send } = await prepare();
    const { type, text } = await ofSend(send("GET", "/db/file?attachments=true"));
    const boundary = boundaryOf(type);
    expect(type).toBe(`multipart/related; boundary="${boundary}"`);
    expect(text).toBe(
      `--${boundary}\r\nContent-Type: application/json\r\n\r\n${FILE_JSON}\r\n--${boundary}${FILE_PART}--${boundary}--`,
    );
    const json = await ofSend(
      send("GET", "/db/file?attachments=true", { headers: { Accept: "application/json" } }),
    );
    expect(json.text).toContain('"data":"aGVsbG8="');
    const plain = await ofSend(send("GET", "/db/plain?attachments=true"));
    expect(plain.type).toBe("application/json");
  });
});

describe("_bulk_get", () => {
  it.each(["multipart/mixed", "multipart/related"])(
    "answers %s to who does not take JSON",
    async (accept) => {
      const { send } = await prepare();
      const docs = [{ id: "plain" }, { id: "file" }, { id: "file", rev: "2-x" }, { id: "absent" }];
      const { type, text } = await ofSend(
        send("POST", "/db/_bulk_get", { body: { docs }, headers: { Accept: accept } }),
      );
      const outer = boundaryOf(type);
      const inner = /multipart\/related; boundary=(\S+)/.exec(text)?.[1] ?? "";
      expect(type).toBe(`${accept}; boundary="${outer}"`);
      expect(text).toBe(
        `\r\n--${outer}\r\nContent-Type: application/json\r\n\r\n{"_id":"plain","_rev":"${REV}","x":1}` +
          `\r\n--${outer}\r\nX-Doc-Id: file\r\nX-Rev-Id: ${REV}\r\nContent-Type: multipart/related; boundary=${inner}\r\n\r\n` +
          `--${inner}\r\nContent-Type: application/json\r\n\r\n${FILE_JSON}\r\n--${inner}${FILE_PART}--${inner}--` +
          `\r\n--${outer}\r\nContent-Type: application/json; error="true"\r\n\r\n{"rev":"2-x","error":"not_found","reason":"missing"}` +
          `\r\n--${outer}\r\nContent-Type: application/json; error="true"\r\n\r\n` +
          `{"error":"not_found","id":"absent","reason":"missing","rev":"undefined"}\r\n--${outer}--\r\n`,
      );
    },
  );
});

describe("PUT of multipart/related", () => {
  const TYPE = 'multipart/related;boundary="abc123"';
  const file = (length: number) => ({ follows: true, content_type: "application/test", length });
  const body = (json: object, ...parts: string[]) =>
    `--abc123\r\ncontent-type: application/json\r\n\r\n${JSON.stringify(json)}` +
    `${parts.map((part) => `\r\n--abc123\r\n\r\n${part}`).join("")}\r\n--abc123--epilogue`;
  const put = (harness: Harness, raw: string, type = TYPE) =>
    harness.ask("PUT", "/db/new", { raw, headers: { "Content-Type": type } });

  it("keeps document and attachments in the order they are named", async () => {
    const harness = await prepare();
    const json = { body: "This is a body.", _attachments: { "foo.txt": file(21), "bar.txt": file(20) } };
    const answer = await put(
      harness,
      `preamble\r\n${body(json, "this is 21 chars long", "this is 20 chars lon")}`,
    );
    expect(answer).toMatchObject({ status: 201, body: { ok: true, id: "new" } });
    expect(answer.headers.get("etag")).toBe(`"${textOf(answer.body, "rev")}"`);
    expect(await (await harness.send("GET", "/db/new/foo.txt")).text()).toBe("this is 21 chars long");
    expect(await (await harness.send("GET", "/db/new/bar.txt")).text()).toBe("this is 20 chars lon");
  });

  it("also when their names are numbers", async () => {
    const harness = await prepare();
    const json = '{"_attachments":{"10":{"follows":true,"length":3},"2":{"follows":true,"length":3}}}';
    const raw = `--abc123\r\nContent-Type: application/json\r\n\r\n${json}\r\n--abc123\r\n\r\nten\r\n--abc123\r\n\r\ntwo\r\n--abc123--`;
    expect((await put(harness, raw)).status).toBe(201);
    expect(await (await harness.send("GET", "/db/new/10")).text()).toBe("ten");
    expect(await (await harness.send("GET", "/db/new/2")).text()).toBe("two");
  });

  it.each([
    [
      "a part that is missing",
      body({ _attachments: { a: file(1) } }),
      TYPE,
      400,
      error("bad_request", "attachment shorter than expected"),
    ],
    [
      "a part that is cut",
      body({ _attachments: { a: file(5) } }, "1234"),
      TYPE,
      400,
      error("bad_request", "attachment shorter than expected"),
    ],
    [
      "a part that is too long",
      body({ _attachments: { a: file(3) } }, "1234"),
      TYPE,
      400,
      error("bad_request", "attachment longer than expected"),
    ],
    [
      "a part that was changed on the way",
      body({ _attachments: { a: { ...file(4), digest: "md5-XUFAKrxLKna5cZ2REBfFkg==" } } }, "1234"),
      TYPE,
      400,
      error("content_md5_mismatch", "Possible message corruption."),
    ],
    [
      "a stub of nothing",
      body({ _attachments: { a: { stub: true } } }),
      TYPE,
      412,
      error("missing_stub", "Invalid attachment stub in new for a"),
    ],
    [
      "no end",
      body({}).replace("--abc123--", ""),
      TYPE,
      400,
      error("bad_request", "multipart body without an end"),
    ],
    ["nothing", "", TYPE, 400, error("bad_request", "multipart body without an end")],
    ["no parts", "--abc123--", TYPE, 400, error("bad_request", "multipart body without a document")],
    [
      "no boundary",
      body({}),
      "multipart/related",
      400,
      error("bad_request", "multipart body without a boundary"),
    ],
    [
      "a head without an end",
      "--abc123\r\nContent-Type: application/json\r\n--abc123--",
      TYPE,
      400,
      error("bad_request", "multipart body with a part without a head"),
    ],
    [
      "another type in front",
      body({}).replace("application/json", "text/plain"),
      TYPE,
      415,
      error("bad_content_type", "Content-Type must be application/json"),
    ],
    ["no JSON", body({}).replace("{}", "{"), TYPE, 400, error("bad_request", "invalid UTF-8 JSON")],
  ])("is refused with %s", async (_what, raw, type, status, refusal) => {
    const harness = await prepare();
    expect(await put(harness, raw, type)).toMatchObject({ status, body: refusal });
    expect((await harness.ask("GET", "/db/new")).status).toBe(404);
  });
});
