// The locks that the tabs of one browser share, as Web Locks has them, with a patience that passes in virtual time.
import type { After } from "#src/sync/timers.ts";

interface Request {
  readonly tab: number;
  readonly name: string;
  readonly mode: LockMode;
  readonly callback: (lock: Lock) => unknown;
  readonly answer: (value: unknown) => void;
  readonly fail: (reason: unknown) => void;
}

export interface VirtualLocks {
  /** As one tab sees them. */
  of(tab: number): LockManager;
  /** The browser frees what the tab had, and forgets what it asked for. */
  crashed(tab: number): void;
}

/** How long a request that brings a signal is waited for. */
const patienceMs = 2_000;

export function createVirtualLocks(after: After): VirtualLocks {
  const holders = new Map<string, Request>();
  let waiting: Request[] = [];

  function grant(request: Request): void {
    const { name, mode } = request;
    holders.set(name, request);
    const done = Promise.resolve(request.callback({ name, mode }));
    void done.then(request.answer, request.fail).finally(() => free(request));
  }

  function free(request: Request): void {
    if (holders.get(request.name) !== request) return;
    holders.delete(request.name);
    const next = waiting.find(({ name }) => name === request.name);
    if (!next) return;
    waiting = waiting.filter((each) => each !== next);
    grant(next);
  }

  const giveUp = (request: Request) => {
    if (!waiting.includes(request)) return;
    waiting = waiting.filter((each) => each !== request);
    request.fail(new Error("not given in time"));
  };

  function ask(request: Request, { steal = false, signal }: LockOptions): void {
    const holder = holders.get(request.name);
    if (steal && holder) {
      holders.delete(request.name);
      holder.fail(new Error("stolen"));
    }
    if (steal || !holder) {
      grant(request);
      return;
    }
    waiting.push(request);
    if (signal) after(patienceMs, () => giveUp(request));
  }

  return {
    of(tab) {
      const request = (name: string, ...rest: readonly unknown[]) =>
        new Promise((answer, fail) => {
          const [options = {}, callback] = rest.length > 1 ? rest : [{}, rest[0]];
          const call = callback as (lock: Lock) => unknown;
          ask({ tab, name, mode: "exclusive", callback: call, answer, fail }, options as LockOptions);
        });
      const held = () =>
        [...holders.values()].map((each) => ({
          name: each.name,
          mode: each.mode,
          clientId: String(each.tab),
        }));
      return { request, query: () => Promise.resolve({ held: held(), pending: [] }) } as LockManager;
    },
    crashed(tab) {
      waiting = waiting.filter((each) => each.tab !== tab);
      for (const request of [...holders.values()]) if (request.tab === tab) free(request);
    },
  };
}
