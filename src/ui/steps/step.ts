// A form as a list of steps: which questions each asks, which are asked at all, and when a step is done.
import type { FormValues } from "#src/domain/record/clean.ts";
import { deepEqual } from "#src/domain/record/equal.ts";
import { answerAt } from "#src/domain/record/answer.ts";
import { isTooLong } from "#src/domain/record/too-long.ts";
import { fieldAt } from "#src/ui/fields/field-at.ts";
import type { FieldPath, MessageKey, Section } from "#src/i18n/message-key.ts";

/** The values of a whole form by section, as drafts keep them. */
export type SheetValues = Readonly<Record<string, FormValues>>;

export interface QuestionOptions {
  /** Asked only while this holds; what was answered before stays. */
  readonly when?: (values: SheetValues) => boolean;
  /** Other words than the field's own. */
  readonly label?: MessageKey;
  readonly help?: MessageKey | "";
  /** Codes that are never the answer here. */
  readonly without?: readonly string[];
  /** Where the form keeps the answer, if not under the section: a record that is asked for more than once. */
  readonly keptIn?: string;
}

export interface Question extends QuestionOptions {
  readonly section: Section;
  readonly path: FieldPath<Section>;
}

export interface Step<N extends string = string> {
  readonly name: N;
  readonly questions: readonly Question[];
  readonly when?: (values: SheetValues) => boolean;
  /** Something on the screen has to be read first: it does not go on by itself. */
  readonly waits?: (values: SheetValues) => boolean;
}

/** A question of a step; the section and the path are checked together. */
export const ask = <S extends Section>(
  section: S,
  path: FieldPath<S>,
  options: QuestionOptions = {},
): Question => ({ section, path, ...options });

/** The section of the form's values that holds the answer. */
export const placeOf = ({ section, keptIn = section }: Question): string => keptIn;

/** The steps to be taken with these values, in order. */
export const stepsFor = <N extends string>(
  steps: readonly Step<N>[],
  values: SheetValues,
): readonly Step<N>[] => steps.filter((step) => step.when?.(values) ?? true);

/** The questions of a step to be asked with these values. */
export const questionsOf = (step: Step, values: SheetValues): readonly Question[] =>
  step.questions.filter((question) => question.when?.(values) ?? true);

/** The step of this name, or where it is not taken now, the next one that is; else the last. */
export function nearestStep<N extends string>(
  steps: readonly Step<N>[],
  values: SheetValues,
  name: string | undefined,
): Step<N> {
  const taken = stepsFor(steps, values);
  const asked = steps.findIndex((step) => step.name === name);
  const nearest = taken.find((step) => steps.indexOf(step) >= asked) ?? taken.at(-1);
  if (!nearest) throw new Error("a form without steps");
  return nearest;
}

/** The step so many places further on (or back); undefined beyond either end. */
export function stepFrom<N extends string>(
  steps: readonly Step<N>[],
  values: SheetValues,
  name: N,
  by: 1 | -1,
): N | undefined {
  const taken = stepsFor(steps, values);
  const index = taken.findIndex((step) => step.name === name);
  return index === -1 ? undefined : taken[index + by]?.name;
}

export function isAnswered(values: SheetValues, question: Question): boolean {
  const { value, unanswered } = answerAt(values[placeOf(question)], question.path);
  return value !== undefined || unanswered !== undefined;
}

/** What stands at a question cannot become an answer as it is: not understood, or longer than fits. */
function isUnread(values: SheetValues, question: Question): boolean {
  const { section, path } = question;
  const { value, typed } = answerAt(values[placeOf(question)], path);
  return typed !== undefined || isTooLong(fieldAt(section, path), value);
}

/** The questions of a step at which something stands that would not be kept. */
export const unreadIn = (step: Step, values: SheetValues): readonly Question[] =>
  questionsOf(step, values).filter((question) => isUnread(values, question));

/** The first step to be taken at which something stands that would not be kept. */
export const firstUnread = <N extends string>(
  steps: readonly Step<N>[],
  values: SheetValues,
): Step<N> | undefined => stepsFor(steps, values).find((step) => unreadIn(step, values).length > 0);

const isChoice = ({ section, path }: Question): boolean => {
  const { kind } = fieldAt(section, path);
  return kind === "code" || kind === "yesNo";
};

/** Something to ask is left on this step: a choice, or everything. */
export function isLeftOpen(step: Step, values: SheetValues): boolean {
  const questions = questionsOf(step, values);
  const open = questions.filter((question) => !isAnswered(values, question));
  return open.length > 0 && (open.length === questions.length || open.some(isChoice));
}

/**
 * Whether a step goes on by itself after one of its questions was answered by a single choice: no choice is left
 * open, and nothing further down waits to be typed. Somebody who came back to change an answer among several
 * stays, unless the same answer was chosen once more.
 */
export function goesOn(
  step: Step,
  before: SheetValues,
  after: SheetValues,
  chosen: Pick<Question, "section" | "path">,
): boolean {
  if (step.waits?.(after) || unreadIn(step, after).length > 0) return false;
  const questions = questionsOf(step, after);
  const place = questions.findIndex(
    ({ section, path }) => section === chosen.section && path === chosen.path,
  );
  const open = questions.filter(
    (question, index) => (isChoice(question) || index > place) && !isAnswered(after, question),
  );
  if (open.length > 0) return false;
  const wasDone = questionsOf(step, before)
    .filter(isChoice)
    .every((question) => isAnswered(before, question));
  return questions.length === 1 || !wasDone || deepEqual(before, after);
}
