// Who the person is. Identity lives only here, in a database of its own (D1).
import {
  code,
  codeList,
  codes,
  date,
  group,
  note,
  noted,
  number,
  text,
  yesNo,
} from "#src/domain/record/field.ts";
import { defineRecord, type RecordOf } from "#src/domain/record/define.ts";
import { caseRoles } from "#src/domain/roles.ts";
import { ethnicGroups, provinces } from "#src/domain/profiles/areas.ts";
import { spokenLanguages } from "./code-lists.ts";
import { countries } from "./countries.ts";

export const person = defineRecord({
  type: "person",
  version: 1,
  database: "identity",
  mutability: "mutable",
  ofCase: false,
  writers: caseRoles,
  fields: {
    displayName: text({ max: 120 }),
    alias: yesNo(),
    sex: code(codeList("sex", ["female", "male", "other"]), { anonymised: "keep" }),
    // One question, two ways to answer it: the reasons for not answering stand with the full years.
    birthDate: noted(date({ coarsest: "year" })),
    // Full years and the day it was true; never the traditional count from conception.
    ageYears: number(0, 120),
    ageAsOf: noted(date()),
    citizenship: code(countries, { anonymised: "keep" }),
    ethnicity: code(ethnicGroups),
    language: code(spokenLanguages, { anonymised: "keep" }),
    interpreterNeeded: yesNo({ anonymised: "keep" }),
    languagesRead: codes(spokenLanguages),
    paperKind: code(
      codeList(
        "paperKind",
        ["identity_card", "passport", "travel_document", "birth_certificate", "none", "other"],
        { byProfile: true },
      ),
    ),
    paperNumber: text({ max: 40 }),
    homeArea: group({ province: code(provinces, { anonymised: "keep" }), commune: text({ max: 120 }) }),
    // One unit: half of a safe way to contact is not safe (D14).
    safeContact: group(
      {
        way: code(codeList("contactWay", ["phone", "visit", "through_person", "none"])),
        phone: text({ max: 40, keyboard: "tel" }),
        throughPerson: text({ max: 120 }),
        hours: text({ max: 120 }),
        whatToSay: note({ max: 500 }),
        neverDo: note({ max: 500 }),
      },
      { unit: true },
    ),
    maritalStatus: code(codeList("maritalStatus", ["single", "married", "separated", "divorced", "widowed"])),
    childrenCount: number(0, 30),
    education: code(
      codeList("education", [
        "none",
        "primary",
        "lower_secondary",
        "upper_secondary",
        "vocational",
        "higher",
      ]),
    ),
    disability: codes(
      codeList("disability", ["seeing", "hearing", "moving", "remembering", "self_care", "communicating"]),
    ),
    legalRepresentative: text({ max: 120 }),
  },
});
export type Person = RecordOf<typeof person>;
