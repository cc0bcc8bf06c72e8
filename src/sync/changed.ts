// Asks the front door in one request which of many databases have something new, so that the others are not asked at all.
import type { Replica } from "#src/storage/replica.ts";
import { z } from "zod";
import { infoSchema } from "./centre.ts";
import { readCheckpoint } from "./checkpoint.ts";
import type { CouchClient } from "./couch-client.ts";
import type { Session } from "./session.ts";

const standing = infoSchema.extend({ changed: z.boolean() });
/** What a database says of itself, and whether it has changes after where this device has read it. */
export type Standing = z.output<typeof standing>;
const told = z.object({ databases: z.record(z.string(), standing) });

export interface Changed {
  /**
   * How these databases stand. One that is missing is to be asked itself: all of them where the front door does not offer
   * this or does not answer.
   */
  standings(databases: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Standing>>;
}

export interface ChangedDeps {
  readonly replica: Replica;
  readonly session: Session;
  /** Asks below `/api`; absent where a CouchDB is spoken with directly. */
  readonly client: CouchClient | undefined;
}

/** As many as the front door tells of at once, with sequences of a cluster in mind. */
const askedTogether = 200;
/** Of fewer it is as quick to ask each. */
const worthAsking = 3;

export function createChanged({ replica, session, client }: ChangedDeps): Changed {
  let isOffered = client !== undefined;
  return {
    async standings(databases, signal) {
      const standings = new Map<string, Standing>();
      if (databases.length < worthAsking) return standings;
      if (!client) return standings;
      for (let at = 0; isOffered && at < databases.length; at += askedTogether) {
        const asked = databases.slice(at, at + askedTogether);
        const since = Object.fromEntries(asked.map((name) => [name, readCheckpoint(replica, name).since]));
        const ask = {
          method: "POST",
          path: "/changed",
          body: JSON.stringify({ since }),
          schema: told,
        } as const;
        const answer = await session.ask(() => client.ask(ask, signal), signal);
        if (!answer.ok) {
          const { error } = answer;
          // Here is no front door, or one of an earlier version: until the next start nobody need ask again.
          isOffered = error.kind !== "status" || (error.status !== 404 && error.status !== 405);
          return standings;
        }
        for (const name of asked) {
          const said = answer.value.body.databases[name];
          if (said) standings.set(name, said);
        }
      }
      return standings;
    },
  };
}
