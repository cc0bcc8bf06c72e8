// What the engine tells to whoever watches: how it stands, and counts made from the records.
import type { ExchangeCounts, ExchangeState, SiteAside } from "#src/domain/ports/exchange.ts";
import type { Reader } from "#src/domain/ports/store.ts";
import { countEntries } from "./counts.ts";
import type { SyncLog } from "./event-log.ts";
import type { LastExchange } from "./last-exchange.ts";

export interface Teller {
  readonly state: ExchangeState;
  readonly counts: ExchangeCounts;
  watch(listener: () => void): () => void;
  tell(next: ExchangeState): void;
  /** Records have changed, and with them the counts. */
  recount(): void;
}

export function createTeller(first: ExchangeState, deps: TellerDeps): Teller {
  const { read, lastExchange, aside, onBug, log } = deps;
  const listeners = new Set<() => void>();
  let state = dated(first);
  let counted: { readonly revision: number; readonly counts: ExchangeCounts } | undefined;

  function dated(next: ExchangeState): ExchangeState {
    const { at, firstAt } = lastExchange;
    const sites = aside();
    return {
      ...next,
      ...(firstAt !== undefined && { firstExchangeAt: firstAt }),
      ...(at !== undefined && { lastExchangeAt: at }),
      ...(sites.length > 0 && { aside: sites }),
    };
  }

  function notify(): void {
    for (const listener of listeners) {
      try {
        listener();
      } catch (error) {
        // Whoever watches ends neither the exchange nor what others are told.
        onBug(error);
      }
    }
  }

  return {
    get state() {
      return state;
    },
    get counts() {
      if (counted?.revision !== read.revision)
        counted = { revision: read.revision, counts: countEntries(read.all()) };
      return counted.counts;
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell(next) {
      const before = state;
      state = dated(next);
      if (before.phase !== state.phase || before.fault?.kind !== state.fault?.kind) {
        const fault = state.fault && { fault: state.fault.kind };
        log({ event: "phase", phase: state.phase, ...fault });
      }
      notify();
    },
    recount: notify,
  };
}

export interface TellerDeps {
  readonly read: Pick<Reader, "revision" | "all">;
  readonly lastExchange: LastExchange;
  readonly aside: () => readonly SiteAside[];
  readonly onBug: (error: unknown) => void;
  readonly log: SyncLog;
}
