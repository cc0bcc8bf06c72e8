// Fields of a record, read only: what was asked, what was answered.
import { ChevronRight } from "lucide-react";
import { type ReactNode, useId } from "react";
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
  /** Where each can be answered anew; without one, a row leads nowhere. */
  readonly way?: ((path: FieldPath<S>) => Way | undefined) | undefined;
}

/** The step of a form that a row leads to. */
export interface Way {
  readonly step: string;
  readonly go: () => void;
}

export function Facts<S extends Section>({ section, paths, values, askedOnly, lead, way }: FactsProps<S>) {
  const { fieldLabel } = useLabels();
  const { answerText } = useValueText();
  const shown = paths
    .map((path) => ({ path, answer: answerAt({ ...values }, path) }))
    .filter(({ answer }) => !askedOnly || answer.value !== undefined || answer.unanswered);
  return (
    <dl className="facts">
      {lead}
      {shown.map(({ path, answer }) => (
        <Fact
          key={path}
          field={`${section}.${path}`}
          label={fieldLabel(section, path)}
          look={answer.value === undefined ? "fact-open" : undefined}
          way={way?.(path)}
        >
          {answerText(fieldAt(section, path), answer)}
        </Fact>
      ))}
    </dl>
  );
}

interface FactProps {
  readonly field: string;
  readonly label: string;
  /** Class of the answer: open, or a number to compare. */
  readonly look?: string | undefined;
  readonly way?: Way | undefined;
  readonly children: ReactNode;
}

/** One row of a list of facts. */
export function Fact({ field, label, look, way, children }: FactProps) {
  const id = useId();
  return (
    <div className={way ? "fact fact-leads" : "fact"} data-field={field}>
      <dt id={`${id}-label`}>{label}</dt>
      <dd className={look}>
        {way ? (
          <button
            type="button"
            className="fact-way"
            id={`${id}-way`}
            data-step={way.step}
            aria-labelledby={`${id}-label ${id}-way`}
            onClick={way.go}
          >
            <span>{children}</span>
            <ChevronRight aria-hidden className="icon" />
          </button>
        ) : (
          children
        )}
      </dd>
    </div>
  );
}
