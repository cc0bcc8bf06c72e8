// Questions that belong together, folded away until they are wanted, with how many of them have an answer.
import type { NonAnswer } from "#src/domain/record/define.ts";
import type { FieldPath, Section } from "#src/i18n/message-key.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { answerAt } from "#src/domain/record/answer.ts";
import { Disclosure } from "#src/ui/disclosure.tsx";
import type { RecordFieldProps } from "#src/ui/fields/record-field.tsx";
import { Sheet } from "#src/ui/sheet.tsx";
import { Questions } from "./questions.tsx";
import type { OpenCaseForm } from "./use-case-form.ts";

interface QuestionGroupProps<S extends Section> {
  readonly title: string;
  readonly startsOpen: boolean;
  readonly open: OpenCaseForm;
  readonly section: S;
  readonly paths: readonly FieldPath<S>[];
  /** None where a worker says what was done and nobody is asked. */
  readonly nonAnswers?: readonly NonAnswer[];
  readonly extra?: (path: FieldPath<S>) => Partial<RecordFieldProps<S>>;
}

export function QuestionGroup<S extends Section>(props: QuestionGroupProps<S>) {
  const { title, startsOpen, open, section, paths, nonAnswers, extra } = props;
  const { t } = useTexts();
  const { number } = useFormats();
  const answered = paths.filter((path) => {
    const { value, unanswered } = answerAt(open.values[section], path);
    return value !== undefined || unanswered !== undefined;
  });
  // What is wrong is never hidden.
  const isWrong = paths.some(
    (path) =>
      open.problemAt(section, path) !== undefined || answerAt(open.values[section], path).typed !== undefined,
  );
  const count = { done: number(answered.length), all: number(paths.length) };
  return (
    <Sheet>
      <Disclosure
        open={startsOpen || isWrong}
        summary={
          <span className="group-summary">
            <h2 className="sheet-title">{title}</h2>
            <span className="quiet numeric">{t("form.group.answered", count)}</span>
          </span>
        }
      >
        <Questions
          open={open}
          section={section}
          paths={paths}
          {...(nonAnswers ? { nonAnswers } : {})}
          {...(extra ? { extra } : {})}
        />
      </Disclosure>
    </Sheet>
  );
}
