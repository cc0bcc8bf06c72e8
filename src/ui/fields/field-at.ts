// From a field's address to its description.
import { type Definition, sectionOf } from "#src/domain/record/define.ts";
import { type LeafField, leavesOf } from "#src/domain/record/field.ts";
import { definitions, recordTypes } from "#src/domain/records/index.ts";
import type { FieldPath, Section } from "#src/i18n/message-key.ts";

const fields = new Map<string, LeafField>(
  recordTypes.flatMap((type) => {
    const definition: Definition = definitions[type];
    return leavesOf(definition.fields).map(([path, field]) => [`${sectionOf(type)}.${path}`, field] as const);
  }),
);

export function fieldAt<S extends Section>(section: S, path: FieldPath<S>): LeafField {
  const field = knownField(`${section}.${path}`);
  if (!field) throw new Error(`no field ${section}.${path}`);
  return field;
}

/** The same for an address known at run time only, such as one in a record's history. */
export function knownField(address: string): LeafField | undefined {
  return fields.get(address);
}

/** Whose name the field holds, an account's or a site's: it is shown as the name that people know. */
export const heldBy = (field: LeafField): "account" | "site" | undefined =>
  field.kind === "text" ? field.holds : undefined;
