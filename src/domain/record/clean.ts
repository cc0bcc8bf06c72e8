// Turns what a form holds into what a record may hold: trimmed, in NFC, empty answers gone.
import type { NonAnswer } from "./define.ts";
import { type Field, type Fields, leavesOf } from "./field.ts";
import { valueAt } from "./schema.ts";

/** The values of one section of a form, as drafts keep them. */
export type FormValues = Readonly<Record<string, unknown>>;

function cleanValue(field: Field, value: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  switch (field.kind) {
    case "text":
    case "note": {
      const text = typeof value === "string" ? value.normalize("NFC").trim() : value;
      return text === "" ? undefined : text;
    }
    case "codes":
    case "texts":
      return Array.isArray(value) && value.length === 0 ? undefined : value;
    case "group": {
      if (typeof value !== "object") return value;
      const inner = cleanFields(field.fields, { ...value });
      return Object.keys(inner).length === 0 ? undefined : inner;
    }
    default:
      return value === "" ? undefined : value;
  }
}

function cleanFields(fields: Fields, values: FormValues): Record<string, unknown> {
  const cleaned: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = cleanValue(field, values[name]);
    if (value !== undefined) cleaned[name] = value;
  }
  return cleaned;
}

/**
 * The fields of a section that hold a value, and the reasons of those that do not (D13). Names that are not
 * fields of the record are left out.
 */
export function cleanSection(
  fields: Fields,
  values: FormValues = {},
): { values: Record<string, unknown>; unanswered: Record<string, NonAnswer> | undefined } {
  const cleaned = cleanFields(fields, values);
  const reasons = values["unanswered"];
  const kept = leavesOf(fields).flatMap(([path]): [string, NonAnswer][] => {
    const reason: unknown =
      typeof reasons === "object" && reasons !== null ? Reflect.get(reasons, path) : undefined;
    const isReason = reason === "declined" || reason === "later" || reason === "unknown";
    return isReason && valueAt(cleaned, path) === undefined ? [[path, reason]] : [];
  });
  return { values: cleaned, unanswered: kept.length === 0 ? undefined : Object.fromEntries(kept) };
}
