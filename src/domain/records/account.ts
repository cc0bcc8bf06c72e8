// Somebody who works with the product, as colleagues may see it; holds no secret (D3).
import { text, texts, yesNo, required } from "#src/domain/record/field.ts";
import { defineRecord, type RecordOf } from "#src/domain/record/define.ts";

export const account = defineRecord({
  type: "account",
  version: 1,
  database: "directory",
  mutability: "mutable",
  ofCase: false,
  writers: [],
  fields: {
    name: required(text({ max: 64 })),
    displayName: required(text({ max: 120 })),
    roles: required(texts({ max: 100, maxItems: 50 })),
    disabled: yesNo(),
  },
});
export type Account = RecordOf<typeof account>;
