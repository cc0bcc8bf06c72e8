// Saves a draft as it changes: one write at a time, always the newest state, nothing forgotten.
import type { Draft, Store, StoreFault } from "#src/domain/ports/store.ts";

export type DraftState = "saved" | "saving" | StoreFault;

export interface DraftWriter {
  /** A fault stays until all is written: tries in between are not told. */
  readonly state: DraftState;
  put(draft: Draft): void;
  /** It was saved as a record, or dropped by a person: what could not be written is not tried again. */
  forget(): void;
  /** Tries again what could not be written; resolves when all of it is on the device, or still cannot be. */
  settled(): Promise<DraftState>;
  watch(listener: () => void): () => void;
}

/** How soon it is tried again by itself, in milliseconds: somebody frees space and comes back to the form. */
const againMs = 5_000;

/** Drafts that do not lie on the device yet, beside who writes them: a form that is opened again goes on with these. */
const unwritten = new WeakMap<Store, Map<string, { readonly draft: Draft; readonly writer: DraftWriter }>>();

function unwrittenIn(store: Store) {
  const all = unwritten.get(store) ?? new Map<string, { draft: Draft; writer: DraftWriter }>();
  unwritten.set(store, all);
  return all;
}

/** Every draft as it was left, also where it could not be written. */
export function openDrafts(store: Store): readonly Draft[] {
  const held = unwrittenIn(store);
  const stored = store.read.drafts().filter(({ id }) => !held.has(id));
  return [...[...held.values()].map(({ draft }) => draft), ...stored];
}

/** The one that still has something of this draft to write, or a new one. */
export const draftWriterFor = (store: Store, id: string): DraftWriter =>
  unwrittenIn(store).get(id)?.writer ?? createDraftWriter(store);

export const forgetDraft = (store: Store, id: string): void => unwrittenIn(store).get(id)?.writer.forget();

export function createDraftWriter(store: Store): DraftWriter {
  const held = unwrittenIn(store);
  let state: DraftState = "saved";
  /** The newest draft that is not on the device yet. */
  let waiting: Draft | undefined;
  let running: Promise<void> | undefined;
  let forgetLastWords: (() => void) | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
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
      if (written.ok) {
        held.delete(draft.id);
        continue;
      }
      // Kept for the next try.
      waiting ??= draft;
      held.set(draft.id, { draft: waiting, writer });
      if (written.error.type !== "StorageClosed") again = setTimeout(() => void writer.settled(), againMs);
      return end(written.error);
    }
    forgetLastWords?.();
    forgetLastWords = undefined;
    end("saved");
  }

  /** Over before anybody hears of it: who hears may put the next change at once. */
  function end(next: DraftState): void {
    running = undefined;
    if (typeof next === "string" || typeof state === "string" || next.type !== state.type) become(next);
  }

  function start(): void {
    clearTimeout(again);
    // A lock, or another tab, may come between two writes.
    forgetLastWords ??= store.beforeClose(() => waiting && { putDrafts: [waiting] });
    running = drain();
    if (typeof state === "string") become("saving");
  }

  const writer: DraftWriter = {
    get state() {
      return state;
    },
    put(draft) {
      waiting = draft;
      const left = held.get(draft.id);
      if (left) held.set(draft.id, { ...left, draft });
      if (!running) start();
    },
    forget() {
      clearTimeout(again);
      if (waiting) held.delete(waiting.id);
      waiting = undefined;
      forgetLastWords?.();
      forgetLastWords = undefined;
    },
    async settled() {
      if (!running && waiting) start();
      for (let run = running; run; run = running) await run;
      return state;
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return writer;
}
