// Records of the version before and of the one to come, against a table in which notes have grown (D16).
import { definitions, isRecordType } from "#src/domain/records/index.ts";
import { type RuleTable, ruleTable } from "#server/rule/rule-table.ts";
import { commune, type Doc, file, samples, writing } from "./sample-site.ts";
import type { Cell } from "./verdict.ts";

const note = ruleTable.types["note"]!;
const case_ = ruleTable.types["case"]!;
const word = { kind: "text", required: false, max: 9 } as const;
const mood = { kind: "code", required: true, codes: ["calm", "afraid"] } as const;
const place = {
  kind: "group",
  required: false,
  fields: { room: word },
} as const;

/** The second version of a note asks for a mood and knows a place; a case only counts one up. */
export const grownTable: RuleTable = {
  ...ruleTable,
  types: {
    ...ruleTable.types,
    note: {
      ...note,
      version: 2,
      known: [...note.known, "mood", "place"],
      fields: { ...note.fields, mood, place },
      before: {
        ...note,
        known: [...note.known, "gone", "place"],
        fields: { ...note.fields, gone: word, place: { ...place, fields: { gone: word } } },
      },
    },
    case: { ...case_, version: 2, before: case_ },
  },
};

/** Only the endpoint meets records as the version before wrote them: the client's check comes after reading them anew. */
export const isOfVersionBefore = (record: object): boolean => {
  const type: unknown = Reflect.get(record, "type");
  return isRecordType(type) && Reflect.get(record, "version") === definitions[type].version - 1;
};

const write = (what: string, expected: Cell["expected"], newDoc: Doc, oldDoc: Doc | null = null): Cell => ({
  what,
  expected,
  ...writing(file, [`cadre@${commune}`], newDoc, oldDoc),
});
/** As the first version wrote it: only a check raised flags. */
const { raisedBy, ...firstAction } = samples.urgent_action;
const older = samples.note;
const current = { ...samples.note, version: 2, mood: "calm" };

export const versionCells: readonly Cell[] = [
  write("an action as the first version wrote it", "accepted", {
    ...firstAction,
    version: 1,
    check: raisedBy,
  }),
  write("an action that names the check by its first name", "schema", { ...firstAction, check: raisedBy }),
  write("a note of this version", "accepted", current),
  write("without what this version asks for", "schema", { ...samples.note, version: 2 }),
  write("of the version before, which did not ask", "accepted", older),
  write("with a field that has gone since", "accepted", { ...older, gone: "x" }),
  write("with a field that never was", "schema", { ...older, never: "x" }),
  write("with a field that came later", "schema", { ...older, mood: "calm" }),
  write("with a member of a group that came later", "schema", { ...older, place: { room: "x" } }),
  write("with a member of a group that has gone since", "accepted", { ...older, place: { gone: "x" } }),
  write("of this version, with such a member", "schema", { ...current, place: { gone: "x" } }),
  write("of the version before, and yet not as described", "schema", { ...older, text: 1 }),
  write("of the version before, with a file attached", "schema", { ...older, _attachments: {} }),
  write("of the version to come", "schema", { ...current, version: 3 }),
  write("of two versions before", "schema", { ...current, version: 0 }),
  write("of a version between", "schema", { ...current, version: 1.5 }),
  write("a case comes forward", "accepted", { ...samples.case, version: 2 }, samples.case),
  write("a case stays where it was", "accepted", samples.case, { ...samples.case }),
  write("a case goes back", "change", samples.case, { ...samples.case, version: 2 }),
];
