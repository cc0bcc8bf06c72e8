// The store of an open profile: seals what is written, keeps the view of it in memory, and tells who watches.
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import type { Store, StoreFault, Write } from "#src/domain/ports/store.ts";
import type { Surroundings } from "#src/domain/ports/surroundings.ts";
import { uuidOf } from "#src/domain/record/ids.ts";
import { draftKey, keyOf, parseContent, recordKey, type Content } from "./content.ts";
import { Edit } from "./edit.ts";
import type { Envelope, EnvelopeFault, EnvelopeStore } from "./envelope.ts";
import { problemsOf, savedRow } from "./local-write.ts";
import { Queue } from "./queue.ts";
import type { Replica, Row } from "./replica.ts";
import type { Sealer } from "./sealer.ts";
import { View, type Opened } from "./view.ts";

export interface SealedStoreParts {
  readonly envelopes: EnvelopeStore;
  readonly sealer: Sealer;
  readonly surroundings: Surroundings;
  /** Asked before each write: whether nobody else has opened the same meanwhile. */
  readonly holds?: () => Promise<boolean>;
  readonly progress?: (opened: number, total: number) => void;
}

/** Opens everything that lies in `envelopes`; what does not open is counted and stays where it is. */
export async function openSealedStore(parts: SealedStoreParts): Promise<Result<SealedStore, EnvelopeFault>> {
  const stored = await parts.envelopes.all();
  if (!stored.ok) return stored;
  const opened = await openAll(stored.value, parts);
  return ok(new SealedStore(parts, opened, stored.value.length));
}

/** Envelopes are opened side by side, but not so many that progress or the memory of a phone suffers. */
const openedTogether = 500;

async function openAll(envelopes: readonly Envelope[], { sealer, progress }: SealedStoreParts) {
  const opened: Opened[] = [];
  for (let at = 0; at < envelopes.length; at += openedTogether) {
    const some = envelopes.slice(at, at + openedTogether);
    for (const [index, text] of (await Promise.all(some.map((each) => sealer.open(each)))).entries()) {
      const content = text === undefined ? undefined : parseContent(text);
      const envelope = some[index]?.id;
      if (content && envelope !== undefined) opened.push({ envelope, content });
    }
    progress?.(Math.min(at + openedTogether, envelopes.length), envelopes.length);
  }
  return opened;
}

export class SealedStore implements Store, Replica {
  readonly #view = new View();
  readonly #queue = new Queue();
  readonly #listeners = new Set<() => void>();
  readonly #lastWords = new Set<() => Write | undefined>();
  readonly #surroundings: Surroundings;
  readonly #envelopes: EnvelopeStore;
  readonly #holds: () => Promise<boolean>;
  /** Dropped with `close`, and the key with it. */
  #sealer: Sealer | undefined;
  #turn = 0;

  constructor(parts: SealedStoreParts, opened: readonly Opened[], total: number) {
    this.#envelopes = parts.envelopes;
    this.#holds = parts.holds ?? (() => Promise.resolve(true));
    this.#sealer = parts.sealer;
    this.#surroundings = parts.surroundings;
    // Should two envelopes ever hold the same thing, the one written last is shown; the other counts as unreadable.
    const kept = new Map<string, Opened>();
    for (const each of opened) {
      this.#turn = Math.max(this.#turn, each.content.turn, each.content.place);
      const rival = kept.get(keyOf(each.content));
      if (!rival || rival.content.turn < each.content.turn) kept.set(keyOf(each.content), each);
    }
    for (const each of kept.values()) this.#view.put(each);
    this.#view.unreadable = total - kept.size;
  }

  get read() {
    return this.#view;
  }

  row = (database: string, id: string) => this.#view.row(database, id);
  outbox = (database: string) => this.#view.outbox(database);
  rows = (database: string) => this.#view.rows(database);
  moved = (database: string) => this.#view.moved(database);
  databases = () => this.#view.databases();
  drafts = () => this.#view.drafts();
  local = (name: string) => this.#view.local(name);

  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  write(write: Write): Promise<Result<void, StoreFault>> {
    return this.#enqueue(async (sealer) => {
      const { changes = [], putDrafts = [], dropDrafts = [], setLocal = {} } = write;
      const problems = changes.flatMap((change) =>
        problemsOf(change, this.row(change.database, change.record.id)),
      );
      if (problems.length > 0) return err({ type: "RecordInvalid", problems });

      const edit = this.#edit();
      const arrivedAt = new Date(this.#surroundings.now()).toISOString();
      for (const change of changes) {
        const current = edit.row(change.database, change.record.id);
        edit.put((turn) => ({ kind: "record", row: savedRow(change, current, turn, arrivedAt) }));
      }
      for (const draft of putDrafts) edit.put(() => ({ kind: "draft", draft }));
      for (const id of dropDrafts) edit.drop(draftKey(id));
      edit.setLocal(setLocal);
      return this.#commit(edit, sealer);
    });
  }

  exchange: Replica["exchange"] = (database, ids, decide, local = {}) =>
    this.#enqueue(async (sealer) => {
      const values = typeof local === "function" ? local() : local;
      if (values === undefined) return ok(undefined);
      const edit = this.#edit();
      for (const id of new Set(ids)) {
        const row = decide(id, this.row(database, id), edit.turn + 1);
        if (!row) continue;
        if (row.database !== database || row.record.id !== id)
          throw new Error(`exchange was asked about ${database}/${id} and decided another row`);
        edit.put(() => ({ kind: "record", row }));
      }
      edit.setLocal(values);
      return this.#commit(edit, sealer);
    });

  setLocal: Replica["setLocal"] = (values) => this.exchange("", [], () => undefined, values);

  forget: Replica["forget"] = async (database, leaving = () => ({})) => {
    let staying: readonly Row[] = [];
    const done = await this.#enqueue((sealer) => {
      const { handedOver, handedDrafts, isDoubted = false } = leaving();
      const rows = this.#view.rows(database);
      const edit = this.#edit();
      // The view holds the same object until the row is written again.
      const mayGo = (row: Row): boolean => (!isDoubted && isAtCentre(row)) || handedOver?.has(row) === true;
      for (const row of rows) if (mayGo(row)) edit.drop(recordKey(database, row.record.id));
      for (const draft of this.#view.drafts()) if (handedDrafts?.has(draft)) edit.drop(draftKey(draft.id));
      staying = rows.filter((row) => !mayGo(row));
      return this.#commit(edit, sealer);
    });
    return done.ok ? ok(staying) : done;
  };

  discard: Replica["discard"] = (database, ids, mayGo) =>
    this.#enqueue((sealer) => {
      const edit = this.#edit();
      for (const id of ids) {
        const row = this.row(database, id);
        if (row && mayGo(row)) edit.drop(recordKey(database, id));
      }
      return this.#commit(edit, sealer);
    });

  beforeClose(ask: () => Write | undefined): () => void {
    this.#lastWords.add(ask);
    return () => this.#lastWords.delete(ask);
  }

  /** Takes what must still be written, refuses new writes from then on, lets accepted ones end, then forgets key and contents. */
  async close(): Promise<void> {
    const sealer = this.#sealer;
    if (!sealer) return;
    for (const ask of this.#lastWords) {
      const last = ask();
      if (last) void this.write(last);
    }
    this.#lastWords.clear();
    this.#sealer = undefined;
    await this.#queue.run(async () => {
      this.#view.clear();
      this.#listeners.clear();
      await this.#envelopes.close();
    });
  }

  #enqueue(task: (sealer: Sealer) => Promise<Result<void, StoreFault>>): Promise<Result<void, StoreFault>> {
    const sealer = this.#sealer;
    if (!sealer) return Promise.resolve(err({ type: "StorageClosed" }));
    return this.#queue.run(() => task(sealer));
  }

  #edit(): Edit {
    return new Edit(this.#view, this.#turn);
  }

  async #commit(edit: Edit, sealer: Sealer): Promise<Result<void, StoreFault>> {
    // Numbers are never used twice, not even those of a write that failed.
    this.#turn = edit.turn;
    const puts = edit.puts();
    const drops = edit.drops();
    if (puts.length === 0 && drops.length === 0) return ok(undefined);
    const written = await Promise.all(puts.map((content) => this.#sealed(content, sealer)));
    if (!(await this.#holds())) return err({ type: "StorageClosed" });
    const done = await this.#envelopes.write(
      written.map(({ envelope }) => envelope),
      drops.map(({ envelope }) => envelope),
    );
    if (!done.ok) return done;
    for (const { envelope, content } of written) this.#view.put({ envelope: envelope.id, content });
    for (const { content } of drops) this.#view.drop(keyOf(content));
    this.#view.revision += 1;
    this.#tell();
    return done;
  }

  async #sealed(content: Content, sealer: Sealer) {
    const text = JSON.stringify(content);
    const id = this.#view.opened(keyOf(content))?.envelope ?? uuidOf(this.#surroundings.randomBytes(16));
    // The view takes what a reopened store would read, and nothing that the caller could still change.
    return { envelope: await sealer.seal(id, text), content: JSON.parse(text) as Content };
  }

  #tell(): void {
    for (const listener of this.#listeners) {
      try {
        listener();
      } catch (error) {
        // A listener's bug must not look like a failed save, nor keep the others from being told.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}

/** Nothing of it would be missed: the centre has shown this very version. */
const isAtCentre = ({ sync, outbox }: Row): boolean => sync.state === "central" && outbox === undefined;
