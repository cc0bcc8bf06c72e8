// @vitest-environment jsdom
// Whatever is answered, skipped, gone back over or jumped to: every answer given last is in the form and in the draft.
import { act, cleanup, renderHook } from "@testing-library/react";
import fc from "fast-check";
import type { ReactNode } from "react";
import { MemoryRouter } from "react-router";
import { expect, it } from "vitest";
import { useDraft } from "#src/data/use-draft.ts";
import { type Answer, answerAt } from "#src/domain/record/answer.ts";
import { useStepHistory } from "#src/data/use-step-history.ts";
import { WorkProvider } from "#src/data/work.tsx";
import { receiveSteps } from "#src/features/receive/steps.ts";
import { placeOf, type Question, type SheetValues } from "#src/ui/steps/step.ts";
import { walk } from "#src/ui/steps/walk.ts";
import { openDesk } from "#tests/features/support/desk.tsx";

const steps = receiveSteps("vn");
const questions = steps.flatMap((step) => step.questions);

const answers: fc.Arbitrary<Answer> = fc.oneof(
  fc
    .constantFrom("given", "refused", "cannot_now", "phone", "hmn", true, false, 24)
    .map((value) => ({ value })),
  fc.constantFrom("declined", "later", "unknown").map((unanswered) => ({ unanswered }) as const),
  fc.constant({}),
);
const moves = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("answer"), at: fc.nat(questions.length - 1), answer: answers }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("next") }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("back") }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("visit"),
      step: fc.constantFrom(...steps.map(({ name }) => name)),
    }),
  },
);

function useForm() {
  const draft = useDraft({ form: "receive", database: "s-vn-gso-20194" });
  const at = walk(steps, draft.draft.values, useStepHistory(), draft.draft.step);
  return { draft, at };
}

const nameOf = (question: Question) => `${placeOf(question)}.${question.path}`;
const told = (values: SheetValues | undefined) =>
  questions.map((question) => [nameOf(question), answerAt(values?.[placeOf(question)], question.path)]);

it("never loses an answer", { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(moves, { maxLength: 25 }), async (sequence) => {
      const { work } = await openDesk();
      const wrapper = ({ children }: { children: ReactNode }) => (
        <WorkProvider work={work}>
          <MemoryRouter initialEntries={["/receive"]}>{children}</MemoryRouter>
        </WorkProvider>
      );
      const { result } = renderHook(useForm, { wrapper });
      const given = new Map<string, Answer>();
      for (const move of sequence) {
        await act(async () => {
          const { draft, at } = result.current;
          if ("answer" in move) {
            const question = questions[move.at]!;
            draft.setAnswer(placeOf(question), question.path, move.answer);
            given.set(nameOf(question), move.answer);
          } else if ("step" in move) at.visit(move.step);
          else if (move.kind === "next") at.next();
          else at.back?.();
          await Promise.resolve();
        });
      }
      await act(() => result.current.draft.settled());
      const expected = questions.map((question) => [nameOf(question), given.get(nameOf(question)) ?? {}]);
      expect(told(result.current.draft.draft.values)).toEqual(expected);
      expect(told(work.profile.store.read.drafts()[0]?.values)).toEqual(expected);
      cleanup();
    }),
    { numRuns: 40 },
  );
});
