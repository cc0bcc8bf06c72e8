// Who may write what, where, and over what: the rule against tables made by hand, natively and in QuickJS.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { memberRoles } from "#src/domain/roles.ts";
import { ruleSource } from "#server/rule/design-document.ts";
import { changeCells } from "./change-cells.ts";
import { proseCells } from "./prose-cells.ts";
import { type QuickJsRule, quickJsRule } from "./quick-js.ts";
import { stepCells, writeCells } from "./rights-matrix.ts";
import { commune, file, identity, members, province, region, samples, writing } from "./sample-site.ts";
import { kindOf, verdict, wrong } from "./verdict.ts";

let quickJs: QuickJsRule;
beforeAll(async () => {
  quickJs = await quickJsRule(ruleSource());
});
afterAll(() => quickJs.dispose());

describe("rights", () => {
  it("are as the tables say, in a thousand cells and more", () => {
    const cells = [...writeCells(), ...stepCells()];
    expect(cells.length).toBeGreaterThanOrEqual(1000);
    expect(wrong(cells)).toEqual([]);
    for (const expected of ["accepted", "delete", "schema", "role", "change"])
      expect(cells.filter((cell) => cell.expected === expected).length, expected).toBeGreaterThan(50);
  });

  it("are as the pages on the domain and the data say", () => {
    expect(proseCells.length).toBeGreaterThanOrEqual(60);
    expect(wrong(proseCells)).toEqual([]);
  });

  it("are the same in QuickJS, to the word", () => {
    const cells = [...writeCells(), ...stepCells(), ...proseCells, ...changeCells];
    expect(quickJs.verdicts(cells)).toEqual(cells.map((cell) => verdict(cell)));
  });

  it("come from the members that the product gives to each database", () => {
    const place = { id: commune, ancestors: [province, region] };
    expect(new Set(memberRoles("site", place))).toEqual(new Set(members[file]));
    expect(new Set(memberRoles("identity", place))).toEqual(new Set(members[identity]));
  });
});

describe("what lies there", () => {
  it("changes only as it may", () => {
    expect(wrong(changeCells)).toEqual([]);
  });

  it("is from the future only beyond ten minutes", () => {
    const note = { ...samples.note, createdAt: "2026-03-02T01:10:00.000Z" };
    const call = writing(file, [`cadre@${commune}`], note);
    expect(verdict(call, undefined, Date.parse("2026-03-02T01:00:00.000Z"))).toBe("accepted");
    expect(kindOf(verdict(call, undefined, Date.parse("2026-03-02T00:59:59.999Z")))).toBe("time");
  });
});
