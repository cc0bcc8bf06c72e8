// A site asks another to take over a case. It stays responsible until the other has accepted (D9).
import { code, codeList, link, note, noted, required, text, yesNo } from "#src/domain/record/field.ts";
import { defineRecord, type RecordOf } from "#src/domain/record/define.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { riskLevels } from "./code-lists.ts";

/**
 * Written by people in the database of the site that asks; the front door lays a copy with the same id into that of the
 * site that is asked, which reads nothing else of the case before it accepts. So what stands here is what one may know
 * who decides: no name, no sign of danger in detail.
 */
export const transfer = defineRecord({
  type: "transfer",
  version: 1,
  database: "site",
  mutability: "append",
  ofCase: true,
  writers: caseRoles,
  writtenAt: "fromSite",
  fields: {
    fromSite: required(text({ max: 64, holds: "site" })),
    // Another site; one that is its own sender or unknown to the directory is nowhere and never answered.
    toSite: required(text({ max: 64, holds: "site" })),
    // By which the site that is asked can name a case it does not have.
    caseCode: required(text({ max: 24 })),
    reason: required(note({ max: 2000 })),
    // As they were when it was asked.
    riskLevel: noted(code(riskLevels, { anonymised: "keep" })),
    urgentOpen: noted(yesNo({ anonymised: "keep" })),
    // On which the name and the file may be handed on: what the person agreed to, or that life is in danger.
    ground: required(code(codeList("transferGround", ["consent", "life_danger"]), { anonymised: "keep" })),
    consent: link("consent"),
    dangerReason: noted(note({ max: 1000 })),
  },
});
export type Transfer = RecordOf<typeof transfer>;
