// Several lines of text; the control grows with them.
import type { NoteField } from "#src/domain/record/field.ts";
import { codePoints } from "#src/domain/record/text.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { cleanLines } from "./clean-text.ts";
import { FieldFrame } from "./field-frame.tsx";
import type { FieldProps } from "./field-props.ts";
import { useTyped } from "./use-typed.ts";

export function NoteInput(props: FieldProps<NoteField, string>) {
  const { name, field, answer, onAnswer, disabled } = props;
  const { t } = useTexts();
  const { number } = useFormats();
  const { control } = useTyped({
    stored: answer.value ?? "",
    cleared: answer.unanswered !== undefined,
    onTyped: (text) => onAnswer({ value: cleanLines(text) || undefined }),
    tidy: cleanLines,
  });
  const length = codePoints(control.value);
  const problem =
    props.problem ?? (length > field.max ? t("ui.field.tooLong", { max: number(field.max) }) : undefined);
  return (
    <FieldFrame
      {...props}
      as="single"
      problem={problem}
      onNonAnswer={(unanswered) => onAnswer({ unanswered })}
    >
      {({ control: id, described }) => (
        // The copy of the text gives the cell its height, so that the control is as tall as what it holds.
        <div className="control-grows">
          <div className="control control-copy" aria-hidden>
            {`${control.value}\n`}
          </div>
          <textarea
            {...control}
            className="control"
            id={id}
            name={name}
            rows={3}
            autoCapitalize="sentences"
            aria-describedby={described}
            aria-invalid={problem !== undefined}
            disabled={disabled}
          />
          {length > field.max * 0.8 ? (
            <span className="control-count">
              {t("ui.field.lengthOf", { count: number(length), max: number(field.max) })}
            </span>
          ) : null}
        </div>
      )}
    </FieldFrame>
  );
}
