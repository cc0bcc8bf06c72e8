// A question that is answered by one of very many: found by what is typed, a few at a time.
import { useState } from "react";
import type { ChoiceOption } from "#src/ui/fields/choice.tsx";
import { FieldFrame } from "#src/ui/fields/field-frame.tsx";
import { SearchChoices } from "#src/ui/fields/search-choices.tsx";

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
          <SearchChoices
            name={name}
            label={words.search}
            typed={typed}
            onType={setTyped}
            status={found.length === 0 ? words.nothing : words.found(found.length)}
            options={offered}
            chosen={chosen?.value}
            onPick={onPick}
          />
          {found.length > shownAtMost ? <p className="quiet">{words.more}</p> : null}
        </div>
      )}
    </FieldFrame>
  );
}
