// Whether two files of a site are about one person: then the work goes on in the other, and this one is kept as it is.
import { link, note, required, yesNo } from "#src/domain/record/field.ts";
import { defineRecord, type RecordOf } from "#src/domain/record/define.ts";

/** `case` is the file that gives way. Undone, as any record of a case, by a voiding. */
export const duplicate = defineRecord({
  type: "duplicate",
  version: 1,
  database: "site",
  mutability: "append",
  ofCase: true,
  writers: ["supervisor"],
  fields: {
    other: required(link("case")),
    // No: somebody looked, and they are two people.
    same: required(yesNo({ anonymised: "keep" })),
    reason: required(note({ max: 1000 })),
  },
});
export type Duplicate = RecordOf<typeof duplicate>;
