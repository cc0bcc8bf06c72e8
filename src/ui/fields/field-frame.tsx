// What surrounds every question: its words, its help, what is wrong, and the ways not to answer.
import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import type { FieldProps } from "./field-props.ts";
import { NonAnswerRow } from "./non-answer-row.tsx";
import "./field.css";

interface Ids {
  readonly control: string;
  /** For `aria-describedby`: the help and the problem, as far as there are any. */
  readonly described: string | undefined;
  /** The problem in words, for a control that places it itself. */
  readonly warning: ReactNode;
}

interface FrameProps extends Omit<FieldProps<unknown, unknown>, "field" | "onChosen" | "onAnswer"> {
  /** Several controls under one legend, or one control with one label. */
  readonly as: "group" | "radiogroup" | "single";
  /** The problem stands among the controls: below what was typed, above the usual answers. */
  readonly warnsWithin?: boolean;
  readonly onNonAnswer: (reason: FieldProps<unknown, unknown>["nonAnswers"][number] | undefined) => void;
  readonly children: (ids: Ids) => ReactNode;
}

export function FieldFrame(props: FrameProps) {
  const { name, label, help, problem, answer, size = "row", as, disabled, warnsWithin } = props;
  const id = useId();
  const described =
    [help ? `${id}-help` : "", problem ? `${id}-problem` : ""].filter(Boolean).join(" ") || undefined;
  const warning = problem ? (
    <p className="field-problem" id={`${id}-problem`} role="alert">
      <CircleAlert aria-hidden className="icon" />
      {problem}
    </p>
  ) : null;
  const inner = (
    <>
      {help ? (
        <p className="field-help" id={`${id}-help`}>
          {help}
        </p>
      ) : null}
      <div className="field-control">{props.children({ control: `${id}-control`, described, warning })}</div>
      {warnsWithin ? null : warning}
      {props.nonAnswers.length > 0 ? (
        <NonAnswerRow
          name={`${name}.unanswered`}
          question={label}
          reasons={props.nonAnswers}
          chosen={answer.unanswered}
          disabled={disabled}
          onChange={props.onNonAnswer}
        />
      ) : null}
    </>
  );
  const className = `field field-${size}`;
  if (as === "single") {
    return (
      <div className={className} data-field={name}>
        <label className="field-label" htmlFor={`${id}-control`}>
          {label}
        </label>
        {inner}
      </div>
    );
  }
  return (
    <fieldset
      className={className}
      data-field={name}
      aria-describedby={described}
      {...(as === "radiogroup" ? { role: "radiogroup", "aria-invalid": problem !== undefined } : {})}
    >
      <legend className="field-label">{label}</legend>
      {inner}
    </fieldset>
  );
}
