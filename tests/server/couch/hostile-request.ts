// A grammar of requests in CouchDB's manner, right in parts and wrong in others.
import fc from "fast-check";

export interface HostileRequest {
  method: string;
  /** With its query. */
  path: string;
  headers: Record<string, string>;
  /** Null for none. */
  body: string | Uint8Array<ArrayBuffer> | null;
  admin: boolean;
}

const METHODS = ["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "COPY"];

const segment = fc.oneof(
  fc.constantFrom(
    ...["db", "_users", "doc", "pic", "a.txt", "x/y", "_changes", "_all_docs", "_bulk_docs", "_bulk_get", "_revs_diff"],
    ...["_missing_revs", "_security", "_session", "_local", "_local/x", "_design", "_design/x", "_purge", "_compact"],
    ...["_ensure_full_commit", "_find", "_up", "_all_dbs", "org.couchdb.user:x", "__proto__", "constructor"],
    ...["toString", "..", ""],
  ),
  fc.string({ unit: "binary", maxLength: 12 }),
); // prettier-ignore

/** Addresses that exist, and below which something may be done. */
const known = fc.constantFrom(
  ...["/db", "/db/doc", "/db/pic", "/db/pic/a.txt", "/db/_changes", "/db/_all_docs", "/db/_bulk_docs", "/db/_bulk_get"],
  ...["/db/_revs_diff", "/db/_missing_revs", "/db/_security", "/db/_local/x", "/db/_design/x", "/db/_design/x/a.txt"],
  ...["/db/_purge", "/db/_compact", "/_session", "/_users/org.couchdb.user:x", "/db/_ensure_full_commit"],
); // prettier-ignore

const anyKey = fc.oneof(
  fc.constantFrom(
    ...["_id", "_rev", "_revisions", "_deleted", "_attachments", "docs", "new_edits", "keys", "doc_ids", "selector"],
    ...["id", "rev", "start", "ids", "atts_since", "members", "admins", "roles", "names", "name", "password", "type"],
    ...["content_type", "data", "stub", "follows", "length", "digest", "encoding", "encoded_length", "revpos", "a.txt"],
    ...["$and", "$elemMatch", "$not", "__proto__", "constructor", "1", "10"],
  ),
  fc.string({ maxLength: 6 }),
); // prettier-ignore

const { value: anyJson } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(
      null,
      true,
      false,
      0,
      -0,
      1.5,
      1e300,
      2 ** 60,
      "",
      "1-a",
      "3-abc",
      "_x",
      "\0",
      "aGk=",
      "gzip",
      "md5-",
    ),
    fc.string({ unit: "binary", maxLength: 10 }),
    fc.integer(),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.array(fc.tuple(anyKey, tie("value")), { maxLength: 5 }).map((members) => Object.fromEntries(members)),
  ),
}));

const multipart = fc
  .array(
    fc.oneof(
      anyJson.map((value) => JSON.stringify(value)),
      fc.string({ maxLength: 8 }),
    ),
    { maxLength: 4 },
  )
  .chain((parts) =>
    fc
      .constantFrom("\r\n--x", "--x", "\n--x\r\n")
      .map(
        (between) =>
          `--x\r\nContent-Type: application/json\r\n\r\n${parts.join(`${between}\r\n\r\n`)}${between}--`,
      ),
  );

const rawBody = fc.oneof(
  fc.constantFrom(
    "{",
    '{"a":1e999}',
    '{"a":"\\ud800"}',
    '{"__proto__":{"admin":true}}',
    '{"docs":[{"_id":"x","_revisions":{"start":1,"ids":[]}}]}',
    '{"docs":[{"_id":"x","_attachments":{"a":{"data":"aGk="}}},{"_id":"y","_attachments":{"a":{"stub":true}}}]}',
    '{"1":{"1":[],"0":1},"0":"\\"","1":{}}',
    "[".repeat(5_000),
    '{"a":'.repeat(5_000),
    "\uFEFF{}",
    "null",
    '"x"',
  ),
  fc.uint8Array({ maxLength: 30 }).map((bytes) => Uint8Array.from(bytes)),
  { weight: 4, arbitrary: anyJson.map((value) => JSON.stringify(value)) },
  multipart,
);

const query = fc.array(
  fc.tuple(
    fc.constantFrom(
      ...["rev", "revs", "open_revs", "latest", "atts_since", "attachments", "att_encoding_info", "since", "limit", "skip"],
      ...["style", "filter", "feed", "doc_ids", "keys", "key", "startkey", "endkey", "descending", "include_docs"],
      ...["conflicts", "new_edits", "meta", "heartbeat", "timeout", "seq_interval", "batch", "update_seq"],
    ),
    fc.oneof(
      fc.constantFrom(
        ...["true", "false", "0", "1", "-1", "now", "all", "all_docs", "continuous", "longpoll", "_doc_ids", "_selector"],
        ...["1-a", "[]", "{}", '["1-a"]', '["doc"]', "99999999999999999999"],
      ),
      fc.string({ maxLength: 8 }),
    ),
  ),
  { maxLength: 4 },
); // prettier-ignore

const headers = fc.record(
  {
    Accept: fc.constantFrom("application/json", "multipart/mixed", "multipart/related;q=0", "*/*;q=x", ",;="),
    "Accept-Encoding": fc.constantFrom("gzip", "gzip;q=0", "br"),
    "Content-Type": fc.constantFrom(
      ...["application/json", "application/json; charset=utf-8", "text/plain", "multipart/related; boundary=x"],
      ...['multipart/related;boundary="', "multipart/related", "application/x-www-form-urlencoded"],
    ),
    "If-Match": fc.constantFrom('"1-a"', "x", '""'),
    "If-None-Match": fc.constantFrom("*", "x"),
    "Content-Encoding": fc.constantFrom("gzip", "identity"),
    Destination: fc.constantFrom("doc", "copy?rev=1-a", "%", "_x", "http://x", "?", "_design/y"),
    Range: fc.constantFrom("bytes=0-1", "bytes=-", "bytes=5-1", "bytes=0-0,1-1,-1", "bytes=99999999999999999999-"),
    Referer: fc.constantFrom("http://127.0.0.1/"),
    Authorization: fc.constantFrom("Basic", "Basic !!!", "Basic Og==", "Bearer x", "basic eDp5"),
    Cookie: fc.constantFrom("AuthSession=", "AuthSession=YTpiOmM", "AuthSession=%%%", "x=y"),
  },
  { requiredKeys: [] },
); // prettier-ignore

// Lone surrogates cannot be written into an address.
const quote = (text: string) => encodeURIComponent(text.replace(/\p{Surrogate}/gu, "?"));

const address = fc.oneof(
  { weight: 4, arbitrary: known },
  fc.array(segment, { maxLength: 4 }).map((parts) => `/${parts.map(quote).join("/")}`),
  fc.constantFrom("/%", "/db/%ff", "/db/%00", "/db/_local/%", "//", "/db//", "/db/%2e%2e"),
);

export const hostileRequests: fc.Arbitrary<HostileRequest> = fc
  .record({
    method: fc.constantFrom(...METHODS),
    path: address,
    query,
    headers,
    body: fc.option(rawBody),
    admin: fc.boolean(),
  })
  .map(({ query: pairs, headers: extra, body, method, path, admin }) => ({
    method,
    path: `${path}?${new URLSearchParams(pairs).toString()}`,
    headers: Object.fromEntries(
      Object.entries(extra).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
    body: method === "GET" || method === "HEAD" ? null : body,
    admin,
  }));
