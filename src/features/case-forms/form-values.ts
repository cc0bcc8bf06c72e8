// A record as a form holds it: its fields and the reasons why some have no value, without its stamps.
import type { FormValues } from "#src/domain/record/clean.ts";
import type { AnyRecord, Definition } from "#src/domain/record/define.ts";

export function formValues({ fields }: Definition, record: AnyRecord | undefined): FormValues {
  if (!record) return {};
  const held = Object.entries(record).filter(
    ([name]) => name === "unanswered" || Object.hasOwn(fields, name),
  );
  return Object.fromEntries(held);
}
