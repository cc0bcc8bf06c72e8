// What an entry of history says must fit the question it is about, or a decision for it would spoil the record.
import type { z } from "zod";
import type { Definition } from "./define.ts";
import { isEntry, valueAt, valueSchema, type WrittenEntry } from "./schema.ts";
import { type Unit, unitsOf } from "./unit.ts";

interface Known {
  readonly unit: Unit;
  readonly schema: z.ZodType;
}

/**
 * Makes the check of a type's entries. It answers what is wrong with the entries of a record that `previous` does not
 * hold: those it holds may be of fields that have gone since. Entries that are none at all are the schema's to name.
 */
export function entryCheck(definition: Definition): (record: object, previous?: object) => readonly string[] {
  const known = new Map(
    unitsOf(definition).map((unit): [string, Known] => [
      unit.path,
      { unit, schema: valueSchema(unit.field) },
    ]),
  );
  return (record, previous) => {
    // A history may be long: what was held before is known by its id and not looked at again.
    const held = new Set(historyOf(previous).map(idOf));
    return historyOf(record).flatMap((entry) => {
      if (held.has(idOf(entry)) || !isEntry(entry)) return [];
      const about = known.get(entry.field);
      return about ? problemsOf(entry, about) : ["history: of no question"];
    });
  };
}

function historyOf(record: object | undefined): readonly unknown[] {
  const history: unknown = record && Reflect.get(record, "history");
  return Array.isArray(history) ? history : [];
}

const idOf = (entry: unknown): unknown =>
  typeof entry === "object" && entry !== null ? Reflect.get(entry, "id") : undefined;

function problemsOf(entry: WrittenEntry, { unit, schema }: Known): readonly string[] {
  const sides = [
    { value: entry.from, hasValue: Object.hasOwn(entry, "from"), reasons: entry.fromUnanswered },
    { value: entry.to, hasValue: Object.hasOwn(entry, "to"), reasons: entry.toUnanswered },
  ];
  const isFitting = sides.every(
    ({ value, hasValue, reasons = {} }) =>
      (!hasValue || schema.safeParse(value).success) &&
      Object.keys(reasons).every(
        (path) => unit.leaves.includes(path) && valueInside(value, unit.path, path) === undefined,
      ),
  );
  const isCleared = unit.field.required && !Object.hasOwn(entry, "to");
  return isFitting && !isCleared ? [] : ["history: does not fit its question"];
}

/** What the value of a unit says at the path of a leaf. */
const valueInside = (value: unknown, unit: string, leaf: string): unknown =>
  leaf === unit ? value : valueAt(value, leaf.slice(unit.length + 1));
