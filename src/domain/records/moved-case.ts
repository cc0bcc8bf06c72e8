// What stays at a site of a case that another took over: where it went and when, nothing of whom it is about (D9).
import { instant, link, required, text } from "#src/domain/record/field.ts";
import { defineRecord, type RecordOf } from "#src/domain/record/define.ts";

/** Written by the front door alone, once the other site has the whole case: from then on that one is responsible. */
export const movedCase = defineRecord({
  type: "moved_case",
  version: 1,
  database: "site",
  mutability: "append",
  ofCase: true,
  writers: [],
  fields: {
    transfer: required(link("transfer")),
    toSite: required(text({ max: 64, holds: "site" })),
    movedAt: required(instant({ anonymised: "keep" })),
    caseCode: required(text({ max: 24 })),
  },
});
export type MovedCase = RecordOf<typeof movedCase>;
