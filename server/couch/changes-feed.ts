// Answers `_changes`: at once, or as a feed that waits for what is still to come.
import { readFilter, type ChangeFilter } from "./change-filter.ts";
import { readChanges, readChangesQuery, type ChangesQuery } from "./changes.ts";
import { CouchError } from "./errors.ts";
import type { Feed } from "./feed-hub.ts";
import type { JsonObject } from "./json.ts";
import { reply, streamReply } from "./replies.ts";
import type { CouchServer, OpenDatabase } from "./server.ts";

export interface ChangesRequest {
  query: URLSearchParams;
  /** The body of a POST. */
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
  const page = readChanges(databases, info, documents, query, filter, from, query.limit);
  const { rows, seq } = page;
  const complete = page.complete && !query.descending;
  return reply(200, {
    results: rows,
    last_seq: databases.seqFormat(info)(complete ? Math.max(since, info.seq) : seq),
    pending: query.descending ? 0 : documents.countChangesAfter(seq),
  });
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
      const rows = step.rows.map((row) => JSON.stringify(row)).join(",\r\n");
      const lastSeq = JSON.stringify(step.lastSeq);
      yield `${rows}\n],\n"last_seq":${lastSeq},"pending":${String(step.pending)}}\n`;
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
  let { since } = context;
  let end: Step = { kind: "end", rows: [], lastSeq: query.since, pending: 0 };
  for (;;) {
    const database = reopen(context);
    // Whoever may no longer read learns it from the next request; this answer ends as if nothing had come.
    if (database === null) {
      yield end;
      return;
    }
    const { info, documents } = database;
    const most = query.feed === "longpoll" ? limit : Math.min(limit, CHUNK_ROWS);
    const page = readChanges(server.databases, info, documents, query, filter, since, most);
    since = Math.max(since, page.seq);
    const lastSeq = server.databases.seqFormat(info)(since);
    end = { kind: "end", rows: [], lastSeq, pending: 0 };
    yield { kind: "rows", rows: page.rows, lastSeq, pending: documents.countChangesAfter(since) };
    if (!page.complete) continue;
    if ((yield* untilChange(context, info.key)) !== "changed") {
      yield end;
      return;
    }
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
