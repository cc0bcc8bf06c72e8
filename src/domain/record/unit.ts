// What changes, clashes and is merged as one: a leaf with its non-answer, or a group that belongs together (D13, D14).
import { withValue } from "./answer.ts";
import type { AnyRecord, Definition, NonAnswer } from "./define.ts";
import { deepEqual } from "./equal.ts";
import { type Field, type Fields, leavesOf } from "./field.ts";
import { valueAt } from "./schema.ts";

export interface Unit {
  /** Dotted path inside the record. */
  readonly path: string;
  readonly field: Field;
  /** Paths at which a non-answer may stand for it or for a part of it. */
  readonly leaves: readonly string[];
}

/** What a record says of a unit: a value, reasons for having none, neither (not asked), or for a group both. */
export interface Content {
  readonly value?: unknown;
  /** Path of a leaf → reason. */
  readonly unanswered?: Readonly<Record<string, NonAnswer>>;
}

const known = new WeakMap<Fields, readonly Unit[]>();

/** In the order of the description. */
export function unitsOf({ fields }: Pick<Definition, "fields">): readonly Unit[] {
  const units = known.get(fields) ?? unitsIn(fields, "");
  known.set(fields, units);
  return units;
}

function unitsIn(fields: Fields, prefix: string): readonly Unit[] {
  return Object.entries(fields).flatMap(([name, field]): readonly Unit[] => {
    const path = prefix + name;
    if (field.kind !== "group") return [{ path, field, leaves: [path] }];
    if (!field.unit) return unitsIn(field.fields, `${path}.`);
    return [{ path, field, leaves: leavesOf(field.fields, `${path}.`).map(([leaf]) => leaf) }];
  });
}

export function contentOf(record: AnyRecord, { path, leaves }: Unit): Content {
  const value = valueAt(record, path);
  const reasons = leaves.flatMap((leaf): [string, NonAnswer][] => {
    const reason = record.unanswered?.[leaf];
    return reason === undefined ? [] : [[leaf, reason]];
  });
  return {
    ...(value === undefined ? {} : { value }),
    ...(reasons.length === 0 ? {} : { unanswered: Object.fromEntries(reasons) }),
  };
}

export const sameContent = (a: Content, b: Content): boolean =>
  deepEqual(a.value, b.value) && deepEqual(a.unanswered ?? {}, b.unanswered ?? {});

/** The record with another content of the unit; a group that holds nothing any more is gone with its name. */
export function withContent<R extends AnyRecord>(record: R, { path, leaves }: Unit, content: Content): R {
  const { unanswered, ...rest } = record;
  const reasons = Object.entries(unanswered ?? {}).filter(([leaf]) => !leaves.includes(leaf));
  const all = Object.fromEntries([...reasons, ...Object.entries(content.unanswered ?? {})]);
  const said = withValue({ ...rest }, path.split("."), content.value);
  // Only fields of its own type are put in place of each other.
  return (Object.keys(all).length === 0 ? said : { ...said, unanswered: all }) as unknown as R;
}
