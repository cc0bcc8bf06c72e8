// Whether a profile is open, and the only place that opens and closes one.
import type { Exchange } from "#src/domain/ports/exchange.ts";
import type { Surroundings } from "#src/domain/ports/surroundings.ts";
import type { OpenProfile, Vault } from "#src/domain/ports/vault.ts";
import type { Work } from "#src/data/work.tsx";

export interface SessionState<P extends OpenProfile = OpenProfile> {
  readonly work: Work | undefined;
  watch(listener: () => void): () => void;
  open(profile: P): void;
  /** Drops key, records and exchange; resolves when nothing is left in memory of ours. */
  close(): Promise<void>;
}

export function createSessionState<P extends OpenProfile>(deps: {
  readonly vault: Vault;
  readonly surroundings: Surroundings;
  readonly startExchange: (profile: P) => Exchange;
}): SessionState<P> {
  let work: Work | undefined;
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  return {
    get work() {
      return work;
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    open(profile) {
      const exchange = deps.startExchange(profile);
      work = { profile, exchange, surroundings: deps.surroundings };
      tell();
    },
    async close() {
      const closing = work;
      work = undefined;
      tell();
      // The screens go first: what an input method still holds is handed over as they leave. The store closes without
      // waiting for the exchange: what was typed last is written by then, however long a connection hangs.
      await Promise.resolve();
      await Promise.all([deps.vault.lock(), closing?.exchange.stop()]);
    },
  };
}
