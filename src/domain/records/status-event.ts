// One step on the legal axis: notice, verification, identification; never overwritten, only followed (D11).
import { code, date, note, noted, text, required } from "#src/domain/record/field.ts";
import { defineRecord, type RecordOf } from "#src/domain/record/define.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { legalStatuses } from "./code-lists.ts";

export const statusEvent = defineRecord({
  type: "status_event",
  version: 1,
  database: "site",
  mutability: "append",
  ofCase: true,
  writers: caseRoles,
  // Law 53/2024/QH15 and Decree 162/2025/NĐ-CP; who records an entry is ours.
  transitions: [
    { from: ["not_started"], to: "notified", roles: caseRoles },
    { from: ["notified"], to: "initially_verified", roles: ["supervisor"] },
    {
      from: ["notified", "initially_verified", "not_identified"],
      to: "identification_requested",
      roles: ["supervisor"],
    },
    // Once more, as long as all of it stays within what the country allows (see `commands/record-status.ts`).
    { from: ["identification_requested", "extended"], to: "extended", roles: ["supervisor"] },
    {
      // Arriving with a paper goes straight here.
      from: ["not_started", "notified", "initially_verified", "identification_requested", "extended"],
      to: "identified",
      roles: ["supervisor"],
    },
    { from: ["identification_requested", "extended"], to: "not_identified", roles: ["supervisor"] },
    {
      from: ["not_started", "notified", "initially_verified", "identification_requested", "extended"],
      to: "not_pursued",
      roles: ["supervisor"],
    },
  ],
  fields: {
    from: required(code(legalStatuses, { anonymised: "keep" })),
    to: required(code(legalStatuses, { anonymised: "keep" })),
    effectiveOn: required(date({ anonymised: "keep" })),
    responsibleBody: noted(text({ max: 200 })),
    how: noted(text({ max: 200 })),
    documentKind: noted(text({ max: 200 })),
    documentNumber: noted(text({ max: 80 })),
    reason: noted(note({ max: 2000 })),
  },
});
export type StatusEvent = RecordOf<typeof statusEvent>;
