// Yes, no, or unknown: three choices of the same size, so that not knowing is as easy as knowing.
import type { YesNoField } from "#src/domain/record/field.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Choices } from "./choice.tsx";
import { FieldFrame } from "./field-frame.tsx";
import type { FieldProps } from "./field-props.ts";

export function YesNoInput(props: FieldProps<YesNoField, boolean>) {
  const { name, answer, onAnswer, onChosen, nonAnswers, disabled } = props;
  const { t } = useTexts();
  const { nonAnswerLabel } = useLabels();
  const options = [
    { value: "yes", label: t("ui.yes") },
    { value: "no", label: t("ui.no") },
    ...(nonAnswers.includes("unknown") ? [{ value: "unknown", label: nonAnswerLabel("unknown") }] : []),
  ];
  const value = answer.value === undefined ? answer.unanswered : answer.value ? "yes" : "no";
  return (
    <FieldFrame
      {...props}
      as="radiogroup"
      nonAnswers={nonAnswers.filter((reason) => reason !== "unknown")}
      onNonAnswer={(unanswered) => onAnswer({ unanswered })}
    >
      {() => (
        <Choices
          name={name}
          options={options}
          chosen={value === undefined ? [] : [value]}
          disabled={disabled}
          onPick={(picked) =>
            onAnswer(picked === "unknown" ? { unanswered: "unknown" } : { value: picked === "yes" })
          }
          onChosen={onChosen}
        />
      )}
    </FieldFrame>
  );
}
