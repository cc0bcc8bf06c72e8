// What others wrote and the centre lost when it was put back, while their devices do not bring it: the inbox keeps a copy, so that it does not hang on this device alone.
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import { directoryDatabase } from "#src/domain/record/databases.ts";
import type { Replica, Row } from "#src/storage/replica.ts";
import { z } from "zod";
import { isToCompare } from "./checkpoint.ts";
import { comparedAt } from "./compare.ts";
import type { CouchClient } from "./couch-client.ts";
import type { SyncLog } from "./event-log.ts";
import { inParts } from "./in-parts.ts";
import { instantOf, type ServerClock } from "./server-clock.ts";
import type { Session } from "./session.ts";
import { storage } from "./storage-trouble.ts";
import { stopsEverything, type Trouble } from "./trouble.ts";

export interface HeldWords {
  /** Something of this database is to be kept elsewhere too. */
  waits(database: string): boolean;
  /** Ok with how many rows are to be tried again later. */
  handIn(database: string, signal: AbortSignal): Promise<Result<number, Trouble>>;
}

export interface HeldWordsDeps {
  readonly replica: Replica;
  readonly session: Session;
  /** Asks below `/api`; without it nothing is handed in. */
  readonly client: CouchClient | undefined;
  readonly clock: Pick<ServerClock, "now">;
  readonly log: SyncLog;
}

/** So long everybody has to open the app once: what they bring themselves is in its place, and nobody need look at it. */
const waitMs = 3 * 86_400_000;
const kept = z.object({ ok: z.literal(true), kept: z.array(z.string()) });

export function createHeldWords({ replica, session, client, clock, log }: HeldWordsDeps): HeldWords {
  let isOffered = client !== undefined;

  function due(database: string): readonly Row[] {
    if (!isOffered || database === directoryDatabase || isToCompare(replica, database)) return [];
    const since = comparedAt(replica, database);
    const held = replica.rows(database).filter((row) => isHeld(row) && !isInInbox(row, since));
    if (held.length === 0) return [];
    // A clock that went back must not put it off for years.
    return Math.abs(clock.now() - since) < waitMs ? [] : held;
  }

  return {
    waits: (database) => due(database).length > 0,
    async handIn(database, signal) {
      const rows = due(database);
      for (const some of inParts(rows, itemOf)) {
        const body = JSON.stringify({ database, records: some.map(itemOf), held: true });
        const ask = { method: "POST", path: "/inbox", body, schema: kept } as const;
        const answer = client && (await session.ask(() => client.ask(ask, signal), signal));
        if (!answer?.ok) {
          if (answer && stopsEverything(answer.error)) return err(answer.error);
          isOffered = !answer || !isNotOffered(answer.error);
          return ok(isOffered ? due(database).length : 0);
        }
        const { body: said, at } = answer.value;
        const sent = new Map(some.map((row) => [row.record.id, row]));
        const settled = await replica.exchange(database, said.kept, (id, current) =>
          current && current.record === sent.get(id)?.record && isHeld(current)
            ? { ...current, sync: { state: "local", inboxAt: instantOf(at) } }
            : undefined,
        );
        if (!settled.ok) return err(storage(settled.error));
        log({ event: "keptElsewhere", database, rows: said.kept.length });
      }
      return ok(due(database).length);
    },
  };
}

/** Rows that lie here and that the inbox keeps as they are; as far as is known: it may have been put back with the rest. */
export function inInbox(replica: Replica, database: string): readonly Row[] {
  if (isToCompare(replica, database)) return [];
  const since = comparedAt(replica, database);
  return replica.rows(database).filter((row) => isHeld(row) && isInInbox(row, since));
}

/** Nothing that this device may send (`prepare.ts`). */
const isHeld = ({ sync, outbox, moved }: Row): boolean =>
  sync.state === "local" && outbox === undefined && !moved;

/** A centre that was put back after that may have lost the copy too. */
const isInInbox = ({ sync }: Row, comparedMs: number): boolean =>
  sync.state === "local" && sync.inboxAt !== undefined && Date.parse(sync.inboxAt) >= comparedMs;

/** Not by this front door, or not by one of its version. */
const isNotOffered = (trouble: Trouble): boolean =>
  trouble.kind === "status" && [400, 404, 405, 409].includes(trouble.status);

const itemOf = ({ record }: Row): object => ({ record, state: "local" });
