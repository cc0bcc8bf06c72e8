// Fields of a record, read only: what was asked, what was answered.
import type { ReactNode } from "react";
import type { FormValues } from "#src/domain/record/clean.ts";
import { useLabels } from "#src/i18n/labels.ts";
import type { FieldPath, Section } from "#src/i18n/message-key.ts";
import { answerAt } from "#src/domain/record/answer.ts";
import { fieldAt } from "./fields/field-at.ts";
import { useValueText } from "./fields/use-value-text.ts";
import "./facts.css";

interface FactsProps<S extends Section> {
  readonly section: S;
  readonly paths: readonly FieldPath<S>[];
  /** The record, or a form's values of the section. */
  readonly values: FormValues | object | undefined;
  /** Leaves out what was never asked. */
  readonly askedOnly?: boolean;
  /** Rows of the page's own before the others: what follows from the record. */
  readonly lead?: ReactNode;
}

export function Facts<S extends Section>({ section, paths, values, askedOnly, lead }: FactsProps<S>) {
  const { fieldLabel } = useLabels();
  const { answerText } = useValueText();
  const shown = paths
    .map((path) => ({ path, answer: answerAt({ ...values }, path) }))
    .filter(({ answer }) => !askedOnly || answer.value !== undefined || answer.unanswered);
  return (
    <dl className="facts">
      {lead}
      {shown.map(({ path, answer }) => (
        <div className="fact" key={path} data-field={`${section}.${path}`}>
          <dt>{fieldLabel(section, path)}</dt>
          <dd className={answer.value === undefined ? "fact-open" : undefined}>
            {answerText(fieldAt(section, path), answer)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
