// A replicator that asks and sends what CouchDB 3.5's own does (couch_replicator), between two servers of the tests.
import { z } from "zod";
import { basic, type Ask, type Harness } from "#tests/server/couch/harness.ts";

/** One side of a replication, as an account on it. */
export interface Side {
  harness: Harness;
  /** Path of the database. */
  db: string;
  as: { name: string; password: string };
}

export interface Session {
  /** What was asked, in order: `source GET /db`. */
  requests: string[];
  docsWritten: number;
  failures: unknown[];
}

const change = z.object({
  id: z.string(),
  seq: z.string().nullable(),
  changes: z.array(z.object({ rev: z.string() })),
});
const changesAnswer = z.object({ results: z.array(change), last_seq: z.string() });
const diffAnswer = z.record(
  z.string(),
  z.object({ missing: z.array(z.string()), possible_ancestors: z.array(z.string()).optional() }),
);
const document = z.looseObject({
  _id: z.string(),
  _rev: z.string(),
  _attachments: z.looseObject({}).optional(),
});
const bulkGetAnswer = z.object({
  results: z.array(z.object({ id: z.string(), docs: z.array(z.object({ ok: document.optional() })) })),
});
const checkpoint = z.object({ _rev: z.string(), session_id: z.string(), source_last_seq: z.string() });

/** Copies what the target lacks. @param id names the pair, as CouchDB's replication id does */
export async function replicate(source: Side, target: Side, id: string): Promise<Session> {
  const session: Session = { requests: [], docsWritten: 0, failures: [] };
  const ask = asker(session, { source, target });

  await ask("source", "GET", "");
  await ask("target", "GET", "");
  const logs = [await readLog(ask, "source", id), await readLog(ask, "target", id)];
  const same = logs[0]?.session_id === logs[1]?.session_id;
  const since = (same ? logs[0]?.source_last_seq : undefined) ?? 0;

  const query = new URLSearchParams({
    feed: "normal",
    style: "all_docs",
    since: JSON.stringify(since),
    timeout: "10000",
  });
  const { results, last_seq } = changesAnswer.parse(
    await json(ask("source", "GET", `/_changes?${query.toString()}`)),
  );
  const revisions = Object.fromEntries(results.map((each) => [each.id, each.changes.map(({ rev }) => rev)]));
  const lacking = diffAnswer.parse(await json(ask("target", "POST", "/_revs_diff", { body: revisions })));

  const batch: unknown[] = [];
  for (const [docId, { missing, possible_ancestors = [] }] of Object.entries(lacking))
    for (const rev of missing) {
      const fetched = await bulkGet(ask, docId, rev);
      const isDesign = docId.startsWith("_design/");
      if (!isDesign && fetched !== null && fetched._attachments === undefined) batch.push(fetched);
      else await copyOne(ask, session, docId, rev, possible_ancestors);
    }
  await flush(ask, session, batch);

  await ask("source", "POST", "/_ensure_full_commit", { headers: JSON_TYPE });
  await ask("target", "POST", "/_ensure_full_commit", { headers: JSON_TYPE });
  for (const side of ["source", "target"] as const) {
    const log = { session_id: `${id}-${last_seq}`, source_last_seq: last_seq, replication_id_version: 4 };
    const [before] = side === "source" ? logs : logs.slice(1);
    const body = before ? { _rev: before._rev, ...log } : log;
    await ask(side, "PUT", `/_local/${id}`, { body, headers: JSON_TYPE });
  }
  return session;
}

type SideName = "source" | "target";
type AskSide = (side: SideName, method: string, path: string, options?: Ask) => Promise<Response>;

const JSON_TYPE = { "Content-Type": "application/json" };

function asker(session: Session, sides: Record<SideName, Side>): AskSide {
  return async (name, method, path, options = {}) => {
    const { harness, db, as } = sides[name];
    session.requests.push(`${name} ${method} ${path.split("?")[0] ?? ""}`);
    const headers = { Accept: "application/json", ...options.headers, Authorization: basic(as) };
    return harness.send(method, `${db}${path}`, { ...options, as: null, headers });
  };
}

async function json(answer: Promise<Response>): Promise<unknown> {
  const response = await answer;
  const body: unknown = await response.json();
  if (!response.ok) throw new Error(`${String(response.status)} ${JSON.stringify(body)}`);
  return body;
}

async function readLog(ask: AskSide, side: SideName, id: string) {
  const response = await ask(side, "GET", `/_local/${id}`);
  return response.status === 404 ? null : checkpoint.parse(await response.json());
}

async function bulkGet(ask: AskSide, id: string, rev: string) {
  const path = "/_bulk_get?latest=true&revs=true&attachments=false";
  const answer = bulkGetAnswer.parse(
    await json(ask("source", "POST", path, { body: { docs: [{ id, rev }] } })),
  );
  return answer.results[0]?.docs[0]?.ok ?? null;
}

async function flush(ask: AskSide, session: Session, docs: unknown[]): Promise<void> {
  if (docs.length === 0) return;
  const headers = { ...JSON_TYPE, "X-Couch-Full-Commit": "false" };
  const errors = await json(
    ask("target", "POST", "/_bulk_docs", { body: { new_edits: false, docs }, headers }),
  );
  const failed = z.array(z.unknown()).parse(errors);
  session.failures.push(...failed);
  session.docsWritten += docs.length - failed.length;
}

/** Fetches one revision with its attachments as multipart/mixed, and puts it as multipart/related. */
async function copyOne(
  ask: AskSide,
  session: Session,
  id: string,
  rev: string,
  ancestors: string[],
): Promise<void> {
  const query = new URLSearchParams({ revs: "true", open_revs: JSON.stringify([rev]), latest: "true" });
  if (ancestors.length > 0) query.set("atts_since", JSON.stringify(ancestors));
  const path = `/${id.split("/").map(encodeURIComponent).join("/")}`;
  const response = await ask("source", "GET", `${path}?${query.toString()}`, {
    headers: { Accept: "multipart/mixed" },
  });
  const bytes = Buffer.from(await response.arrayBuffer()).toString("latin1");
  for (const part of readMultipart(bytes, response.headers.get("content-type") ?? "")) {
    if (part.type.includes('error="true"')) throw new Error(`missing: ${part.body}`);
    const related = part.type.startsWith("multipart/related");
    const [head, ...files] = related ? readMultipart(part.body, part.type) : [part];
    if (head === undefined) throw new Error("a part without a document");
    const put = related ? writeRelated(head.body, files) : { type: "application/json", body: head.body };
    const answer = await ask("target", "PUT", `${path}?new_edits=false`, {
      raw: new Uint8Array(Buffer.from(put.body, "latin1")),
      headers: { "Content-Type": put.type, "X-Couch-Full-Commit": "false" },
    });
    if (answer.ok) session.docsWritten++;
    else session.failures.push(await answer.json());
  }
}

interface Part {
  type: string;
  head: string;
  body: string;
}

/** Bytes as latin1; strict, as CouchDB's reader is. */
export function readMultipart(text: string, contentType: string): Part[] {
  const boundary = /boundary="?([^"]+)"?$/.exec(contentType)?.[1];
  if (boundary === undefined) throw new Error(`no boundary in ${contentType}`);
  const pieces = `\r\n${text}`.split(`\r\n--${boundary}`);
  const [before, end] = [pieces.shift(), pieces.pop()];
  if (before !== "" || end?.startsWith("--") !== true) throw new Error(`not multipart: ${text}`);
  return pieces.map((piece) => {
    const gap = piece.indexOf("\r\n\r\n");
    if (!piece.startsWith("\r\n") || gap < 0) throw new Error(`not a part: ${piece}`);
    const head = piece.slice(2, gap);
    return { head, type: /^Content-Type: (.*)$/im.exec(head)?.[1] ?? "", body: piece.slice(gap + 4) };
  });
}

function writeRelated(json: string, files: Part[]): { type: string; body: string } {
  const boundary = "e89b3e29388aef23453450d10e5aaed0";
  const parts = files.map(({ head, body }) => `\r\n${head}\r\n\r\n${body}\r\n--${boundary}`);
  return {
    type: `multipart/related; boundary="${boundary}"`,
    body: `--${boundary}\r\nContent-Type: application/json\r\n\r\n${json}\r\n--${boundary}${parts.join("")}--`,
  };
}
