// A replicator that asks and sends what CouchDB 3.5's own does (couch_replicator), between two servers of the tests.
import { z } from "zod";

export interface Asked {
  headers: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
}

/** One side of a replication: asks its database, under an account that may replicate. @param path below the database */
export type Side = (method: string, path: string, asked: Asked) => Promise<Response>;

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
type Document = z.infer<typeof document>;

interface Lacking {
  id: string;
  rev: string;
  ancestors: string[];
}

const keyOf = ({ id, rev }: Lacking) => JSON.stringify([id, rev]);

const checkpoint = z.object({ _rev: z.string(), session_id: z.string(), source_last_seq: z.string() });

/**
 * Copies what the target lacks.
 * @param id names the pair, as CouchDB's replication id does
 * @param selector of a replication that copies only some
 */
export async function replicate(source: Side, target: Side, id: string, selector?: object): Promise<Session> {
  const session: Session = { requests: [], docsWritten: 0, failures: [] };
  const ask = asker(session, { source, target });

  for (const side of ["source", "target"] as const) await json(ask(side, "GET", ""));
  const logs = [await readLog(ask, "source", id), await readLog(ask, "target", id)];
  const same = logs[0]?.session_id === logs[1]?.session_id;
  const since = (same ? logs[0]?.source_last_seq : undefined) ?? 0;

  const query = new URLSearchParams({
    feed: "normal",
    style: "all_docs",
    since: JSON.stringify(since),
    timeout: "10000",
  });
  if (selector !== undefined) query.set("filter", "_selector");
  const path = `/_changes?${query.toString()}`;
  const changes =
    selector === undefined ? ask("source", "GET", path) : ask("source", "POST", path, { json: { selector } });
  const { results, last_seq } = changesAnswer.parse(await json(changes));
  const revisions = Object.fromEntries(results.map((each) => [each.id, each.changes.map(({ rev }) => rev)]));
  const lacking = diffAnswer.parse(await json(ask("target", "POST", "/_revs_diff", { json: revisions })));

  const revisionsLacking = Object.entries(lacking).flatMap(([docId, { missing, possible_ancestors = [] }]) =>
    missing.map((rev) => ({ id: docId, rev, ancestors: possible_ancestors })),
  );
  const isDesign = ({ id: docId }: Lacking) => docId.startsWith("_design/");
  for (const each of revisionsLacking.filter(isDesign)) await copyOne(ask, session, each, []);
  const others = revisionsLacking.filter((each) => !isDesign(each));
  const fetched = others.length === 0 ? new Map<string, Document>() : await bulkGet(ask, others);
  const batch: unknown[] = [...fetched.values()];
  for (const each of others) if (!fetched.has(keyOf(each))) await copyOne(ask, session, each, batch);
  await flush(ask, session, batch);

  for (const side of ["source", "target"] as const)
    await json(ask(side, "POST", "/_ensure_full_commit", { headers: JSON_TYPE }));
  for (const side of ["source", "target"] as const) {
    const log = { session_id: `${id}-${last_seq}`, source_last_seq: last_seq, replication_id_version: 4 };
    const [before] = side === "source" ? logs : logs.slice(1);
    const body = before ? { _rev: before._rev, ...log } : log;
    await json(ask(side, "PUT", `/_local/${id}`, { json: body }));
  }
  return session;
}

type SideName = "source" | "target";
type AskSide = (
  side: SideName,
  method: string,
  path: string,
  more?: { json?: unknown; body?: Uint8Array<ArrayBuffer>; headers?: Record<string, string> },
) => Promise<Response>;

const JSON_TYPE = { "Content-Type": "application/json" };

function asker(session: Session, sides: Record<SideName, Side>): AskSide {
  return (name, method, path, { json: value, body, headers: own = {} } = {}) => {
    session.requests.push(`${name} ${method} ${path.split("?")[0] ?? ""}`);
    const headers = { Accept: "application/json", ...(value === undefined ? {} : JSON_TYPE), ...own };
    const sent = value === undefined ? body : JSON.stringify(value);
    return sides[name](method, path, sent === undefined ? { headers } : { headers, body: sent });
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

/** What comes at once: documents without attachments; nothing where so many may not be asked for. */
async function bulkGet(ask: AskSide, revisions: Lacking[]): Promise<Map<string, Document>> {
  const path = "/_bulk_get?latest=true&revs=true&attachments=false";
  const docs = revisions.map(({ id, rev, ancestors }) =>
    ancestors.length > 0 ? { id, rev, atts_since: ancestors } : { id, rev },
  );
  const response = await ask("source", "POST", path, { json: { docs } });
  const fetched = new Map<string, Document>();
  if (!response.ok) return fetched;
  const { results } = bulkGetAnswer.parse(await response.json());
  for (const [index, { docs: found }] of results.entries()) {
    const [asked, doc] = [revisions[index], found[0]?.ok];
    if (asked !== undefined && doc !== undefined && doc._attachments === undefined)
      fetched.set(keyOf(asked), doc);
  }
  return fetched;
}

/** Halves a batch that is too large for the target. */
async function flush(ask: AskSide, session: Session, docs: unknown[]): Promise<void> {
  if (docs.length === 0) return;
  const response = await ask("target", "POST", "/_bulk_docs", {
    json: { new_edits: false, docs },
    headers: { "X-Couch-Full-Commit": "false" },
  });
  if (response.status === 413 && docs.length > 1) {
    const half = Math.floor(docs.length / 2);
    await flush(ask, session, docs.slice(0, half));
    return flush(ask, session, docs.slice(half));
  }
  const failed = z.array(z.unknown()).parse(await json(Promise.resolve(response)));
  session.failures.push(...failed);
  session.docsWritten += docs.length - failed.length;
}

/**
 * Fetches one revision as multipart/mixed; with attachments it is put as multipart/related, without it joins `batch`.
 * Design documents are always put.
 */
async function copyOne(
  ask: AskSide,
  session: Session,
  { id, rev, ancestors }: Lacking,
  batch: unknown[],
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
    if (!related && !id.startsWith("_design/")) {
      batch.push(JSON.parse(head.body));
      continue;
    }
    const put = related ? writeRelated(head.body, files) : { type: "application/json", body: head.body };
    const answer = await ask("target", "PUT", `${path}?new_edits=false`, {
      body: new Uint8Array(Buffer.from(put.body, "latin1")),
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
