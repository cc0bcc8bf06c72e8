// What may be written of a person before there is consent to keep a name: what helping needs and what tells nobody who it is (D8).
import { consentInForce } from "#src/domain/case-file/consent-in-force.ts";
import type { FormValues } from "#src/domain/record/clean.ts";
import { answerAt } from "#src/domain/record/answer.ts";
import { deepEqual } from "#src/domain/record/equal.ts";
import { leavesOf } from "#src/domain/record/field.ts";
import { person } from "#src/domain/records/person.ts";
import type { CaseFile } from "./case-file.ts";

/** Sex, approximate age, language, interpreter: leaves of a person that identify nobody. */
export const plainPaths = ["sex", "ageYears", "ageAsOf", "language", "interpreterNeeded"] as const;

const isPlain = (path: string): boolean => plainPaths.some((plain) => plain === path);

/** Leaves of a person that may be kept only with consent. */
export const identifyingPaths: readonly string[] = leavesOf(person.fields)
  .map(([path]) => path)
  .filter((path) => !isPlain(path));

const isAnswered = (values: FormValues, path: string): boolean => {
  const { value, unanswered } = answerAt(values, path);
  return value !== undefined || unanswered !== undefined;
};

/** Anything identifying was answered, a refusal to answer included. */
export const identifies = (values: object | undefined): boolean =>
  identifyingPaths.some((path) => isAnswered({ ...values }, path));

/** Something identifying stands in `after` that did not stand so in `before`; taking away is always allowed. */
export const identifiesMore = (before: object, after: object): boolean =>
  identifyingPaths.some((path) => {
    const next = answerAt({ ...after }, path);
    return next.value !== undefined && !deepEqual(next.value, answerAt({ ...before }, path).value);
  });

export const mayIdentify = ({ consents }: Pick<CaseFile, "consents">): boolean =>
  consentInForce(consents, "open_file") === "given";

/** There is consent to a name, and nothing that identifies is written down yet. */
export const identityIsUnwritten = (file: CaseFile): boolean =>
  mayIdentify(file) &&
  (file.case.person === undefined || (file.person !== undefined && !identifies(file.person.record)));
