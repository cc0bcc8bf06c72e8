// Everything an open store holds, in memory and in the clear: what queries read and what the exchange sees.
import type { Draft, Entry, Reader } from "#src/domain/ports/store.ts";
import { isReadable } from "#src/domain/record/check.ts";
import { readAsCurrent } from "#src/domain/record/upcast.ts";
import type { RecordByType, RecordType } from "#src/domain/records/index.ts";
import { Arrivals, Groups } from "./arrivals.ts";
import { keyOf, localKey, recordKey, type Content } from "./content.ts";
import type { Row } from "./replica.ts";

/** A content with the id of the envelope it lies in. */
export interface Opened {
  readonly envelope: string;
  readonly content: Content;
}

export class View implements Reader {
  revision = 0;
  unreadable = 0;
  readonly #opened = new Map<string, Opened>();
  readonly #entries = new Arrivals<Entry>();
  readonly #byType = new Groups<Entry>();
  readonly #byCase = new Groups<Entry>();
  /** Record id → databases that hold one: two while a case moves between sites (D9). */
  readonly #homes = new Map<string, Set<string>>();
  readonly #drafts = new Arrivals<Draft>();
  /** Rows with something to send; nearly always few. */
  readonly #outgoing = new Groups<Row>();
  /** Rows of records that are at another site now; nearly always none. */
  readonly #moved = new Map<string, Row>();
  /** How many rows each database has here. */
  readonly #databases = new Map<string, number>();

  opened(key: string): Opened | undefined {
    return this.#opened.get(key);
  }

  put(opened: Opened): void {
    const { content } = opened;
    const key = keyOf(content);
    this.drop(key);
    this.#opened.set(key, opened);
    if (content.kind === "record") this.#putRow(key, content.place, content.row);
    if (content.kind === "draft") this.#drafts.set(key, content.place, content.draft);
  }

  drop(key: string): void {
    const content = this.#opened.get(key)?.content;
    if (!content) return;
    this.#opened.delete(key);
    if (content.kind === "record") this.#dropRow(key, content.row);
    if (content.kind === "draft") this.#drafts.delete(key);
  }

  /** Forgets everything: the store was closed. */
  clear(): void {
    this.revision += 1;
    this.unreadable = 0;
    for (const held of [this.#opened, this.#entries, this.#byType, this.#byCase]) held.clear();
    for (const held of [this.#homes, this.#drafts, this.#outgoing, this.#moved, this.#databases])
      held.clear();
  }

  #putRow(key: string, place: number, row: Row): void {
    const entry = entryOf(row);
    const { id, type } = entry.record;
    this.#entries.set(key, place, entry);
    // What another version wrote in another way waits, kept and listed, for the product to be brought up to date.
    if (entry.record === row.record ? !entry.newer || isReadable(row.record) : isReadable(entry.record)) {
      this.#byType.of(type).set(key, place, entry);
      if (entry.record.case !== undefined) this.#byCase.of(entry.record.case).set(key, place, entry);
    }
    this.#homes.set(id, (this.#homes.get(id) ?? new Set()).add(row.database));
    this.#databases.set(row.database, (this.#databases.get(row.database) ?? 0) + 1);
    if (row.outbox !== undefined && row.sync.state !== "refused")
      this.#outgoing.of(row.database).set(key, row.outbox, row);
    if (row.moved) this.#moved.set(key, row);
  }

  /** Another version of the same row takes its place, or the record is forgotten. */
  #dropRow(key: string, row: Row): void {
    const entry = this.#entries.get(key);
    this.#entries.delete(key);
    this.#byType.of(entry?.record.type ?? row.record.type).delete(key);
    const caseId = entry?.record.case;
    if (caseId !== undefined) this.#byCase.of(caseId).delete(key);
    this.#outgoing.of(row.database).delete(key);
    this.#moved.delete(key);
    const homes = this.#homes.get(row.record.id);
    homes?.delete(row.database);
    if (homes?.size === 0) this.#homes.delete(row.record.id);
    const left = (this.#databases.get(row.database) ?? 1) - 1;
    if (left > 0) this.#databases.set(row.database, left);
    else this.#databases.delete(row.database);
  }

  get<T extends RecordType>(type: T, id: string): Entry<RecordByType[T]> | undefined {
    const group = this.#ofType(type);
    let latest: { turn: number; entry: Entry<RecordByType[T]> } | undefined;
    for (const database of this.#homes.get(id) ?? []) {
      const key = recordKey(database, id);
      const entry = group.get(key);
      const turn = this.#opened.get(key)?.content.turn ?? 0;
      if (entry && (!latest || turn > latest.turn)) latest = { turn, entry };
    }
    return latest?.entry;
  }

  list<T extends RecordType>(type: T): readonly Entry<RecordByType[T]>[] {
    return this.#ofType(type).list();
  }

  #ofType<T extends RecordType>(type: T): Arrivals<Entry<RecordByType[T]>> {
    // A group holds only records whose `type` is its name; the compiler cannot follow that through a map.
    return this.#byType.of(type) as unknown as Arrivals<Entry<RecordByType[T]>>;
  }

  ofCase(caseId: string): readonly Entry[] {
    return this.#byCase.list(caseId);
  }

  all(): readonly Entry[] {
    return this.#entries.list();
  }

  drafts(): readonly Draft[] {
    return this.#drafts.list();
  }

  local(name: string): unknown {
    const content = this.#opened.get(localKey(name))?.content;
    return content?.kind === "local" ? content.value : undefined;
  }

  row(database: string, id: string): Row | undefined {
    const content = this.#opened.get(recordKey(database, id))?.content;
    return content?.kind === "record" ? content.row : undefined;
  }

  rows(database: string): readonly Row[] {
    return [...this.#opened.values()].flatMap(({ content }) =>
      content.kind === "record" && content.row.database === database ? [content.row] : [],
    );
  }

  outbox(database: string): readonly Row[] {
    return this.#outgoing.list(database);
  }

  moved(database: string): readonly Row[] {
    return [...this.#moved.values()].filter((row) => row.database === database);
  }

  databases(): readonly string[] {
    return [...this.#databases.keys()];
  }
}

function entryOf({ database, record, sync, arrivedAt }: Row): Entry {
  const current = readAsCurrent(record);
  return {
    database,
    record: current.record,
    sync,
    arrivedAt,
    ...(current.newer && { newer: true }),
  };
}
