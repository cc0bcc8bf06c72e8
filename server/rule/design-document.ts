// The design document that carries the record rule into Apache CouchDB.
import { recordRule } from "./record-rule.ts";
import { type RuleTable, ruleTable } from "./rule-table.ts";

export const designId = "_design/neo-ve";

/** ES5 source of `validate_doc_update`: the rule's own text around the table of record types. */
export function ruleSource(table: RuleTable = ruleTable): string {
  return [
    "function (newDoc, oldDoc, userCtx, secObj) {",
    `  var table = ${JSON.stringify(table)};`,
    `  var rule = ${recordRule.toString()};`,
    "  rule(newDoc, oldDoc, userCtx, secObj, table);",
    "}",
  ].join("\n");
}

export function designDocument(): { _id: string; language: "javascript"; validate_doc_update: string } {
  return { _id: designId, language: "javascript", validate_doc_update: ruleSource() };
}
