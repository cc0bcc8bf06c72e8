// A remark on a case that fits no question.
import { note as noteField, required } from "#src/domain/record/field.ts";
import { defineRecord, type RecordOf } from "#src/domain/record/define.ts";
import { caseRoles } from "#src/domain/roles.ts";

export const note = defineRecord({
  type: "note",
  version: 1,
  database: "site",
  mutability: "append",
  ofCase: true,
  writers: caseRoles,
  fields: { text: required(noteField({ max: 10_000 })) },
});
export type Note = RecordOf<typeof note>;
