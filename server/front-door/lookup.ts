// Finds documents of a database by what they say, without looking through all of it each time: the store's protocol has no such question.
import { z } from "zod";
import type { CouchClient } from "#server/couch-client/couch-client.ts";

export type Said = Readonly<Record<string, unknown>>;

/** What of a database is found: by which words a document is, of those whose ids begin so. */
export interface Lookup {
  readonly database: string;
  /** Ids of other documents are passed by; all where it is left out. */
  readonly prefix?: string;
  readonly wordsOf: (document: Said) => readonly string[];
}

export interface Found {
  readonly id: string;
  readonly rev: string;
  readonly document: Said;
}

const TOGETHER = 100;
/** Databases of which one client remembers what is where; each costs some hundred bytes a document. */
const MOST_DATABASES = 50;

interface Known {
  readonly instance: string;
  since: string;
  readonly ids: Map<string, Set<string>>;
  readonly words: Map<string, readonly string[]>;
}

/** One question after the other: each goes on where the last has come to. */
interface Lane {
  known?: Known;
  last: Promise<unknown>;
}

/** Nothing but what the store's feed says, so each front door has its own. */
const remembered = new WeakMap<CouchClient, Map<string, Lane>>();

/** Live documents that have the word now, a page at a time; none where there is no such database. */
export async function* documentsWith(
  admin: CouchClient,
  lookup: Lookup,
  word: string,
): AsyncGenerator<readonly Found[]> {
  const ids = await idsWith(admin, lookup, word);
  for (let at = 0; at < ids.length; at += TOGETHER) {
    const documents = await read(admin, lookup.database, ids.slice(at, at + TOGETHER));
    yield documents.filter(({ document }) => lookup.wordsOf(document).includes(word));
  }
}

/** As of this moment, but for what the store's own feed does not tell yet. */
export async function idsWith(admin: CouchClient, lookup: Lookup, word: string): Promise<readonly string[]> {
  const lanes = remembered.get(admin) ?? new Map<string, Lane>();
  remembered.set(admin, lanes);
  const lane = lanes.get(lookup.database) ?? { last: Promise.resolve() };
  // The one that was asked about longest ago goes first.
  lanes.delete(lookup.database);
  lanes.set(lookup.database, lane);
  for (const oldest of [...lanes.keys()].slice(0, -MOST_DATABASES)) lanes.delete(oldest);
  const turn = lane.last.then(() => catchUp(admin, lookup, lane));
  lane.last = turn.catch(() => undefined);
  return [...((await turn).ids.get(word) ?? [])];
}

const infoSchema = z.object({ instance_start_time: z.string() });
const feedSchema = z.object({
  last_seq: z.union([z.string(), z.number()]).transform(String),
  results: z.array(z.object({ id: z.string() })),
});

async function catchUp(admin: CouchClient, lookup: Lookup, lane: Lane): Promise<Known> {
  const path = `/${encodeURIComponent(lookup.database)}`;
  const said = await admin.read(path);
  // Made anew or put back: another database.
  const instance = said === undefined ? "" : infoSchema.parse(said).instance_start_time;
  const isSame = lane.known?.instance === instance;
  const now = (isSame ? lane.known : undefined) ?? { instance, since: "0", ids: new Map(), words: new Map() };
  lane.known = now;
  if (said === undefined) return now;
  for (;;) {
    const query = new URLSearchParams({ since: now.since, limit: String(TOGETHER) });
    const { results, last_seq } = feedSchema.parse(await admin.read(`${path}/_changes?${query.toString()}`));
    const changed = results.map(({ id }) => id).filter((id) => id.startsWith(lookup.prefix ?? ""));
    const found = await read(admin, lookup.database, changed);
    const live = new Map(found.map(({ id, document }) => [id, document]));
    for (const id of changed) note(now, id, lookup.wordsOf(live.get(id) ?? {}));
    now.since = last_seq;
    if (results.length < TOGETHER) return now;
  }
}

function note({ ids, words }: Known, id: string, said: readonly string[]): void {
  for (const word of words.get(id) ?? []) {
    ids.get(word)?.delete(id);
    if (ids.get(word)?.size === 0) ids.delete(word);
  }
  words.delete(id);
  if (said.length > 0) words.set(id, said);
  for (const word of said) {
    const having = ids.get(word);
    if (having) having.add(id);
    else ids.set(word, new Set([id]));
  }
}

const rowsSchema = z.object({
  rows: z.array(z.object({ doc: z.looseObject({ _id: z.string(), _rev: z.string() }).nullish() })),
});

async function read(admin: CouchClient, database: string, ids: readonly string[]): Promise<readonly Found[]> {
  if (ids.length === 0) return [];
  const path = `/${encodeURIComponent(database)}/_all_docs?include_docs=true`;
  const { rows } = rowsSchema.parse(await admin.write("POST", path, { keys: ids }));
  return rows.flatMap(({ doc }) => {
    if (!doc) return [];
    const { _id: id, _rev: rev, ...document } = doc;
    return [{ id, rev, document }];
  });
}
