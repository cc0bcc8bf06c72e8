// Which of several answers holds from now on, and why; or later.
import { CircleAlert } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { note } from "#src/domain/record/field.ts";
import { maxReason } from "#src/domain/record/schema.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { type ChoiceOption, Choices } from "#src/ui/fields/choice.tsx";
import { focusContent } from "#src/ui/focus-content.ts";
import { NoteInput } from "#src/ui/fields/note.tsx";
import { Shortcuts } from "#src/ui/fields/shortcuts.tsx";

interface DecisionFormProps {
  /** Names the inputs. */
  readonly name: string;
  readonly question: string;
  readonly options: readonly ChoiceOption[];
  /** Usual reasons, in words. */
  readonly reasons: readonly string[];
  /** On the button: "this one holds". */
  readonly choose: string;
  /** Undefined where it was done; else why not, in words. */
  readonly decide: (chosen: string, reason: string) => Promise<string | undefined>;
  readonly onLater: () => void;
}

const reasonField = note({ max: maxReason });

export function DecisionForm(props: DecisionFormProps) {
  const { name, question, options, reasons, choose, decide, onLater } = props;
  const { t } = useTexts();
  const [chosen, setChosen] = useState<string>();
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  // The button that opened the form is gone: whoever works by keyboard goes on at the first choice, and in the end from the content.
  useEffect(() => {
    form.current?.querySelector("input")?.focus();
    return focusContent;
  }, []);
  async function save(): Promise<void> {
    const wrong = chosen === undefined ? t("error.ChoiceMissing") : await decide(chosen, reason);
    setFault(wrong);
  }
  return (
    <form
      ref={form}
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <fieldset className="stack">
        <legend className="field-label">{question}</legend>
        <Choices
          name={name}
          options={options}
          chosen={chosen === undefined ? [] : [chosen]}
          onPick={(value) => setChosen(value)}
        />
      </fieldset>
      <NoteInput
        name="decision.reason"
        label={t("case.clash.reason")}
        field={reasonField}
        answer={reason === "" ? {} : { value: reason }}
        onAnswer={({ value }) => setReason(value ?? "")}
        nonAnswers={[]}
        size="row"
      />
      <Shortcuts
        question={t("case.clash.reason")}
        options={reasons.map((label) => ({
          label,
          chosen: reason === label,
          choose: () => setReason(label),
        }))}
      />
      {fault === undefined ? null : (
        <p role="alert" className="field-problem">
          <CircleAlert aria-hidden className="icon" />
          {fault}
        </p>
      )}
      <div className="cluster">
        <Button variant="primary" type="submit" action="decide">
          {choose}
        </Button>
        <Button action="later" onClick={onLater}>
          {t("case.clash.later")}
        </Button>
      </div>
    </form>
  );
}
