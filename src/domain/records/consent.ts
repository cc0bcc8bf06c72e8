// What the person agreed to, for which purpose, how, and what was withdrawn; every change is a new record.
import { code, codeList, date, link, note, noted, text, yesNo, required } from "#src/domain/record/field.ts";
import { defineRecord, type RecordOf } from "#src/domain/record/define.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { spokenLanguages } from "./code-lists.ts";

export const consent = defineRecord({
  type: "consent",
  version: 1,
  database: "site",
  mutability: "append",
  ofCase: true,
  writers: caseRoles,
  fields: {
    purpose: required(
      code(
        codeList("consentPurpose", [
          "open_file",
          "share_for_referral",
          "contact_at_home",
          "anonymous_statistics",
        ]),
        { anonymised: "keep" },
      ),
    ),
    decision: required(
      code(codeList("consentDecision", ["given", "refused", "cannot_now", "withdrawn"]), {
        anonymised: "keep",
      }),
    ),
    givenBy: noted(code(codeList("consentGivenBy", ["self", "guardian", "both"]), { anonymised: "keep" })),
    how: noted(code(codeList("consentHow", ["spoken_before_witness", "signed"]), { anonymised: "keep" })),
    witness: noted(text({ max: 120 })),
    language: noted(code(spokenLanguages, { anonymised: "keep" })),
    // Which wording of the explanation was read out.
    textVersion: noted(text({ max: 40 })),
    onDate: noted(date()),
    // Under 18: the guardian's consent and the minor's own assent.
    minorAssent: yesNo(),
    limits: noted(note({ max: 1000 })),
    withdraws: link("consent"),
  },
});
export type Consent = RecordOf<typeof consent>;
