// What the rest of the product asks of the place where records lie on this device.
import type { AnyRecord } from "#src/domain/record/define.ts";
import type { RecordByType, RecordType } from "#src/domain/records/index.ts";
import type { Result } from "./result.ts";

/** Why the endpoint did not take a record; `kind` is a text key (`refusal.<kind>`), `reason` the endpoint's own words. */
export interface Refusal {
  readonly kind: "forbidden" | "too_large" | "invalid" | "other";
  readonly reason: string;
  readonly at: string;
}

/** Reason of a refusal: an operator erased the record at the centre. Nobody writes or sends it again from here. */
export const erasedAtCentre = "erased";

/**
 * Where a record is on its way to the centre (D17). `local`: saved on this device only; `sent`: the centre
 * took it at `at`; `central`: seen back from the centre; `refused`: kept here with the reason, sent again after an edit.
 */
export type SyncState =
  | {
      readonly state: "local";
      /** Another's, lost at the centre and not brought by them: since then its inbox keeps a copy. */
      readonly inboxAt?: string;
    }
  | { readonly state: "sent"; readonly at: string }
  | { readonly state: "central"; readonly at: string }
  | { readonly state: "refused"; readonly refusal: Refusal };

export const isErased = (sync: SyncState): boolean =>
  sync.state === "refused" && sync.refusal.reason === erasedAtCentre;

/** A record as it lies on this device. `(database, id)` is its local key (D6). */
export interface Entry<R extends AnyRecord = AnyRecord> {
  readonly database: string;
  readonly record: R;
  readonly sync: SyncState;
  /** When this version came to lie on this device; UTC instant. */
  readonly arrivedAt: string;
  /** Written by a newer version of the product: may be read, not edited (D16). */
  readonly newer?: true;
}

/** A form that is not finished. Sealed like a record; only a person deletes one. */
export interface Draft {
  readonly id: string;
  /** Which form it belongs to: `receive`, `visit`, `edit`. */
  readonly form: string;
  readonly database: string;
  readonly case?: string;
  /** Section (`person`, `urgentCheck`) → values of its fields, with `unanswered` inside. */
  readonly values: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Where in the form the person was. */
  readonly step?: string;
  readonly startedAt: string;
  readonly updatedAt: string;
}

/** Reads what is on this device, from memory and at once. Every answer is in the order of arrival. */
export interface Reader {
  /** Grows with every change: equal numbers, equal answers. */
  readonly revision: number;
  get<T extends RecordType>(type: T, id: string): Entry<RecordByType[T]> | undefined;
  list<T extends RecordType>(type: T): readonly Entry<RecordByType[T]>[];
  /** All records that carry this case's id. */
  ofCase(caseId: string): readonly Entry[];
  all(): readonly Entry[];
  drafts(): readonly Draft[];
  /** A small sealed value that stays on this device and is never sent. */
  local(name: string): unknown;
  /** Blobs that did not open: counted, kept, never sent. */
  readonly unreadable: number;
}

/** One record to be written whole, new or in place of the one with its id. */
export interface Change {
  readonly database: string;
  readonly record: AnyRecord;
}

/** All that one write does; it happens entirely or not at all. */
export interface Write {
  readonly changes?: readonly Change[];
  readonly putDrafts?: readonly Draft[];
  readonly dropDrafts?: readonly string[];
  readonly setLocal?: Readonly<Record<string, unknown>>;
}

/** What a machine causes. `full`: no space left; `failed`: the transaction was aborted; `closed`: locked meanwhile. */
export type StoreFault =
  | { readonly type: "StorageFull" }
  | { readonly type: "StorageFailed"; readonly detail: string }
  | { readonly type: "StorageClosed" }
  /** A record that does not fit its description: nothing of the write was kept. */
  | { readonly type: "RecordInvalid"; readonly problems: readonly string[] };

export interface Store {
  readonly read: Reader;
  /** Calls back after each change, once per write, in the order of writes; returns how to stop. */
  watch(listener: () => void): () => void;
  write(write: Write): Promise<Result<void, StoreFault>>;
  /** Asks, when the store is about to close, what must still be written; returns how to stop. */
  beforeClose(ask: () => Write | undefined): () => void;
}
