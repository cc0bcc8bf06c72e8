// A search over a long code list: combobox with a list of suggestions, by keyboard and by touch (WAI-ARIA combobox).
import { Search } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { useTexts } from "#src/i18n/use-texts.ts";
import type { ChoiceOption } from "./choice.tsx";
import { matchingOptions } from "./matching-options.ts";
import "./code-search.css";

interface CodeSearchProps {
  readonly name: string;
  readonly label: string;
  readonly options: readonly ChoiceOption[];
  /** Stand as choices beside it: found by typing too, but not listed before. */
  readonly beside?: readonly ChoiceOption[];
  readonly disabled?: boolean | undefined;
  readonly onPick: (code: string) => void;
}

// More than a phone can show; the rest comes with more letters.
const shownAtOnce = 60;

export function CodeSearch({ name, label, options, beside, disabled, onPick }: CodeSearchProps) {
  const { t } = useTexts();
  const id = useId();
  const [typed, setTyped] = useState("");
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const optionId = (option: ChoiceOption) => `${id}-${option.value}`;
  const searched = typed.trim() === "" ? options : [...options, ...(beside ?? [])];
  const found = matchingOptions(searched, typed).slice(0, shownAtOnce);
  const current = found[Math.min(active, found.length - 1)]?.option;

  function moveTo(index: number): void {
    setActive(index);
    const option = found[index]?.option;
    if (option) document.getElementById(optionId(option))?.scrollIntoView({ block: "nearest" });
  }

  function pick(option: ChoiceOption): void {
    setTyped("");
    setOpen(false);
    setActive(0);
    onPick(option.value);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (open)
        moveTo((Math.min(active, found.length - 1) + step + found.length) % Math.max(found.length, 1));
      else setOpen(true);
    } else if (event.key === "Enter" && open && current) {
      event.preventDefault();
      pick(current);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      setOpen(false);
    }
  }

  return (
    <div className="code-search">
      <Search aria-hidden className="icon code-search-icon" />
      <input
        className="control code-search-input"
        type="text"
        role="combobox"
        name={`${name}.search`}
        value={typed}
        placeholder={t("ui.field.searchOthers")}
        aria-label={t("ui.field.searchOthersOf", { question: label })}
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && current ? optionId(current) : undefined}
        autoComplete="off"
        spellCheck={false}
        autoCapitalize="off"
        disabled={disabled}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setActive(0);
          setOpen(true);
        }}
        onClick={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <div
        className="code-search-list"
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        hidden={!open || found.length === 0}
      >
        {found.map(({ option, by }) => (
          // Keys are handled by the combobox, which keeps the focus.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
          <div
            key={option.value}
            className="code-search-option"
            id={optionId(option)}
            role="option"
            tabIndex={-1}
            data-value={option.value}
            aria-selected={option === current}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => pick(option)}
          >
            {option.label}
            {by === undefined ? null : <span className="quiet">{t("ui.field.formerly", { name: by })}</span>}
          </div>
        ))}
      </div>
      <p className="code-search-none" role="status">
        {open && found.length === 0 ? t("ui.field.nothingFound") : ""}
      </p>
    </div>
  );
}
