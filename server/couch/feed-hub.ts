// Keeps the waiting change feeds: wakes them when their database changes, bounds how many there are, ends them all.
import { tooManyFeeds } from "./errors.ts";

export interface Feed {
  /** Aborted when the client has gone, or the server closes. */
  signal: AbortSignal;
  /** Waits for a change of the database, for at most so many milliseconds. */
  wait(database: number, maxMs: number): Promise<"changed" | "quiet" | "ended">;
  /** Gives the place of this feed back. May be called more than once. */
  end(): void;
}

export interface FeedHub {
  /** @throws 429 when there are too many */
  open(user: string | null, client: AbortSignal): Feed;
  wake(database: number): void;
  wakeAll(): void;
  /** How many feeds are open, and how many of them wait. */
  count(): { open: number; waiting: number };
  close(): void;
}

export interface FeedBounds {
  maxFeeds: number;
  maxFeedsPerUser: number;
}

type StartTimer = (delayMs: number, ring: () => void) => () => void;

export function feedHub(bounds: FeedBounds, startTimer: StartTimer): FeedHub {
  const openByUser = new Map<string | null, number>();
  const feeds = new Set<AbortController>();
  const waiters = new Map<number, Set<() => void>>();

  const wait = (signal: AbortSignal, database: number, maxMs: number) =>
    new Promise<"changed" | "quiet" | "ended">((resolve) => {
      if (signal.aborted) {
        resolve("ended");
        return;
      }
      const finish = (outcome: "changed" | "quiet" | "ended") => {
        stopTimer();
        signal.removeEventListener("abort", onAbort);
        waiting.delete(onChange);
        if (waiting.size === 0) waiters.delete(database);
        resolve(outcome);
      };
      const onChange = () => {
        finish("changed");
      };
      const onAbort = () => {
        finish("ended");
      };
      const waiting = waiters.get(database) ?? new Set();
      waiters.set(database, waiting.add(onChange));
      signal.addEventListener("abort", onAbort);
      const stopTimer = startTimer(maxMs, () => {
        finish("quiet");
      });
    });

  const wake = (database: number) => {
    for (const onChange of [...(waiters.get(database) ?? [])]) onChange();
  };

  return {
    open: (user, client) => {
      const ofUser = openByUser.get(user) ?? 0;
      if (feeds.size >= bounds.maxFeeds || ofUser >= bounds.maxFeedsPerUser) throw tooManyFeeds();
      const controller = new AbortController();
      feeds.add(controller);
      openByUser.set(user, ofUser + 1);
      const end = () => {
        if (!feeds.delete(controller)) return;
        client.removeEventListener("abort", end);
        const left = (openByUser.get(user) ?? 1) - 1;
        if (left === 0) openByUser.delete(user);
        else openByUser.set(user, left);
        controller.abort();
      };
      client.addEventListener("abort", end);
      if (client.aborted) end();
      const { signal } = controller;
      return { signal, wait: (database, maxMs) => wait(signal, database, maxMs), end };
    },
    wake,
    wakeAll: () => {
      for (const database of [...waiters.keys()]) wake(database);
    },
    count: () => ({
      open: feeds.size,
      waiting: [...waiters.values()].reduce((sum, each) => sum + each.size, 0),
    }),
    close: () => {
      for (const controller of feeds) controller.abort();
    },
  };
}
