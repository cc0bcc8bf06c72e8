// The file of one person's return. Where it stands is derived from its events, never stored (D11).
import { code, codeList, date, instant, link, noted, text, required } from "#src/domain/record/field.ts";
import { defineRecord, type RecordOf } from "#src/domain/record/define.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { organisationKinds, riskLevels } from "./code-lists.ts";

export const case_ = defineRecord({
  type: "case",
  version: 1,
  database: "site",
  mutability: "mutable",
  ofCase: false,
  writers: caseRoles,
  fields: {
    // A label for people, never a key (D7).
    code: required(text({ max: 24 })),
    person: link("person"),
    // An accompanying minor has an own file, linked to the adult's.
    accompanies: link("case"),
    group: noted(
      code(codeList("caseGroup", ["victim_or_being_identified", "accompanying_under_18"]), {
        anonymised: "keep",
      }),
    ),
    receivedAt: required(instant({ anonymised: "keep" })),
    channel: noted(code(organisationKinds, { anonymised: "keep" })),
    regime: noted(code(codeList("regime", ["2011", "2024"]), { anonymised: "keep" })),
    owner: noted(text({ max: 64, holds: "account" })),
    // Lowering is a supervisor's decision (D14); what a visit found stands in the visit.
    riskLevel: noted(code(riskLevels, { anonymised: "keep", loweredBy: ["supervisor"] })),
    // The day agreed with the person at reception; later days stand in the visits.
    nextContactOn: date({ usual: "future" }),
  },
});
export type Case = RecordOf<typeof case_>;
