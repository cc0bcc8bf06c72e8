// Text that a record would not take for its length: a form keeps it, to be shortened.
import type { LeafField } from "./field.ts";
import { codePoints } from "./text.ts";

/** A text, note or list of texts that is longer than its field allows; false for anything else. */
export function isTooLong(field: LeafField, value: unknown): boolean {
  switch (field.kind) {
    case "text":
    case "note":
      return typeof value === "string" && codePoints(value) > field.max;
    case "texts":
      return (
        Array.isArray(value) &&
        (value.length > field.maxItems ||
          value.some((item) => typeof item === "string" && codePoints(item) > field.max))
      );
    default:
      return false;
  }
}
