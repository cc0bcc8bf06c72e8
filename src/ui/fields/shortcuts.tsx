// Buttons that fill a control with a usual answer.
interface ShortcutsProps {
  readonly question: string;
  readonly options: readonly {
    readonly label: string;
    readonly chosen: boolean;
    readonly choose: () => void;
  }[];
  readonly disabled?: boolean | undefined;
}

export function Shortcuts({ question, options, disabled }: ShortcutsProps) {
  if (options.length === 0) return null;
  return (
    <div className="shortcuts" role="group" aria-label={question}>
      {options.map(({ label, chosen, choose }) => (
        <button
          key={label}
          type="button"
          className="shortcut"
          aria-pressed={chosen}
          disabled={disabled}
          onClick={choose}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
