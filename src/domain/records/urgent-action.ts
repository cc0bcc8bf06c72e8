// What was done about an open urgent flag, whom it was told, and when.
import { code, instant, link, note, text, required } from "#src/domain/record/field.ts";
import { defineRecord, type RecordOf } from "#src/domain/record/define.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { urgentFlagCodes } from "./code-lists.ts";

export const urgentAction = defineRecord({
  type: "urgent_action",
  version: 1,
  database: "site",
  mutability: "append",
  ofCase: true,
  writers: caseRoles,
  fields: {
    check: required(link("urgent_check")),
    flag: required(code(urgentFlagCodes, { anonymised: "keep" })),
    action: required(note({ max: 2000 })),
    toldWhom: text({ max: 200 }),
    doneAt: required(instant({ anonymised: "keep" })),
  },
});
export type UrgentAction = RecordOf<typeof urgentAction>;
