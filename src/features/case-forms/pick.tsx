// One of a few things that the moment offers: a next step, an open flag, a colleague.
import { Choices } from "#src/ui/fields/choice.tsx";
import { FieldFrame } from "#src/ui/fields/field-frame.tsx";

interface PickProps {
  /** Address of the field, also the inputs' `name`. */
  readonly name: string;
  readonly label: string;
  readonly help?: string | undefined;
  readonly problem?: string | undefined;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly chosen: string | undefined;
  readonly onPick: (value: string) => void;
}

export function Pick({ name, label, help, problem, options, chosen, onPick }: PickProps) {
  return (
    <FieldFrame
      as="radiogroup"
      name={name}
      label={label}
      help={help}
      problem={problem}
      answer={{ value: chosen }}
      nonAnswers={[]}
      onNonAnswer={() => {}}
    >
      {() => (
        <Choices
          name={name}
          options={options}
          chosen={chosen === undefined ? [] : [chosen]}
          onPick={(value) => onPick(value)}
        />
      )}
    </FieldFrame>
  );
}
