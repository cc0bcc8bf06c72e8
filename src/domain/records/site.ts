// A place of work: commune, facility or office. Levels are data: a site names its ancestors (D3).
import { code, codeList, group, text, texts, required } from "#src/domain/record/field.ts";
import { defineRecord, type RecordOf } from "#src/domain/record/define.ts";
import { siteKinds } from "./code-lists.ts";

export const site = defineRecord({
  type: "site",
  version: 1,
  database: "directory",
  mutability: "mutable",
  ofCase: false,
  writers: [],
  fields: {
    siteId: required(text({ max: 64 })),
    names: required(
      group({
        vi: required(text({ max: 120 })),
        en: required(text({ max: 120 })),
        id: required(text({ max: 120 })),
      }),
    ),
    kind: required(code(siteKinds)),
    // Ids of the sites above, nearest first.
    ancestors: required(texts({ max: 64 })),
    timeZone: required(text({ max: 64 })),
    shortCode: required(text({ max: 6 })),
    profile: required(code(codeList("profile", ["vn", "id"]))),
    // Shown by the stop button, each "number — who answers".
    phones: texts({ max: 120 }),
  },
});
export type Site = RecordOf<typeof site>;
