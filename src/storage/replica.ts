// What the sync engine sees of the store: rows with what it must know to exchange them, changed one by one and atomically.
import type { AnyRecord } from "#src/domain/record/define.ts";
import type { Result } from "#src/domain/ports/result.ts";
import type { Draft, StoreFault, SyncState } from "#src/domain/ports/store.ts";

/** One record on this device with everything the exchange needs; sealed as a whole. */
export interface Row {
  readonly database: string;
  readonly record: AnyRecord;
  readonly sync: SyncState;
  readonly arrivedAt: string;
  /** Revision at the centre that `record` was made from; absent for a record the centre never had. */
  readonly rev?: string;
  /**
   * The record as the centre has it under `rev`, kept while there is an unsent edit on top; without `rev`: as the centre
   * had it before it was put back from a backup.
   */
  readonly base?: AnyRecord;
  /** The case has gone to another site: what is unsent here is brought there, and then the row leaves (D9). */
  readonly moved?: true;
  /** Place in the outbox: grows by one per local write on this device; absent: nothing to send. */
  readonly outbox?: number;
}

/** Values of this device alone, by name; `undefined` takes the name away. */
export type LocalValues = Readonly<Record<string, unknown>>;
/**
 * Values to be written. What depends on values that lie here has to be worked out inside the store's queue, since they may
 * change until then; undefined: nothing at all is written, of rows neither.
 */
export type LocalChange = LocalValues | (() => LocalValues | undefined);

export interface Leaving {
  /** Rows that are kept elsewhere now: they leave too, unless they have changed since they were read. */
  readonly handedOver?: ReadonlySet<Row>;
  /** The same for drafts. */
  readonly handedDrafts?: ReadonlySet<Draft>;
  /** The centre may have lost what it had shown: only what is kept elsewhere leaves. */
  readonly isDoubted?: boolean;
}

export interface Replica {
  row(database: string, id: string): Row | undefined;
  /** Rows with something to send, in the order they were written; refused ones are not among them. */
  outbox(database: string): readonly Row[];
  /** Rows of records that have gone to another site and are still here. */
  moved(database: string): readonly Row[];
  /** Every row of the database: looks at all that the store holds. */
  rows(database: string): readonly Row[];
  /** Forms that were begun and not finished; never sent but to the inbox. */
  drafts(): readonly Draft[];
  /** Databases that hold at least one row. */
  databases(): readonly string[];
  /**
   * Changes rows in one atomic write: `decide` is called for each id with the row as it is at that moment, inside
   * the store's queue, so that no local save is overwritten. It returns the new row, or undefined to leave it alone.
   * `place` is one in the outbox that no other write has, for a row that is to be sent.
   * @param local values (a checkpoint, say) that are written in the same transaction; worked out first
   */
  exchange(
    database: string,
    ids: readonly string[],
    decide: (id: string, current: Row | undefined, place: number) => Row | undefined,
    local?: LocalChange,
  ): Promise<Result<void, StoreFault>>;
  setLocal(values: LocalChange): Promise<Result<void, StoreFault>>;
  /**
   * Takes off this device what the centre has of a database just as it is here. Which rows these are is found out inside
   * the store's queue, `leaving` too: one that waits, was sent and not seen back, was refused or is in a clash stays.
   * @returns the rows that stay
   */
  forget(database: string, leaving?: () => Leaving): Promise<Result<readonly Row[], StoreFault>>;
  /** Takes single rows off this device; `mayGo` is asked inside the store's queue, of the row as it is at that moment. */
  discard(
    database: string,
    ids: readonly string[],
    mayGo: (row: Row) => boolean,
  ): Promise<Result<void, StoreFault>>;
  local(name: string): unknown;
  watch(listener: () => void): () => void;
}
