// Says that somebody who keeps no names of a site has looked at a person's name: written before it is shown (D1).
import { link, required } from "#src/domain/record/field.ts";
import { defineRecord } from "#src/domain/record/define.ts";

export const access = defineRecord({
  type: "access",
  version: 1,
  database: "site",
  mutability: "append",
  ofCase: true,
  writers: ["supervisor"],
  fields: {
    person: required(link("person")),
  },
});
