// Several questions of one section below each other, with what is wrong at each.
import { useLabels } from "#src/i18n/labels.ts";
import type { FieldPath, Section } from "#src/i18n/message-key.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { RecordField, type RecordFieldProps } from "#src/ui/fields/record-field.tsx";
import type { OpenCaseForm } from "./use-case-form.ts";

interface QuestionsProps<S extends Section> {
  readonly open: OpenCaseForm;
  readonly section: S;
  readonly paths: readonly FieldPath<S>[];
  /** Without these the form cannot be saved: said with the question. */
  readonly required?: readonly string[];
  /** What one question needs beside its description. */
  readonly extra?: (path: FieldPath<S>) => Partial<RecordFieldProps<S>>;
}

export function Questions<S extends Section>(props: QuestionsProps<S>) {
  const { open, section, paths, required = [], extra } = props;
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
          label={
            required.includes(path) ? t("form.required", { label: fieldLabel(section, path) }) : undefined
          }
          {...extra?.(path)}
        />
      ))}
    </div>
  );
}
