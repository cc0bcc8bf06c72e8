// Which answer holds from now on, and why; or later.
import { useState } from "react";
import { type CommandFault, useCommand } from "#src/data/use-command.ts";
import { decideClash, type DecisionError } from "#src/domain/commands/decide-clash.ts";
import { note } from "#src/domain/record/field.ts";
import { maxReason } from "#src/domain/record/schema.ts";
import type { Entry } from "#src/domain/ports/store.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { type ChoiceOption, Choices } from "#src/ui/fields/choice.tsx";
import { NoteInput } from "#src/ui/fields/note.tsx";
import { Shortcuts } from "#src/ui/fields/shortcuts.tsx";
import { useToast } from "#src/ui/toast.tsx";

interface ClashDecisionProps {
  readonly entry: Entry;
  readonly field: string;
  /** `value`: id of the entry of history. */
  readonly options: readonly ChoiceOption[];
  readonly onLater: () => void;
}

const usualReasons = ["asked", "newer", "slip"] as const;
const reasonField = note({ max: maxReason });

export function ClashDecision({ entry, field, options, onLater }: ClashDecisionProps) {
  const { t } = useTexts();
  const decide = useCommand(decideClash);
  const say = useToast();
  const [chosen, setChosen] = useState<string>();
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<CommandFault<DecisionError>["type"] | "ChoiceMissing">();
  const { database, record } = entry;
  async function save(): Promise<void> {
    if (chosen === undefined) return setFault("ChoiceMissing");
    const done = await decide({ database, id: record.id, field, entry: chosen, reason });
    if (done.ok) say(t("case.clash.decided"));
    else setFault(done.error.type);
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
        <legend>{t("case.clash.which")}</legend>
        <Choices
          name={`clash.${field}`}
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
        name="clash.reason"
        label={t("case.clash.reason")}
        field={reasonField}
        answer={reason === "" ? {} : { value: reason }}
        onAnswer={({ value }) => setReason(value ?? "")}
        nonAnswers={[]}
        size="row"
      />
      {fault ? <p role="alert">{t(`error.${fault}`)}</p> : null}
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
