// Several questions of one section below each other, with what is wrong at each.
import type { NonAnswer } from "#src/domain/record/define.ts";
import { useLabels } from "#src/i18n/labels.ts";
import type { FieldPath, Section } from "#src/i18n/message-key.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { RecordField } from "#src/ui/fields/record-field.tsx";
import type { OpenCaseForm } from "./use-case-form.ts";

interface QuestionsProps<S extends Section> {
  readonly open: OpenCaseForm;
  readonly section: S;
  readonly paths: readonly FieldPath<S>[];
  /** Without these the form cannot be saved: said with the question. */
  readonly required?: readonly string[];
  /** None where a worker says what was done and nobody is asked. */
  readonly nonAnswers?: readonly NonAnswer[];
}

export function Questions<S extends Section>(props: QuestionsProps<S>) {
  const { open, section, paths, required = [], nonAnswers } = props;
  const { t } = useTexts();
  const { fieldLabel } = useLabels();
  return (
    <div className="stack-loose">
      {paths.map((path) => (
        <RecordField
          key={path}
          section={section}
          path={path}
          values={open.values[section]}
          onAnswer={(at, answer) => open.answer(section, at, answer)}
          problem={open.problemAt(section, path)}
          nonAnswers={nonAnswers}
          label={
            required.includes(path) ? t("form.required", { label: fieldLabel(section, path) }) : undefined
          }
        />
      ))}
    </div>
  );
}
