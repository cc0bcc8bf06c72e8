// One description per record type: what it holds, where it lives, who may write it, how it grows older.
import type { Fields, ValuesOf } from "./field.ts";
import type { Role } from "#src/domain/roles.ts";

/** Which of a site's databases (D1) holds the type: by code, with identity, or the directory of all staff. */
export type DatabaseKind = "site" | "identity" | "directory";

/** One allowed step of a state machine: who may record the entry into `to`. `from` "none" is the first step. */
export interface Transition<S extends string = string> {
  readonly from: readonly (S | "none")[];
  readonly to: S;
  readonly roles: readonly Role[];
}

/** One version of a type that came before: what it held, and how it is read since (D16). */
export interface EarlierVersion {
  /** All of them, as they were: the centre accepts records of the version before and checks them by this. */
  readonly fields: Fields;
  /** Reads a whole record, history included, as one of the next version; pure, adds nothing it does not know. */
  readonly read: (older: AnyRecord & Readonly<Record<string, unknown>>) => AnyRecord;
}

export interface Definition<T extends string = string, F extends Fields = Fields> {
  readonly type: T;
  /** Grows by one with each change of shape; `earlier[n]` says what version n was. */
  readonly version: number;
  readonly earlier: Readonly<Record<number, EarlierVersion>>;
  readonly database: DatabaseKind;
  /** Append-only records never change; a correction is a new record (D10). */
  readonly mutability: "append" | "mutable";
  /** Whether each record carries the id of the case it belongs to. */
  readonly ofCase: boolean;
  /** Roles that may write it at its site; nobody: written by provisioning only. */
  readonly writers: readonly Role[];
  /** The text that names the site in whose database people write it; copies in others are the front door's. */
  readonly writtenAt?: string;
  /** For events: the steps that exist and who may record each (D11). */
  readonly transitions?: readonly Transition[];
  readonly fields: F;
}

export function defineRecord<const T extends string, const F extends Fields>(
  definition: Omit<Definition<T, F>, "earlier"> & { earlier?: Definition["earlier"] },
): Definition<T, F> {
  const { version, earlier = {} } = definition;
  for (let older = 1; older < version; older++) {
    if (!earlier[older]) throw new Error(`${definition.type}: version ${older} is not described`);
  }
  return { ...definition, earlier };
}

/** "declined" to answer, ask "later", "unknown" to the person; absent in value and reason: not asked (D13). */
export const nonAnswers = ["declined", "later", "unknown"] as const;
export type NonAnswer = (typeof nonAnswers)[number];

/** One accepted change of one unit (`unit.ts`) of a mutable record; merged as a union by `id` (D15). */
export interface HistoryEntry {
  readonly id: string;
  readonly at: string;
  readonly by: string;
  readonly device: string;
  /** Path of the unit. */
  readonly field: string;
  readonly from?: unknown;
  readonly to?: unknown;
  /** Path of a leaf → why it had no value before, and has none since. */
  readonly fromUnanswered?: Readonly<Record<string, NonAnswer>>;
  readonly toUnanswered?: Readonly<Record<string, NonAnswer>>;
  /** Ids of the latest entries of the unit that whoever made this one has seen: none is the first change. */
  readonly after: readonly string[];
  /** Why it was decided so, where that was asked. */
  readonly reason?: string;
}

/** What every record carries. Instants are UTC ISO 8601; `deviceTime` is the device's own, uncorrected clock. */
interface Stamps {
  readonly id: string;
  readonly version: number;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly device: string;
  readonly deviceTime: string;
  /** Dotted path of a leaf → why it has no value. Never for a path that has one. */
  readonly unanswered?: Readonly<Record<string, NonAnswer>>;
  /** The case it belongs to; present on every type that is `ofCase`. */
  readonly case?: string;
  /** On append-only records: the one this corrects. */
  readonly corrects?: string;
  /** The account of the supervisor who brought it in by file for its author (D19); the front door's to say. */
  readonly relayedBy?: string;
  /** On mutable records. */
  readonly updatedAt?: string;
  readonly updatedBy?: string;
  readonly history?: readonly HistoryEntry[];
}

/** A record of the described type. */
export type RecordOf<D> =
  D extends Definition<infer T, infer F> ? Stamps & { readonly type: T } & ValuesOf<F> : never;

/** Any record, when only what all share matters. */
export type AnyRecord = Stamps & { readonly type: string };

/** `urgent_check` → `urgentCheck`: the name of a type inside addresses of fields and texts. */
export function sectionOf(type: string): string {
  return type.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
