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

const ordinaryHeader = fc.oneof(
  ...Object.entries({
    Accept: ["application/json", "multipart/mixed", "multipart/related;q=0", "*/*;q=x", ",;="],
    "Accept-Encoding": ["gzip", "gzip;q=0", "br"],
    "Content-Type": [
      ...["application/json; charset=utf-8", "text/plain", "multipart/related; boundary=x"],
      ...['multipart/related;boundary="', "multipart/related", "application/x-www-form-urlencoded"],
    ],
    "If-Match": ['"1-a"', "x", '""'],
    "If-None-Match": ["*", "x"],
    Destination: ["doc", "copy?rev=1-a", "%", "_x", "http://x", "?", "_design/y"],
    Range: ["bytes=0-1", "bytes=-", "bytes=5-1", "bytes=0-0,1-1,-1", "bytes=99999999999999999999-"],
    Referer: ["http://127.0.0.1/"],
  }).map(([name, values]) => fc.tuple(fc.constant(name), fc.constantFrom(...values))),
);
/** These end a request before anything else is looked at, so they come seldom. */
const fatalHeader = fc.oneof(
  ...Object.entries({
    "Content-Encoding": ["gzip", "identity"],
    Authorization: ["Basic", "Basic !!!", "Basic Og==", "Bearer x", "basic eDp5"],
    Cookie: ["AuthSession=", "AuthSession=YTpiOmM", "AuthSession=%%%", "x=y"],
  }).map(([name, values]) => fc.tuple(fc.constant(name), fc.constantFrom(...values))),
);
const headers = fc
  .array(fc.oneof({ weight: 12, arbitrary: ordinaryHeader }, { weight: 1, arbitrary: fatalHeader }), {
    maxLength: 2,
  })
  .map((pairs): Record<string, string> => Object.fromEntries(pairs));

// Lone surrogates cannot be written into an address.
const quote = (text: string) => encodeURIComponent(text.replace(/\p{Surrogate}/gu, "?"));

const address = fc.oneof(
  { weight: 4, arbitrary: known },
  fc.array(segment, { maxLength: 4 }).map((parts) => `/${parts.map(quote).join("/")}`),
  fc.constantFrom("/%", "/db/%ff", "/db/%00", "/db/_local/%", "//", "/db//", "/db/%2e%2e"),
);

const fields = fc.dictionary(
  fc.string({ maxLength: 4 }).filter((key) => !key.startsWith("_")),
  anyJson,
  { maxKeys: 3 },
);
const id = fc.constantFrom("doc", "pic", "a", "b", "_design/x");
const rev = fc.constantFrom("1-a", "2-b", "3-c");
const file = fc.record(
  {
    data: fc.constantFrom("aGk=", ""),
    content_type: fc.constantFrom("text/plain", "image/png"),
    revpos: fc.nat(3),
  },
  { requiredKeys: ["data"] },
);
const files = fc.dictionary(fc.constantFrom("a.txt", "1", "0"), file, { maxKeys: 2 });
const documents = fc
  .tuple(
    fields,
    fc.record({ _id: id, _rev: rev, _deleted: fc.boolean(), _attachments: files }, { requiredKeys: [] }),
  )
  .map(([own, special]) => ({ ...own, ...special }));
const related = (json: unknown) =>
  `--x\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(json)}\r\n--x\r\n\r\nhi\r\n--x--`;
const lists = {
  docs: fc.array(documents, { maxLength: 3 }),
  rows: fc.array(fc.record({ id, rev }, { requiredKeys: ["id"] })),
};

interface Plain {
  method: string;
  path: string;
  body?: unknown;
}

/** Requests as a client sends them. */
const plain: fc.Arbitrary<Plain> = fc.oneof(
  fc.tuple(fc.constantFrom("GET", "HEAD", "DELETE", "COPY"), known).map(([method, path]) => ({ method, path })),
  fc.tuple(id, documents).map(([name, body]) => ({ method: "PUT", path: `/db/${name}`, body })),
  fc.tuple(id, documents).map(([name, body]) => ({ method: "PUT", path: `/db/${name}?new_edits=false`, body })),
  fc.tuple(fc.nat(40), fields).map(([number, body]) => ({ method: "PUT", path: `/db/n${String(number)}`, body })),
  fc.nat(40).map((number) => ({ method: "PUT", path: `/db/f${String(number)}/a.txt`, body: {} })),
  fc.tuple(lists.docs, fc.boolean()).map(([docs, edits]) => ({ method: "POST", path: "/db/_bulk_docs", body: { docs, new_edits: edits } })),
  lists.rows.map((docs) => ({ method: "POST", path: "/db/_bulk_get", body: { docs } })),
  fc.constantFrom("_revs_diff", "_missing_revs", "_purge").chain((name) =>
    fc.dictionary(id, fc.array(rev)).map((body) => ({ method: "POST", path: `/db/${name}`, body })),
  ),
  fc.array(id).map((keys) => ({ method: "POST", path: "/db/_all_docs", body: { keys } })),
  fc.array(id).map((doc_ids) => ({ method: "POST", path: "/db/_changes?filter=_doc_ids", body: { doc_ids } })),
  anyJson.map((value) => ({ method: "POST", path: "/db/_changes?filter=_selector", body: { selector: { a: value } } })),
  fields.map((body) => ({ method: "PUT", path: "/db/_local/x", body })),
  documents.map((body) => ({ method: "POST", path: "/db", body })),
); // prettier-ignore

const wild = fc
  .record({
    method: fc.constantFrom(...METHODS),
    path: address,
    query,
    headers,
    body: fc.option(rawBody),
    admin: fc.boolean(),
  })
  .map((request) => ({ ...request, path: `${request.path}?${asSearch(request.query)}` }));

/** A plain request, of which at most one or two things are replaced by something wild. */
const nearlyPlain = fc
  .tuple(plain, wild, fc.nat(9), fc.boolean())
  .map(([{ method, path, body }, other, change, asRelated]) => {
    const json = body === undefined ? null : JSON.stringify(body);
    const multipart = asRelated && method === "PUT" && body !== undefined;
    const type = multipart ? { "Content-Type": "multipart/related; boundary=x" } : {};
    return {
      method: change === 0 ? other.method : method,
      path: change < 4 ? `${path}${path.includes("?") ? "&" : "?"}${asSearch(other.query)}` : path,
      headers: change === 1 || change === 5 ? { ...type, ...other.headers } : type,
      body: change === 6 ? other.body : multipart ? related(body) : json,
      admin: change !== 7,
    };
  });

const asSearch = (pairs: [string, string][]) => new URLSearchParams(pairs).toString();

export const hostileRequests: fc.Arbitrary<HostileRequest> = fc
  .oneof({ weight: 3, arbitrary: nearlyPlain }, { weight: 2, arbitrary: wild })
  .map(({ method, path, headers: extra, body, admin }) => ({
    method,
    path,
    headers: extra,
    body: method === "GET" || method === "HEAD" ? null : body,
    admin,
  }));
