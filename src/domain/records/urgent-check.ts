// Eight questions asked of everybody on arrival; each "yes" is a flag that stays open until somebody acted.
import { yesNo } from "#src/domain/record/field.ts";
import { defineRecord, type RecordOf } from "#src/domain/record/define.ts";
import { caseRoles } from "#src/domain/roles.ts";

export const urgentCheck = defineRecord({
  type: "urgent_check",
  version: 1,
  database: "site",
  mutability: "append",
  ofCase: true,
  writers: caseRoles,
  fields: {
    lifeInDanger: yesNo(),
    suicidal: yesNo(),
    traffickerNear: yesNo(),
    minorWithoutAdult: yesNo(),
    // Under 72 hours: medical help and evidence still depend on hours.
    recentSexualViolence: yesNo(),
    urgentMedical: yesNo(),
    noShelterTonight: yesNo(),
    companionMissing: yesNo(),
    // Some answers were set by the one "all no" button, with all eight on the screen.
    restNoTogether: yesNo(),
  },
});
export type UrgentCheck = RecordOf<typeof urgentCheck>;
