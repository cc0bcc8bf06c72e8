// Says that a record was written by mistake; it stays readable. Undone by voiding the voiding (D10).
import { link, note, required } from "#src/domain/record/field.ts";
import { defineRecord, type RecordOf } from "#src/domain/record/define.ts";
import { caseRoles } from "#src/domain/roles.ts";

export const voiding = defineRecord({
  type: "voiding",
  version: 1,
  database: "site",
  mutability: "append",
  ofCase: true,
  writers: caseRoles,
  fields: {
    target: required(link("any")),
    reason: required(note({ max: 1000 })),
  },
});
export type Voiding = RecordOf<typeof voiding>;
