// A password or passphrase: hidden until asked for, never remembered, capitalised or corrected by the browser.
import { Eye, EyeOff } from "lucide-react";
import { useId, useState } from "react";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "./button.tsx";
import "./fields/field.css";
import "./secret-input.css";

interface SecretInputProps {
  readonly name: string;
  readonly label: string;
  readonly help?: string | undefined;
  readonly problem?: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** The field a person has come here to fill. */
  readonly first?: boolean;
}

export function SecretInput({ name, label, help, problem, value, onChange, first }: SecretInputProps) {
  const { t } = useTexts();
  const [shown, setShown] = useState(false);
  const id = useId();
  const described = [help && `${id}-help`, problem && `${id}-problem`].filter(Boolean).join(" ");
  return (
    <div className="field field-row">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {help ? (
        <p className="field-help" id={`${id}-help`}>
          {help}
        </p>
      ) : null}
      <div className="field-control secret">
        <input
          className="control"
          id={id}
          name={name}
          type={shown ? "text" : "password"}
          value={value}
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the one thing this screen asks for
          autoFocus={first}
          aria-describedby={described || undefined}
          aria-invalid={problem !== undefined}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        <Button
          variant="quiet"
          icon={shown ? EyeOff : Eye}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        >
          {t(shown ? "ui.secret.hide" : "ui.secret.show")}
        </Button>
      </div>
      {problem ? (
        <p className="field-problem" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      ) : null}
    </div>
  );
}
