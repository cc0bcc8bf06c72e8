// Saves a draft as it changes: one write at a time, always the newest state, nothing forgotten.
import type { Draft, Store, StoreFault } from "#src/domain/ports/store.ts";

export type DraftState = "saved" | "saving" | StoreFault;

export interface DraftWriter {
  readonly state: DraftState;
  put(draft: Draft): void;
  /** Resolves when everything put so far is on the device, or could not be. */
  settled(): Promise<DraftState>;
  watch(listener: () => void): () => void;
}

export function createDraftWriter(store: Store): DraftWriter {
  let state: DraftState = "saved";
  let waiting: Draft | undefined;
  let running: Promise<void> | undefined;
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
      if (!written.ok) return become(written.error);
    }
    become("saved");
  }

  return {
    get state() {
      return state;
    },
    put(draft) {
      waiting = draft;
      if (running) return;
      become("saving");
      running = drain().finally(() => {
        running = undefined;
      });
    },
    async settled() {
      while (running) await running;
      return state;
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
