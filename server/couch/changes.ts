// What `_changes` is asked for, and the rows it answers: each document once, at its last change.
import { badRequest } from "./errors.ts";
import type { DatabaseInfo, Databases } from "./databases.ts";
import type { DocumentStore, StoredDocument } from "./document-store.ts";
import type { ChangeFilter } from "./change-filter.ts";
import type { JsonObject } from "./json.ts";
import { isTrue, refuseOptions } from "./query.ts";
import { STUBS, type AttachmentOptions } from "./attachment.ts";
import { PLAIN, winnerJson } from "./read-documents.ts";
import { leavesOf, revisionName } from "./revisions.ts";

export interface ChangesQuery {
  feed: "normal" | "longpoll" | "continuous";
  since: string;
  limit: number;
  descending: boolean;
  allLeaves: boolean;
  includeDocs: boolean;
  conflicts: boolean;
  attachments: AttachmentOptions;
  /** Milliseconds between signs of life; null for none. */
  heartbeatMs: number | null;
  /** Milliseconds of quiet after which a feed ends. */
  timeoutMs: number;
}

/** CouchDB's `changes_timeout`. */
const LONGEST_QUIET_MS = 60_000;

/** @param query as `lastOfEach` gives it. @throws 400 */
export function readChangesQuery(query: URLSearchParams): ChangesQuery {
  refuseOptions(query, ["view"]);
  const feed = readFeed(query.get("feed") ?? "normal");
  checkInterval(query.get("seq_interval"));
  const style = query.get("style") ?? "main_only";
  if (style !== "main_only" && style !== "all_docs") throw badRequest("Invalid `style` value.");
  return {
    feed,
    since: query.get("since") ?? query.get("last-event-id") ?? "0",
    limit: readWhole(query, "limit") ?? Number.MAX_SAFE_INTEGER,
    descending: isTrue(query, "descending"),
    allLeaves: style === "all_docs",
    includeDocs: isTrue(query, "include_docs"),
    conflicts: isTrue(query, "conflicts"),
    attachments: {
      ...STUBS,
      as: isTrue(query, "attachments") ? "data" : "stubs",
      encodingInfo: isTrue(query, "att_encoding_info"),
    },
    heartbeatMs: readHeartbeat(query.get("heartbeat")),
    timeoutMs: Math.min(LONGEST_QUIET_MS, readWhole(query, "timeout") ?? LONGEST_QUIET_MS),
  };
}

function readFeed(feed: string): ChangesQuery["feed"] {
  if (feed === "normal" || feed === "longpoll" || feed === "continuous") return feed;
  if (feed === "live") return "continuous";
  if (feed === "eventsource") throw badRequest("Feed `eventsource` is not supported by this server.");
  throw badRequest("Supported `feed` types: normal, continuous, live, longpoll, eventsource");
}

/** How seldom a sequence need be computed; here every row has one, since it costs nothing. @throws 400 */
function checkInterval(value: string | null): void {
  if (value !== null && !/^[1-9]\d{0,14}$/.test(value)) throw badRequest("invalid_seq_interval");
}

function readWhole(query: URLSearchParams, key: string): number | null {
  const value = query.get(key);
  if (value === null) return null;
  if (!/^\d{1,15}$/.test(value)) throw badRequest(`Invalid value for \`${key}\`.`);
  return Number(value);
}

function readHeartbeat(value: string | null): number | null {
  if (value === null) return null;
  if (value === "true") return LONGEST_QUIET_MS;
  if (!/^-?\d{1,15}$/.test(value))
    throw badRequest("Invalid heartbeat value. Expecting a positive integer value (in milliseconds).");
  if (Number(value) <= 0)
    throw badRequest("The heartbeat value should be a positive integer (in milliseconds).");
  return Math.min(LONGEST_QUIET_MS, Number(value));
}

export interface ChangesPage {
  rows: JsonObject[];
  /** The sequence number up to which everything has been looked at. */
  seq: number;
  /** Nothing more lies behind `seq`. */
  complete: boolean;
}

const PAGE = 200;
/** Characters of documents after which a page ends early: a phone must be able to hold it. */
const PAGE_SIZE = 8_000_000;

/** Reads on from `from` until `limit` rows passed the filter, a page is full of large documents, or all is read. */
export function readChanges(
  databases: Databases,
  info: DatabaseInfo,
  documents: DocumentStore,
  query: ChangesQuery,
  filter: ChangeFilter,
  from: number,
  limit: number,
): ChangesPage {
  const format = databases.seqFormat(info);
  const rows: JsonObject[] = [];
  if (limit === 0) return { rows, seq: from, complete: false };
  const before = documents.taken();
  let seq = from;
  for (;;) {
    const page = documents.changes(seq, PAGE, query.descending);
    for (const stored of page) {
      seq = stored.seq;
      const row = changeRow(documents, stored, query, filter, format);
      const isFull = row !== null && rows.push(row) >= limit;
      if (isFull || documents.taken() - before > PAGE_SIZE) return { rows, seq, complete: false };
    }
    if (page.length < PAGE) return { rows, seq, complete: true };
  }
}

/**
 * How many changes are still to come, as CouchDB counts them: all that were not looked at, whether or not the filter
 * would pass them.
 * @param read since when, how many rows, and how far has been read
 */
export function countPending(
  documents: DocumentStore,
  { descending }: ChangesQuery,
  filter: ChangeFilter,
  read: { since: number; rows: number; seq: number },
): number {
  if (filter.byId) return documents.countChangesAfter(descending ? 0 : read.since) - read.rows;
  return descending ? documents.countChangesBefore(read.seq) : documents.countChangesAfter(read.seq);
}

function changeRow(
  documents: DocumentStore,
  stored: StoredDocument,
  query: ChangesQuery,
  filter: ChangeFilter,
  format: (seq: number) => string,
): JsonObject | null {
  const { conflicts, attachments } = query;
  const leaves = leavesOf(stored.tree);
  const passing = filter.passing(documents, stored, query.allLeaves ? leaves : leaves.slice(0, 1));
  if (passing.length === 0) return null;
  return {
    seq: format(stored.seq),
    id: stored.id,
    changes: passing.map((leaf) => ({ rev: revisionName(leaf.revision) })),
    ...(stored.deleted ? { deleted: true } : {}),
    ...(query.includeDocs
      ? { doc: winnerJson(documents, stored, { ...PLAIN, conflicts, attachments }) }
      : {}),
  };
}
