// Somebody who works with the product, as colleagues may see it; holds no secret (D3).
import { text, texts, yesNo } from "#src/domain/record/field.ts";
import { defineRecord, type RecordOf } from "#src/domain/record/define.ts";

export const account = defineRecord({
  type: "account",
  version: 1,
  database: "directory",
  mutability: "mutable",
  ofCase: false,
  writers: [],
  fields: {
    name: text({ max: 64, required: true }),
    displayName: text({ max: 120, required: true }),
    roles: texts({ max: 100, maxItems: 50, required: true }),
    disabled: yesNo(),
  },
});
export type Account = RecordOf<typeof account>;
