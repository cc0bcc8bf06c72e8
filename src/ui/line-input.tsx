// One line that belongs to no record: an account's name. Never remembered, capitalised or corrected by the browser.
import { useId } from "react";
import "./fields/field.css";

interface LineInputProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function LineInput({ name, label, value, onChange }: LineInputProps) {
  const id = useId();
  return (
    <div className="field field-row">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <div className="field-control">
        <input
          className="control"
          id={id}
          name={name}
          value={value}
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </div>
    </div>
  );
}
