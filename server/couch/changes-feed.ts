// Answers `_changes`: at once, or as a feed that waits for what is still to come.
import { readFilter, type ChangeFilter } from "./change-filter.ts";
import { countPending, readChanges, readChangesQuery, type ChangesQuery } from "./changes.ts";
import { CouchError } from "./errors.ts";
import type { Feed } from "./feed-hub.ts";
import type { JsonObject } from "./json.ts";
import { streamReply, textReply } from "./replies.ts";
import type { CouchServer, OpenDatabase } from "./server.ts";

export interface ChangesRequest {
  query: URLSearchParams;
  /** The body of a POST, empty if it had none; null for GET. */
  body: JsonObject | null;
  user: string | null;
  /** Aborted when the client has gone. */
  client: AbortSignal;
  /** Opens the database again for the same user, with what they may do by now. @throws when they may no longer */
  open: () => OpenDatabase;
}

export function answerChanges(server: CouchServer, request: ChangesRequest): Response {
  const query = readChangesQuery(request.query);
  const { info, documents } = request.open();
  const filter = readFilter(request.query, request.body, documents);
  const since = server.databases.parseSeq(info, query.since);
  if (query.feed === "normal") return answerAtOnce(server, request, query, filter, since);
  const feed = server.hub.open(request.user, request.client);
  const lines = query.feed === "longpoll" ? longPoll : continuous;
  return streamReply(streamOf(lines({ server, open: request.open, feed, query, filter, since }), feed));
}

function answerAtOnce(
  server: CouchServer,
  { open }: ChangesRequest,
  query: ChangesQuery,
  filter: ChangeFilter,
  since: number,
): Response {
  const { info, documents } = open();
  const { databases } = server;
  const from = query.descending ? info.seq + 1 : since;
  const { rows, seq, complete } = readChanges(databases, info, documents, query, filter, from, query.limit);
  const last = complete && !query.descending ? Math.max(since, info.seq) : Math.min(seq, info.seq);
  const pending = countPending(documents, query, filter, { since, rows: rows.length, seq });
  return textReply(200, `{"results":[\n${ending(rows, databases.seqFormat(info)(last), pending)}`);
}

/** The rows of a list of changes as CouchDB writes them, one a line, and what follows them. */
function ending(rows: JsonObject[], lastSeq: string, pending: number): string {
  const lines = rows.map((row) => JSON.stringify(row)).join(",\r\n");
  return `${lines}\n],\n"last_seq":${JSON.stringify(lastSeq)},"pending":${String(pending)}}\n`;
}

interface FeedContext {
  server: CouchServer;
  open: () => OpenDatabase;
  feed: Feed;
  query: ChangesQuery;
  filter: ChangeFilter;
  since: number;
}

async function* longPoll(context: FeedContext): AsyncGenerator<string, void> {
  yield '{"results":[\n';
  const { query } = context;
  for await (const step of steps(context, query.limit)) {
    if (step.kind === "alive") yield "\n";
    else if (step.rows.length > 0 || step.kind === "end") {
      yield ending(step.rows, step.lastSeq, step.pending);
      return;
    }
  }
}

async function* continuous(context: FeedContext): AsyncGenerator<string, void> {
  let left = context.query.limit;
  for await (const step of steps(context, left)) {
    if (step.kind === "alive") {
      yield "\n";
      continue;
    }
    const rows = step.rows.slice(0, left);
    left -= rows.length;
    if (rows.length > 0) yield rows.map((row) => `${JSON.stringify(row)}\n`).join("");
    if (step.kind === "end" || left === 0) {
      yield `${JSON.stringify({ last_seq: step.lastSeq, pending: step.pending })}\n`;
      return;
    }
  }
}

type Step =
  { kind: "alive" } | { kind: "rows" | "end"; rows: JsonObject[]; lastSeq: string; pending: number };

const CHUNK_ROWS = 100;

/** What happens in the database, as it happens: rows, signs of life, and the end. */
async function* steps(context: FeedContext, limit: number): AsyncGenerator<Step, void> {
  const { server, query, filter } = context;
  /** Since when, and how many rows, it has been read without a wait. */
  let round = { since: context.since, rows: 0 };
  let at: number | null = null;
  let end: Step = { kind: "end", rows: [], lastSeq: query.since, pending: 0 };
  for (;;) {
    const database = reopen(context);
    // Whoever may no longer read learns it from the next request; this answer ends as if nothing had come.
    if (database === null) {
      yield { ...end, pending: 0 };
      return;
    }
    const { info, documents } = database;
    const most = query.feed === "longpoll" ? limit : Math.min(limit, CHUNK_ROWS);
    const from: number = at ?? (query.descending ? info.seq + 1 : context.since);
    const page = readChanges(server.databases, info, documents, query, filter, from, most);
    at = page.seq;
    round.rows += page.rows.length;
    const lastSeq = server.databases.seqFormat(info)(Math.min(at, info.seq));
    const pending = countPending(documents, query, filter, { ...round, seq: at });
    end = { kind: "end", rows: [], lastSeq, pending };
    yield { kind: "rows", rows: page.rows, lastSeq, pending };
    if (!page.complete && most > 0) continue;
    do
      if ((yield* untilChange(context, info.key)) !== "changed") {
        yield end;
        return;
      }
    while (query.descending);
    round = { since: at, rows: 0 };
  }
}

async function* untilChange(
  { feed, query }: FeedContext,
  key: number,
): AsyncGenerator<Step, "changed" | "quiet" | "ended"> {
  for (;;) {
    const outcome = await feed.wait(key, query.heartbeatMs ?? query.timeoutMs);
    if (outcome !== "quiet" || query.heartbeatMs === null) return outcome;
    yield { kind: "alive" };
  }
}

function reopen({ open, feed }: FeedContext): OpenDatabase | null {
  if (feed.signal.aborted) return null;
  try {
    return open();
  } catch (error) {
    if (error instanceof CouchError) return null;
    throw error;
  }
}

function streamOf(lines: AsyncGenerator<string, void>, feed: Feed): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull: async (controller) => {
      try {
        const line = await lines.next();
        if (line.done === true) {
          feed.end();
          controller.close();
        } else controller.enqueue(encoder.encode(line.value));
      } catch (error) {
        feed.end();
        throw error;
      }
    },
    cancel: async () => {
      feed.end();
      await lines.return(undefined);
    },
  });
}
