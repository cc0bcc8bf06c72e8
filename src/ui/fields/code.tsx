// Exactly one code of a list: all as choices, or for a long list the frequent ones and a search.
import type { CodeField } from "#src/domain/record/field.ts";
import { formerAreas } from "#src/domain/profiles/former-areas.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { usePlace } from "#src/i18n/place.ts";
import { Choices } from "./choice.tsx";
import { CodeSearch } from "./code-search.tsx";
import { FieldFrame } from "./field-frame.tsx";
import type { FieldProps } from "./field-props.ts";
import { offeredCodes } from "./offered-codes.ts";

interface CodeInputProps extends FieldProps<CodeField, string> {
  /** Codes to offer as choices, in this order; all others of the list are found by typing. */
  readonly first?: readonly string[] | undefined;
}

export function CodeInput(props: CodeInputProps) {
  const { name, field, answer, onAnswer, onChosen, disabled } = props;
  const { codeLabel } = useLabels();
  const place = usePlace();
  const { first, rest } = offeredCodes(field.list, place, props.first);
  const option = (code: string) => ({
    value: code,
    label: codeLabel(field.list, code),
    also: formerAreas[code],
  });
  const { value } = answer;
  // What was found by typing, or stands in an older record, joins the choices: the answer is always in sight.
  const shown = value === undefined || first.includes(value) ? first : [...first, value];
  return (
    <FieldFrame {...props} as="radiogroup" onNonAnswer={(unanswered) => onAnswer({ unanswered })}>
      {() => (
        <>
          <Choices
            name={name}
            options={shown.map(option)}
            chosen={value === undefined ? [] : [value]}
            disabled={disabled}
            onPick={(code) => onAnswer({ value: code })}
            onChosen={onChosen}
          />
          {rest.length > 0 ? (
            <CodeSearch
              name={name}
              label={props.label}
              options={rest.map(option)}
              beside={first.map(option)}
              disabled={disabled}
              onPick={(code) => {
                onAnswer({ value: code });
                onChosen?.();
              }}
            />
          ) : null}
        </>
      )}
    </FieldFrame>
  );
}
