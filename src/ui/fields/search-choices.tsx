// What is typed, what was found, and the choices: the inside of a question that is answered by one of very many.
import { type ChoiceOption, Choices } from "./choice.tsx";

interface SearchChoicesProps {
  /** Of the radios; the text field has `.search` behind it. */
  readonly name: string;
  /** What to type. */
  readonly label: string;
  readonly typed: string;
  readonly onType: (typed: string) => void;
  /** How many there are, or that there are none. */
  readonly status: string;
  readonly options: readonly ChoiceOption[];
  readonly chosen: string | undefined;
  readonly onPick: (value: string) => void;
}

export function SearchChoices(props: SearchChoicesProps) {
  const { name, label, typed, onType, status, options, chosen, onPick } = props;
  return (
    <>
      <label className="stack">
        <span>{label}</span>
        <input
          type="search"
          className="control"
          name={`${name}.search`}
          value={typed}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onType(event.currentTarget.value)}
        />
      </label>
      <p role="status" className="quiet">
        {status}
      </p>
      <Choices
        name={name}
        options={options}
        chosen={chosen === undefined ? [] : [chosen]}
        onPick={(value) => onPick(value)}
      />
    </>
  );
}
