// Each part of the rule is there for something: leave it out, and a cell or a spoiled record comes out wrong.
import vm from "node:vm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkRecord } from "#src/domain/record/check.ts";
import { recordRule } from "#server/rule/record-rule.ts";
import { specimens } from "#tests/domain/record/spoiled-record.ts";
import { changeCells } from "./change-cells.ts";
import { proseCells } from "./prose-cells.ts";
import { stepCells, writeCells } from "./rights-matrix.ts";
import { asSpecimen, type Rule, verdict, wrong } from "./verdict.ts";
import { grownTable, isOfVersionBefore, versionCells } from "./version-cells.ts";

/** The rule's text without comments, on one line. */
const text = recordRule
  .toString()
  .replace(/^\s*\/\/.*$/gm, "")
  .replace(/\s+/g, " ");

const cells = [...proseCells, ...changeCells, ...writeCells(), ...stepCells()];
const corpus = fc
  .sample(specimens, { numRuns: 10_000, seed: 8 })
  .filter(({ record }) => !isOfVersionBefore(record))
  .map((specimen) => {
    const { database, record, previous } = specimen;
    return { call: asSpecimen(specimen), valid: checkRecord(database, record, previous).length === 0 };
  });

/** Whether the tests notice that a rule is not ours: a wrong verdict, or a rule that fails altogether. */
function isNoticed(rule: Rule): boolean {
  try {
    return (
      wrong(cells, rule).length > 0 ||
      wrong(versionCells, rule, grownTable).length > 0 ||
      corpus.some(({ call, valid }) => (verdict(call, rule) === "accepted") !== valid)
    );
  } catch {
    return true;
  }
}

function ruleFrom(code: string): Rule {
  return vm.runInThisContext(`(${code})`) as Rule;
}

const refusals = [...text.matchAll(/refuse\("(\w+)"/g)];

describe("the rule", () => {
  it("passes as it is, also from its text", () => {
    expect(isNoticed(recordRule)).toBe(false);
    expect(isNoticed(ruleFrom(text))).toBe(false);
    expect(wrong(versionCells, undefined, grownTable)).toEqual([]);
  });

  it.each(refusals.map((found) => [text.slice(found.index, found.index + 70), found.index] as const))(
    "is missed without %s",
    (_, at) => {
      const mutant = `${text.slice(0, at)}void${text.slice(at + "refuse".length)}`;
      expect(isNoticed(ruleFrom(mutant))).toBe(true);
    },
  );

  it.each([
    ['isAdmin = has(userCtx.roles, "_admin")', "isAdmin = true"],
    ['isAdmin || has(userCtx.roles, "replicator")', "isAdmin"],
    ["if (trusted) return;", ""],
    ['userCtx.db === "directory" &&', ""],
    ['!has(userCtx.roles, "directory_copy")', "true"],
    ['oldDoc["_deleted"] === true', "false"],
    ["newDoc[author] !== userCtx.name", "newDoc[author] !== newDoc.createdBy"],
    ["has(roles, placed.slice(0, at))", "true"],
    ["has(members, placed)", "true"],
    ["mayAct(spec.writers)", "mayAct(['cadre', 'social_worker', 'supervisor'])"],
    ["mayAct(allowed)", "mayAct(spec.writers)"],
    ["has(step.from, from)", "true"],
    ['step.to === newDoc["to"]', "true"],
    ["!equal(before[h], after[entryId])", "false"],
    ["!own(after, entryId) ||", "own(after, entryId) &&"],
    ["!own(b, key) || !equal(a[key], b[key])", "!own(b, key)"],
    ["mayAct(fieldOf(graded).loweredBy || [])", "true"],
    ["place === -1 ? codes.length : place", "place"],
    ["if (last !== null) return false;", ""],
    ["clock - raisedAt <= table.maxSlipDelayMs", "true"],
    ['list[i]["field"] === path', "true"],
    ["|| !isFirstWord(added, before)", "|| isFirstWord(added, before)"],
    ['entry["at"] === before["createdAt"] &&', ""],
    ['entry["after"].length === 0 &&', ""],
    ["entriesOf(before, unit).length === 0 &&", ""],
    ["saysSame(before, entry, unit)", "true"],
    ["equal(was, is) && sameReasons", "sameReasons"],
    ['before["version"] !== newDoc["version"]', "true"],
    ['ground["field"] !== next["field"]', "false"],
    ["mine > 1", "false"],
    ["came ? isIn", "came ? true"],
    ["!isIn && isArray(from)", "isArray(from)"],
    ["return others.length === 0 &&", "return"],
    ["if (after.length > 0) return false;", ""],
    ['leaf === unit || leaf.slice(0, unit.length + 1) === unit + "."', "true"],
    ["field.unit === true", "true"],
    ["i === steps.length - 1 ? field : null", "field"],
    ['last["by"] !== userCtx.name', "false"],
    ['!equal(last["from"], newDoc[name])', "false"],
    ["<= table.slipMs", "<= Infinity"],
    ["+ table.maxDriftMs", ""],
    ['newDoc["createdAt"], newDoc["updatedAt"]', 'newDoc["createdAt"]'],
    ["value.indexOf(value[i]) !== i", "false"],
    ["value.length > maxItems", "false"],
    ["count++;", "count += unit > 65535 ? 2 : 1; if (unit >= 55296) count++;"],
    ['lines === "many" &&', ""],
    ["year < 1900 ||", ""],
    ["year > 2199", "false"],
    ["day <= days", "day <= 31"],
    ['return coarsest === "year"', "return true"],
    ['return coarsest !== "day"', "return true"],
    ["value >= field.min", "true"],
    ["value <= field.max", "true"],
    ["Math.floor(value) === value", "true"],
    ["history.length > table.maxHistory", "false"],
    ["own(inner, key)", "key in inner"],
    ["own(table.types, type)", "type in table.types"],
    ["equal(oldDoc[name], newDoc[name])", "true"],
    ["shape = spec.before;", ""],
  ])("is missed with another %s", (part, other) => {
    expect(text.split(part), `${part} stands once`).toHaveLength(2);
    expect(isNoticed(ruleFrom(text.replace(part, other)))).toBe(true);
  });
});
