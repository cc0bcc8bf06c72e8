// Which of several answers holds from now on, and why; or later.
import { useState } from "react";
import { note } from "#src/domain/record/field.ts";
import { maxReason } from "#src/domain/record/schema.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { type ChoiceOption, Choices } from "#src/ui/fields/choice.tsx";
import { NoteInput } from "#src/ui/fields/note.tsx";
import { Shortcuts } from "#src/ui/fields/shortcuts.tsx";

interface DecisionFormProps {
  /** Names the inputs. */
  readonly name: string;
  readonly question: string;
  readonly options: readonly ChoiceOption[];
  /** Undefined where it was done; else why not, in words. */
  readonly decide: (chosen: string, reason: string) => Promise<string | undefined>;
  readonly onLater: () => void;
}

const usualReasons = ["asked", "newer", "slip"] as const;
const reasonField = note({ max: maxReason });

export function DecisionForm({ name, question, options, decide, onLater }: DecisionFormProps) {
  const { t } = useTexts();
  const [chosen, setChosen] = useState<string>();
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<string>();
  async function save(): Promise<void> {
    setFault(chosen === undefined ? t("error.ChoiceMissing") : await decide(chosen, reason));
  }
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <fieldset className="stack">
        <legend>{question}</legend>
        <Choices
          name={name}
          options={options}
          chosen={chosen === undefined ? [] : [chosen]}
          onPick={(value) => setChosen(value)}
        />
      </fieldset>
      <Shortcuts
        question={t("case.clash.reason")}
        options={usualReasons.map((usual) => {
          const label = t(`case.clash.reason.${usual}`);
          return { label, chosen: reason === label, choose: () => setReason(label) };
        })}
      />
      <NoteInput
        name="decision.reason"
        label={t("case.clash.reason")}
        field={reasonField}
        answer={reason === "" ? {} : { value: reason }}
        onAnswer={({ value }) => setReason(value ?? "")}
        nonAnswers={[]}
        size="row"
      />
      {fault === undefined ? null : <p role="alert">{fault}</p>}
      <div className="cluster">
        <Button variant="primary" type="submit" action="decide">
          {t("case.clash.choose")}
        </Button>
        <Button action="later" onClick={onLater}>
          {t("case.clash.later")}
        </Button>
      </div>
    </form>
  );
}
