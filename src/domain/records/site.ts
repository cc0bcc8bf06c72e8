// A place of work: commune, facility or office. Levels are data: a site names its ancestors (D3).
import { code, codeList, group, text, texts } from "#src/domain/record/field.ts";
import { defineRecord, type RecordOf } from "#src/domain/record/define.ts";

export const site = defineRecord({
  type: "site",
  version: 1,
  database: "directory",
  mutability: "mutable",
  ofCase: false,
  writers: [],
  fields: {
    siteId: text({ max: 64, required: true }),
    names: group({
      vi: text({ max: 120, required: true }),
      en: text({ max: 120, required: true }),
      id: text({ max: 120, required: true }),
    }),
    kind: code(codeList("siteKind", ["commune", "facility", "office"]), { required: true }),
    // Ids of the sites above, nearest first.
    ancestors: texts({ max: 64, required: true }),
    timeZone: text({ max: 64, required: true }),
    shortCode: text({ max: 6, required: true }),
    profile: code(codeList("profile", ["vn", "id"]), { required: true }),
    // Shown by the stop button, each "number — who answers".
    phones: texts({ max: 120 }),
  },
});
export type Site = RecordOf<typeof site>;
