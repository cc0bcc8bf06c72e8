// Records of which two servers that replicate have left several versions: the front door is asked to put them together (D20),
// or, where there is none, each device does its part.
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import { z } from "zod";
import type { CouchClient } from "./couch-client.ts";
import type { SyncLog } from "./event-log.ts";
import type { LocalValues } from "#src/storage/replica.ts";
import { bringOwnWords, type OwnWordsDeps } from "./own-words.ts";
import type { Session } from "./session.ts";
import { storage } from "./storage-trouble.ts";
import type { Trouble } from "./trouble.ts";

export interface Forks {
  /** Ids of records that were seen so in this database and not yet put together. */
  pending(database: string): readonly string[];
  /** The local value that says so, to be worked out where the changes are kept in which they were seen. */
  seen(database: string, ids: readonly string[]): LocalValues;
  /** Ok with how many are to be asked about later. What comes of it comes down the feed. */
  mend(database: string, signal: AbortSignal): Promise<Result<number, Trouble>>;
}

export interface ForksDeps extends OwnWordsDeps {
  readonly session: Session;
  /** Asks below `/api`; absent where a CouchDB is spoken with directly, which offers nothing of the kind. */
  readonly client: CouchClient | undefined;
  readonly log: SyncLog;
}

/** As many as the front door takes at once; without one, of so many all versions come in one answer. */
const askedTogether = 50;
const mended = z.object({ ok: z.literal(true), merged: z.number(), pruned: z.number() });
const ids = z.array(z.string());
const nameOf = (database: string) => `forks:${database}`;

export const forksValue = (database: string, left: readonly string[]): LocalValues => ({
  [nameOf(database)]: left.length > 0 ? left : undefined,
});

export function createForks(deps: ForksDeps): Forks {
  const { replica, session, client, log } = deps;
  let isOffered = client !== undefined;

  const pending = (database: string): readonly string[] =>
    ids.safeParse(replica.local(nameOf(database))).data ?? [];

  async function strikeOff(database: string, done: readonly string[]): Promise<Result<void, Trouble>> {
    const kept = await replica.setLocal(() =>
      forksValue(
        database,
        pending(database).filter((id) => !done.includes(id)),
      ),
    );
    return kept.ok ? kept : err(storage(kept.error));
  }

  /** Ok with whether it could be asked. */
  async function askDoor(
    { ask: askClient }: CouchClient,
    database: string,
    asked: readonly string[],
    signal: AbortSignal,
  ): Promise<Result<boolean, Trouble>> {
    const body = JSON.stringify({ database, ids: asked });
    const ask = { method: "POST", path: "/forks", body, schema: mended } as const;
    const answer = await session.ask(() => askClient(ask, signal), signal);
    if (answer.ok) {
      log({ event: "mended", database, merged: answer.value.body.merged, pruned: answer.value.body.pruned });
      return ok(true);
    }
    const { error } = answer;
    // Here is no front door: until the next start nobody need ask again.
    if (error.kind !== "status" || (error.status !== 404 && error.status !== 405)) return answer;
    isOffered = false;
    return ok(false);
  }

  async function mend(database: string, signal: AbortSignal): Promise<Result<number, Trouble>> {
    for (;;) {
      const waiting = pending(database);
      if (waiting.length === 0) return ok(0);
      const asked = waiting.slice(0, askedTogether);
      const byDoor = client && isOffered ? await askDoor(client, database, asked, signal) : ok(false);
      const done = byDoor.ok && !byDoor.value ? await bringOwnWords(database, asked, deps, signal) : byDoor;
      if (!done.ok) return done.error.kind === "stopped" ? done : ok(waiting.length);
      const kept = await strikeOff(database, asked);
      if (!kept.ok) return kept;
    }
  }

  return {
    pending,
    seen(database, found) {
      const all = new Set([...pending(database), ...found]);
      return found.length > 0 ? forksValue(database, [...all]) : {};
    },
    mend,
  };
}
