// Which of two people's answers to one question holds.
import { useCommand } from "#src/data/use-command.ts";
import { decideClash } from "#src/domain/commands/decide-clash.ts";
import type { Entry } from "#src/domain/ports/store.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import type { ChoiceOption } from "#src/ui/fields/choice.tsx";
import { useToast } from "#src/ui/toast.tsx";
import { DecisionForm } from "./decision-form.tsx";

const usualReasons = ["asked", "newer", "slip"] as const;

interface ClashDecisionProps {
  readonly entry: Entry;
  readonly field: string;
  /** `value`: id of the entry of history. */
  readonly options: readonly ChoiceOption[];
  readonly onLater: () => void;
}

export function ClashDecision({ entry, field, options, onLater }: ClashDecisionProps) {
  const { t } = useTexts();
  const decide = useCommand(decideClash);
  const say = useToast();
  const { database, record } = entry;
  return (
    <DecisionForm
      name={`clash.${field}`}
      question={t("case.clash.which")}
      options={options}
      reasons={usualReasons.map((usual) => t(`case.clash.reason.${usual}`))}
      choose={t("case.clash.choose")}
      onLater={onLater}
      decide={async (chosen, reason) => {
        const done = await decide({ database, id: record.id, field, entry: chosen, reason });
        if (!done.ok) return t(`error.${done.error.type}`);
        say(t("case.clash.decided"));
        return undefined;
      }}
    />
  );
}
