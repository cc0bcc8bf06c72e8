// Where answers stand in a form's values: a value, a reason or what nobody understands, never two of them, and nothing left behind.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nonAnswers } from "#src/domain/record/define.ts";
import { type Answer, answerAt, withAnswer } from "#src/domain/record/answer.ts";

const path = fc.constantFrom(
  "sex",
  "homeArea.province",
  "homeArea.commune",
  "safeContact.way",
  "displayName",
);
const answer: fc.Arbitrary<Answer> = fc.oneof(
  fc.record({ value: fc.oneof(fc.string({ minLength: 1 }), fc.integer(), fc.boolean()) }),
  fc.record({ unanswered: fc.constantFrom(...nonAnswers) }),
  fc.record({ typed: fc.string({ minLength: 1 }) }),
  fc.constant({}),
);
const steps = fc.array(fc.tuple(path, answer), { maxLength: 12 });

describe("answers in the values of a form", () => {
  it("read back as the last one given, whatever else was answered", () => {
    fc.assert(
      fc.property(steps, (given) => {
        const last = new Map<string, Answer>();
        let values = {};
        for (const [at, what] of given) {
          values = withAnswer(values, at, what);
          last.set(at, what);
        }
        for (const [at, what] of last) expect(answerAt(values, at)).toEqual(what);
      }),
    );
  });

  it("leave nothing behind when all are taken back", () => {
    fc.assert(
      fc.property(steps, (given) => {
        let values = {};
        for (const [at, what] of given) values = withAnswer(values, at, what);
        for (const [at] of given) values = withAnswer(values, at, {});
        expect(values).toEqual({});
      }),
    );
  });

  it("do not change the values they are made from", () => {
    const before = { homeArea: { commune: "Sín Thầu" }, unanswered: { sex: "later" } };
    const copy = structuredClone(before);
    withAnswer(before, "homeArea.commune", {});
    withAnswer(before, "sex", { value: "female" });
    expect(before).toEqual(copy);
  });
});
