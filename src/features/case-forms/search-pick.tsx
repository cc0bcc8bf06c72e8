// A question that is answered by one of very many: found by what is typed, a few at a time.
import { useState } from "react";
import { type ChoiceOption, Choices } from "#src/ui/fields/choice.tsx";
import { FieldFrame } from "#src/ui/fields/field-frame.tsx";

interface SearchWords {
  /** What to type. */
  readonly search: string;
  readonly nothing: string;
  readonly found: (count: number) => string;
  readonly more: string;
}

interface SearchPickProps {
  /** Address of the field, also the inputs' `name`. */
  readonly name: string;
  readonly label: string;
  readonly words: SearchWords;
  readonly problem?: string | undefined;
  /** What fits the typed words, the best first; everything where nothing is typed. */
  readonly find: (typed: string) => readonly ChoiceOption[];
  readonly chosen: ChoiceOption | undefined;
  readonly onPick: (value: string) => void;
}

/** More would be a list to read on a phone. */
const shownAtMost = 6;

export function SearchPick({ name, label, words, problem, find, chosen, onPick }: SearchPickProps) {
  const [typed, setTyped] = useState("");
  const found = find(typed);
  const others = found.filter(({ value }) => value !== chosen?.value);
  const offered = [...(chosen ? [chosen] : []), ...others].slice(0, shownAtMost);
  return (
    <FieldFrame
      as="radiogroup"
      name={name}
      label={label}
      problem={problem}
      answer={{ value: chosen?.value }}
      nonAnswers={[]}
      onNonAnswer={() => {}}
    >
      {() => (
        <div className="stack">
          <label className="stack">
            <span>{words.search}</span>
            <input
              type="search"
              className="control"
              name={`${name}.search`}
              value={typed}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          </label>
          <p role="status" className="quiet">
            {found.length === 0 ? words.nothing : words.found(found.length)}
          </p>
          <Choices
            name={name}
            options={offered}
            chosen={chosen ? [chosen.value] : []}
            onPick={(value) => onPick(value)}
          />
          {found.length > shownAtMost ? <p className="quiet">{words.more}</p> : null}
        </div>
      )}
    </FieldFrame>
  );
}
