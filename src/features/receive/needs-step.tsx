// What the person needs most today: up to three, in the order in which they say it.
import { useState } from "react";
import { needs } from "#src/domain/records/code-lists.ts";
import { codes } from "#src/domain/record/field.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { answerAt } from "#src/domain/record/answer.ts";
import { CodesInput } from "#src/ui/fields/codes.tsx";
import type { StepBodyProps } from "./step-body.tsx";
import { mostNeeds, needsOf } from "./steps.ts";

const picked = codes(needs, { maxItems: mostNeeds });
const reasons = ["declined", "later", "unknown"] as const;

export function NeedsStep({ values, draft }: StepBodyProps) {
  const { t } = useTexts();
  const { codeLabel } = useLabels();
  const [refused, setRefused] = useState(false);
  const chosen = needsOf(values);
  const { unanswered } = answerAt(values["planItem"], "need");
  return (
    <div className="stack">
      <CodesInput
        name="planItem.need"
        label={t("receive.ask.needs")}
        help={t("receive.needs.help", { count: mostNeeds })}
        field={picked}
        answer={{ value: chosen, unanswered }}
        nonAnswers={reasons}
        size="question"
        problem={refused ? t("receive.needs.full", { count: mostNeeds }) : undefined}
        onAnswer={(answer) => {
          const tooMany = (answer.value?.length ?? 0) > mostNeeds;
          setRefused(tooMany);
          if (!tooMany) draft.setAnswer("planItem", "need", answer);
        }}
      />
      {chosen.length > 1 ? (
        <ol aria-label={t("receive.needs.order")}>
          {chosen.map((need) => (
            <li key={need}>{codeLabel(needs, need)}</li>
          ))}
        </ol>
      ) : null}
    </div>
  );
}
