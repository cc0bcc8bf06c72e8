// One visit or call after the return: the same ten domains each time, and the person's own view.
import {
  code,
  codeList,
  codes,
  date,
  group,
  note,
  noted,
  text,
  yesNo,
  required,
} from "#src/domain/record/field.ts";
import { defineRecord, type RecordOf } from "#src/domain/record/define.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { needs, riskLevels } from "./code-lists.ts";

export const standings = codeList("standing", ["bad", "fragile", "stable", "not_applicable"]);
const standing = () => code(standings, { anonymised: "keep" });

export const followup = defineRecord({
  type: "followup",
  version: 1,
  database: "site",
  mutability: "append",
  ofCase: true,
  writers: caseRoles,
  fields: {
    // Derived when the visit is written: the last visit's next date, else the schedule.
    dueOn: noted(date({ anonymised: "keep" })),
    doneOn: required(date({ anonymised: "keep" })),
    mode: noted(
      code(codeList("visitMode", ["home", "office", "phone", "other_safe_place"]), { anonymised: "keep" }),
    ),
    outcome: required(
      code(codeList("visitOutcome", ["contact_made", "not_found", "refused", "moved", "unsafe_to_visit"]), {
        anonymised: "keep",
      }),
    ),
    othersPresent: noted(text({ max: 200 })),
    domains: group({
      safety: standing(),
      housing: standing(),
      health: standing(),
      mentalHealth: standing(),
      family: standing(),
      community: standing(),
      income: standing(),
      schooling: standing(),
      papers: standing(),
      debt: standing(),
    }),
    // Seen by the worker, or not yet: nobody is asked to decline.
    retraffickingSign: yesNo({ anonymised: "keep", nonAnswers: ["later", "unknown"] }),
    riskLevel: noted(code(riskLevels, { anonymised: "keep" })),
    newNeeds: codes(needs, { anonymised: "keep" }),
    personsView: note(),
    nextOn: date({ usual: "future", anonymised: "keep" }),
    note: noted(note()),
  },
});
export type Followup = RecordOf<typeof followup>;
