// A whole number.
import type { NumberField } from "#src/domain/record/field.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { FieldFrame } from "./field-frame.tsx";
import type { FieldProps } from "./field-props.ts";
import { notUnderstood } from "./not-understood.ts";
import { useTyped } from "./use-typed.ts";

/** `"1.200.000"` → 1200000; undefined for anything that is not a whole number within the bounds. */
function readNumber(text: string, { min, max }: Pick<NumberField, "min" | "max">): number | undefined {
  // Points, commas and spaces between groups of three are how people write large amounts.
  const digits = /^\d{1,3}(?:[.,\s]\d{3})+$/.test(text.trim()) ? text.replace(/\D/g, "") : text.trim();
  if (!/^\d{1,15}$/.test(digits)) return undefined;
  const value = Number(digits);
  return value >= min && value <= max ? value : undefined;
}

export function NumberInput(props: FieldProps<NumberField, number>) {
  const { name, field, answer, onAnswer, disabled } = props;
  const { t } = useTexts();
  const formats = useFormats();
  const { control } = useTyped({
    stored: answer.value === undefined ? (answer.typed ?? "") : formats.number(answer.value),
    cleared: answer.unanswered !== undefined,
    onTyped(text) {
      const value = readNumber(text, field);
      onAnswer(value === undefined ? notUnderstood(text) : { value });
    },
    tidy(text) {
      const value = readNumber(text, field);
      return value === undefined ? text.trim() : formats.number(value);
    },
  });
  const wrong = control.value.trim() !== "" && readNumber(control.value, field) === undefined;
  const bounds = { min: formats.number(field.min), max: formats.number(field.max) };
  const problem = props.problem ?? (wrong ? t("ui.field.notANumber", bounds) : undefined);
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
          className="control control-number"
          type="text"
          inputMode="numeric"
          id={id}
          name={name}
          aria-describedby={described}
          aria-invalid={problem !== undefined}
          disabled={disabled}
        />
      )}
    </FieldFrame>
  );
}
