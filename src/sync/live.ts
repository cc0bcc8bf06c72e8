// Keeps an ear on each database: a held-open request from the last sequence taken over, never from "now".
import type { OneDatabase } from "./one-database.ts";
import type { Pulled } from "./pull.ts";
import { type After, sleep } from "./timers.ts";
import type { Trouble } from "./trouble.ts";

/** Browsers open six connections to one origin; one stays free for sending. Above this, polling. */
export const mostFollowed = 5;

export interface Live {
  /** In place of what was followed so far. */
  follow(databases: readonly string[]): void;
  isFollowing(database: string): boolean;
  stop(): void;
}

export interface LiveDeps {
  readonly one: Pick<OneDatabase, "next">;
  readonly after: After;
  /** An answer came, and was taken over. */
  readonly onAnswer: (database: string, pulled: Pulled) => void;
  /** Following has ended with this. `inVain`: so many have ended so, one after the other, without an answer of any between. */
  readonly onTrouble: (trouble: Trouble, inVain: number) => void;
  /** A bug: following has ended with it. */
  readonly onBug: (error: unknown, inVain: number) => void;
}

/** Without a reason of its own, each abort would pay for an exception with its stack. */
const overAndDone = "not followed any more";

/** Answers without changes that come faster than this are not waited for by the centre: do not run hot. */
const leastMs = 2_000;

export function createLive({ one, after, onAnswer, onTrouble, onBug }: LiveDeps): Live {
  let followed: ReadonlySet<string> = new Set();
  let ended = new AbortController();
  let inVain = 0;

  async function listen(database: string, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      let early = true;
      const callOff = after(leastMs, () => {
        early = false;
      });
      const page = await one.next(database, signal);
      callOff();
      if (signal.aborted) return;
      if (!page.ok) {
        onTrouble(page.error, (inVain += 1));
        return;
      }
      inVain = 0;
      onAnswer(database, page.value);
      if (page.value.changes === 0 && early) await sleep(after, leastMs, signal);
    }
  }

  function stop(): void {
    if (followed.size === 0) return;
    ended.abort(overAndDone);
    ended = new AbortController();
    followed = new Set();
  }

  return {
    follow(databases) {
      stop();
      followed = new Set(databases);
      const { signal } = ended;
      for (const database of databases)
        void listen(database, signal).catch((error: unknown) => {
          if (!signal.aborted) onBug(error, (inVain += 1));
        });
    },
    isFollowing: (database) => followed.has(database),
    stop,
  };
}
