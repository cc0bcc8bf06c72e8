// A short list of short texts, one per line.
import type { TextsField } from "#src/domain/record/field.ts";
import { codePoints } from "#src/domain/record/text.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { cleanLine } from "./clean-text.ts";
import { FieldFrame } from "./field-frame.tsx";
import type { FieldProps } from "./field-props.ts";
import { useTyped } from "./use-typed.ts";

const linesOf = (text: string) => text.split("\n").map(cleanLine).filter(Boolean);

export function TextsInput(props: FieldProps<TextsField, readonly string[]>) {
  const { name, field, answer, onAnswer, disabled } = props;
  const { t } = useTexts();
  const { control } = useTyped({
    stored: (answer.value ?? []).join("\n"),
    cleared: answer.unanswered !== undefined,
    onTyped(text) {
      const lines = linesOf(text);
      onAnswer({ value: lines.length === 0 ? undefined : lines });
    },
    tidy: (text) => linesOf(text).join("\n"),
  });
  const lines = linesOf(control.value);
  const own = lines.some((line) => codePoints(line) > field.max)
    ? t("ui.field.tooLong", { max: field.max })
    : lines.length > field.maxItems
      ? t("ui.field.tooMany", { max: field.maxItems })
      : undefined;
  const problem = props.problem ?? own;
  return (
    <FieldFrame
      {...props}
      as="single"
      help={props.help ?? t("ui.field.onePerLine")}
      problem={problem}
      onNonAnswer={(unanswered) => onAnswer({ unanswered })}
    >
      {({ control: id, described }) => (
        <textarea
          {...control}
          className="control"
          id={id}
          name={name}
          rows={Math.max(2, lines.length + 1)}
          aria-describedby={described}
          aria-invalid={problem !== undefined}
          disabled={disabled}
        />
      )}
    </FieldFrame>
  );
}
