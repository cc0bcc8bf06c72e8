// Several codes of a list.
import type { CodesField } from "#src/domain/record/field.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { usePlace } from "#src/i18n/place.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Choices } from "./choice.tsx";
import { CodeSearch } from "./code-search.tsx";
import { FieldFrame } from "./field-frame.tsx";
import type { FieldProps } from "./field-props.ts";
import { offeredCodes } from "./offered-codes.ts";

interface CodesInputProps extends FieldProps<CodesField, readonly string[]> {
  /** Codes to offer as choices, in this order; all others of the list are found by typing. */
  readonly first?: readonly string[] | undefined;
  /** At most so many; fewer than the record itself would take. */
  readonly atMost?: number | undefined;
}

export function CodesInput(props: CodesInputProps) {
  const { name, field, answer, onAnswer, disabled } = props;
  const { t } = useTexts();
  const { codeLabel } = useLabels();
  const place = usePlace();
  const { first, rest } = offeredCodes(field.list, place, props.first);
  const option = (code: string) => ({ value: code, label: codeLabel(field.list, code) });
  const chosen = answer.value ?? [];
  const shown = [...first, ...chosen.filter((code) => !first.includes(code))];
  const max = Math.min(props.atMost ?? field.maxItems, field.maxItems);
  const pick = (code: string, on: boolean) => {
    const others = chosen.filter((known) => known !== code);
    const next = on ? [...others, code] : others;
    onAnswer({ value: next.length === 0 ? undefined : next });
  };
  const problem = props.problem ?? (chosen.length > max ? t("ui.field.tooMany", { max }) : undefined);
  return (
    <FieldFrame
      {...props}
      as="group"
      problem={problem}
      onNonAnswer={(unanswered) => onAnswer({ unanswered })}
    >
      {() => (
        <>
          <Choices
            name={name}
            multiple
            options={shown.map(option)}
            chosen={chosen}
            disabled={disabled}
            onPick={pick}
          />
          {rest.length > 0 ? (
            <CodeSearch
              name={name}
              label={props.label}
              options={rest.filter((code) => !chosen.includes(code)).map(option)}
              disabled={disabled}
              onPick={(code) => pick(code, true)}
            />
          ) : null}
        </>
      )}
    </FieldFrame>
  );
}
