// Saves a draft as it changes: one write at a time, always the newest state, nothing forgotten.
import type { Draft, Store, StoreFault } from "#src/domain/ports/store.ts";

export type DraftState = "saved" | "saving" | StoreFault;

export interface DraftWriter {
  readonly state: DraftState;
  put(draft: Draft): void;
  /** Tries again what could not be written; resolves when all of it is on the device, or still cannot be. */
  settled(): Promise<DraftState>;
  watch(listener: () => void): () => void;
}

export function createDraftWriter(store: Store): DraftWriter {
  let state: DraftState = "saved";
  /** The newest draft that is not on the device yet. */
  let waiting: Draft | undefined;
  let running: Promise<void> | undefined;
  let forgetLastWords: (() => void) | undefined;
  const listeners = new Set<() => void>();
  const become = (next: DraftState) => {
    state = next;
    for (const listener of listeners) listener();
  };

  async function drain(): Promise<void> {
    while (waiting) {
      const draft = waiting;
      waiting = undefined;
      const written = await store.write({ putDrafts: [draft] });
      if (written.ok) continue;
      // Kept for the next try.
      waiting ??= draft;
      return end(written.error);
    }
    forgetLastWords?.();
    forgetLastWords = undefined;
    end("saved");
  }

  /** Over before anybody hears of it: who hears may put the next change at once. */
  function end(next: DraftState): void {
    running = undefined;
    become(next);
  }

  function start(): void {
    // A lock, or another tab, may come between two writes.
    forgetLastWords ??= store.beforeClose(() => waiting && { putDrafts: [waiting] });
    running = drain();
    become("saving");
  }

  return {
    get state() {
      return state;
    },
    put(draft) {
      waiting = draft;
      if (!running) start();
    },
    async settled() {
      if (!running && waiting) start();
      while (running) await running;
      return state;
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
