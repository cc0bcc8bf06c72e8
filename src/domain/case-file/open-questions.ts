// Which of the eight urgent questions nobody has answered yet: asked never, put off, or not known.
import type { NonAnswer } from "#src/domain/record/define.ts";
import { urgentFlags } from "#src/domain/records/code-lists.ts";
import type { UrgentCheck } from "#src/domain/records/urgent-check.ts";

export type UrgentQuestion = (typeof urgentFlags)[number];

export interface OpenQuestion {
  readonly question: UrgentQuestion;
  readonly why: Exclude<NonAnswer, "declined"> | "notAsked";
}

/** What a check says about one question; undefined where it did not ask it. */
type Said = boolean | NonAnswer | undefined;

type Checked = Pick<UrgentCheck, UrgentQuestion | "unanswered">;

const saidBy = (check: Checked, question: UrgentQuestion): Said =>
  check[question] ?? check.unanswered?.[question];

/**
 * In the order in which they are asked; `checks` by the time they were made, of which the last word on a question
 * counts. Whoever does not want to answer has answered: it is not asked again, and says nothing about a danger.
 */
export const openQuestionsOf = (checks: readonly Checked[]): readonly OpenQuestion[] =>
  urgentFlags.flatMap((question): readonly OpenQuestion[] => {
    const said = checks.map((check) => saidBy(check, question)).findLast((word) => word !== undefined);
    if (said === undefined) return [{ question, why: "notAsked" }];
    return said === "later" || said === "unknown" ? [{ question, why: said }] : [];
  });

/** How many of the questions a check answers with yes or no. */
export const answeredBy = (check: Checked): number =>
  urgentFlags.filter((question) => typeof check[question] === "boolean").length;
