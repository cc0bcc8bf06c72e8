// What was done about an open urgent flag, whom it was told, and when.
import { code, instant, link, note, noted, text, required } from "#src/domain/record/field.ts";
import { defineRecord, type RecordOf } from "#src/domain/record/define.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { urgentFlagCodes } from "./code-lists.ts";

const done = {
  flag: required(code(urgentFlagCodes, { anonymised: "keep" })),
  action: required(note({ max: 2000 })),
  toldWhom: noted(text({ max: 200 })),
  doneAt: required(instant({ anonymised: "keep" })),
};

export const urgentAction = defineRecord({
  type: "urgent_action",
  version: 2,
  earlier: {
    // At first only a check raised flags.
    1: {
      fields: { check: required(link("urgent_check")), ...done },
      read: ({ check, ...rest }) => ({ ...rest, raisedBy: check }),
    },
  },
  database: "site",
  mutability: "append",
  ofCase: true,
  writers: caseRoles,
  fields: {
    // A check or a visit.
    raisedBy: required(link("any")),
    ...done,
  },
});
export type UrgentAction = RecordOf<typeof urgentAction>;
