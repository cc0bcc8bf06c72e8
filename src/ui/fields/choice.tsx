// One big choice: a real radio or checkbox that fills its label, with a mark that says chosen by shape too.
import { Check } from "lucide-react";
import { type KeyboardEvent, useRef } from "react";
import "./choice.css";

export interface ChoiceOption {
  readonly value: string;
  readonly label: string;
  /** Other names by which a search finds it. */
  readonly also?: readonly string[] | undefined;
}

interface ChoicesProps {
  readonly name: string;
  readonly options: readonly ChoiceOption[];
  readonly chosen: readonly string[];
  readonly multiple?: boolean;
  readonly disabled?: boolean | undefined;
  readonly onPick: (value: string, on: boolean) => void;
  /** Radios only: chosen, or confirmed by choosing again, by pointer, Space or Enter. */
  readonly onChosen?: (() => void) | undefined;
}

// Longer labels, or a longer word that cannot be broken, read badly side by side on a 360 px screen.
const fitsBeside = 20;
const wordFitsBeside = 11;

function columnsFor(options: readonly ChoiceOption[]): string {
  const longest = Math.max(...options.map((option) => option.label.length), 0);
  const longestWord = Math.max(
    ...options.flatMap(({ label }) => label.split(/[\s/]+/).map((word) => word.length)),
    0,
  );
  if (longest > fitsBeside || longestWord > wordFitsBeside) return "choices-list";
  return options.length === 3 && longest <= 10 ? "choices-three" : "choices-beside";
}

export function Choices({ name, options, chosen, multiple, disabled, onPick, onChosen }: ChoicesProps) {
  // Arrow keys choose on the way to another choice: they must not send the form on.
  const byArrow = useRef(false);
  const noteKey = (event: KeyboardEvent) => {
    byArrow.current = event.key.startsWith("Arrow");
    if (event.key === "Enter" && !multiple && chosen.length > 0 && onChosen) {
      event.preventDefault();
      onChosen();
    }
  };
  return (
    <div className={`choices ${columnsFor(options)}`}>
      {options.map(({ value, label }) => (
        <label className="choice" key={value}>
          <input
            type={multiple ? "checkbox" : "radio"}
            name={name}
            value={value}
            checked={chosen.includes(value)}
            disabled={disabled}
            onKeyDown={noteKey}
            onPointerDown={() => {
              byArrow.current = false;
            }}
            onChange={(event) => onPick(value, event.currentTarget.checked)}
            onClick={() => {
              if (!multiple && !byArrow.current) onChosen?.();
              byArrow.current = false;
            }}
          />
          <span className="choice-face" />
          <span className={multiple ? "choice-mark choice-mark-box" : "choice-mark"} aria-hidden>
            <Check className="icon" />
          </span>
          <span className="choice-label">{label}</span>
        </label>
      ))}
    </div>
  );
}
