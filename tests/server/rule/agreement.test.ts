// The client's check at the store's door and the endpoint's rule answer the same, in Node and in QuickJS.
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkRecord } from "#src/domain/record/check.ts";
import { ruleSource } from "#server/rule/design-document.ts";
import { specimens } from "#tests/domain/record/spoiled-record.ts";
import { type QuickJsRule, quickJsRule } from "./quick-js.ts";
import { asSpecimen, kindOf, type RuleCall, verdict } from "./verdict.ts";
import { isOfVersionBefore } from "./version-cells.ts";

const count = 50_000;
/** A quarter of a minute on a free machine; a busy one must not make it fail. */
const patience = 600_000;
/** QuickJS is some twenty times slower, so one record in ten goes there too. */
const share = 10;

let quickJs: QuickJsRule;
beforeAll(async () => {
  quickJs = await quickJsRule(ruleSource());
});
afterAll(() => quickJs.dispose());

describe("the client's check and the endpoint's rule", () => {
  it(
    `agree on ${count} records, half of them spoiled`,
    () => {
      const tally = { valid: 0, invalid: 0 };
      const batch: RuleCall[] = [];
      const said: string[] = [];
      const outcome = fc.check(
        fc.property(specimens, (specimen) => {
          fc.pre(!isOfVersionBefore(specimen.record));
          const problems = checkRecord(specimen.database, specimen.record, specimen.previous);
          const call = asSpecimen(specimen);
          const answer = verdict(call);
          if (tally[problems.length === 0 ? "valid" : "invalid"]++ % share === 0) {
            batch.push(call);
            said.push(answer);
          }
          if (problems.length === 0) expect(answer, "the rule alone refuses").toBe("accepted");
          else
            expect(["schema", "place"], `the check alone refuses: ${problems.join("; ")}`).toContain(
              kindOf(answer),
            );
        }),
        { numRuns: count, endOnFailure: true },
      );
      expect(outcome.failed, fc.defaultReportMessage(outcome)).toBe(false);
      const seed = `seed ${outcome.seed}`;
      expect(quickJs.verdicts(batch), seed).toEqual(said);
      expect(tally.valid, seed).toBeGreaterThanOrEqual(0.4 * count);
      expect(tally.invalid, seed).toBeGreaterThanOrEqual(0.4 * count);
    },
    patience,
  );
});
