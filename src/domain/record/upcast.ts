// Records written by older versions of the product are read as if written by this one (D16).
import { definitions, isRecordType } from "#src/domain/records/index.ts";
import type { AnyRecord, Definition } from "./define.ts";

/** `newer`: made by a version after ours (or of a type we do not know): may be read, not edited. */
export function readAsCurrent(raw: AnyRecord): { readonly record: AnyRecord; readonly newer: boolean } {
  return isRecordType(raw.type) ? upcast(raw, definitions[raw.type]) : { record: raw, newer: true };
}

/** The same for one description: the seam at which a test grows a type older. */
export function upcast(raw: AnyRecord, definition: Definition): { record: AnyRecord; newer: boolean } {
  if (raw.version > definition.version) return { record: raw, newer: true };
  let record = raw;
  for (let version = raw.version; version < definition.version; version++) {
    const step = definition.earlier[version];
    // A version below 1 was never written by the product: left as it is, the check at the door will say so.
    if (!step) return { record: raw, newer: false };
    record = { ...step.read({ ...record }), version: version + 1 };
  }
  return { record, newer: false };
}
