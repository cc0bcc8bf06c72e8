// One line of text.
import type { TextField } from "#src/domain/record/field.ts";
import { codePoints } from "#src/domain/record/text.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { cleanLine } from "./clean-text.ts";
import { FieldFrame } from "./field-frame.tsx";
import type { FieldProps } from "./field-props.ts";
import { useTyped } from "./use-typed.ts";

export function TextInput(props: FieldProps<TextField, string>) {
  const { name, field, answer, onAnswer, disabled, masked } = props;
  const { t } = useTexts();
  const { control } = useTyped({
    stored: answer.value ?? "",
    cleared: answer.unanswered !== undefined,
    onTyped: (text) => onAnswer({ value: cleanLine(text) || undefined }),
    tidy: cleanLine,
  });
  const tooLong =
    codePoints(control.value) > field.max ? t("ui.field.tooLong", { max: field.max }) : undefined;
  const problem = props.problem ?? tooLong;
  return (
    <FieldFrame
      {...props}
      as="single"
      problem={problem}
      onNonAnswer={(unanswered) => onAnswer({ unanswered })}
    >
      {({ control: id, described }) => (
        <input
          {...control}
          className={masked ? "control control-masked" : "control"}
          type={field.keyboard === "tel" ? "tel" : "text"}
          id={id}
          name={name}
          autoCapitalize="sentences"
          aria-describedby={described}
          aria-invalid={problem !== undefined}
          disabled={disabled}
        />
      )}
    </FieldFrame>
  );
}
