// One step on the care axis: reception, facility, community, return, closing; never overwritten (D11).
import { code, date, note, noted, required } from "#src/domain/record/field.ts";
import { defineRecord, type RecordOf } from "#src/domain/record/define.ts";
import { caseRoles, type Role } from "#src/domain/roles.ts";
import { careStages } from "./code-lists.ts";

const workers = ["cadre", "social_worker"] as const satisfies readonly Role[];

export const stageEvent = defineRecord({
  type: "stage_event",
  version: 1,
  database: "site",
  mutability: "append",
  ofCase: true,
  writers: caseRoles,
  transitions: [
    { from: ["none"], to: "received", roles: workers },
    {
      from: ["received", "community_support", "reintegration"],
      to: "facility_stay",
      roles: ["social_worker"],
    },
    { from: ["received", "facility_stay", "reintegration"], to: "community_support", roles: workers },
    { from: ["facility_stay", "community_support"], to: "reintegration", roles: ["cadre"] },
    {
      from: ["received", "facility_stay", "community_support", "reintegration"],
      to: "closure_requested",
      roles: workers,
    },
    // Only a supervisor decides on a request to close, and reopens.
    { from: ["closure_requested"], to: "received", roles: ["supervisor"] },
    { from: ["closure_requested"], to: "facility_stay", roles: ["supervisor"] },
    { from: ["closure_requested"], to: "community_support", roles: ["supervisor"] },
    { from: ["closure_requested", "closed"], to: "reintegration", roles: ["supervisor"] },
    { from: ["closed"], to: "received", roles: ["supervisor"] },
    {
      from: ["received", "facility_stay", "community_support", "reintegration", "closure_requested"],
      to: "closed",
      roles: ["supervisor"],
    },
  ],
  fields: {
    // Absent on the first step only.
    from: code(careStages, { anonymised: "keep" }),
    to: required(code(careStages, { anonymised: "keep" })),
    effectiveOn: required(date({ anonymised: "keep" })),
    reason: noted(note({ max: 2000 })),
  },
});
export type StageEvent = RecordOf<typeof stageEvent>;
