// The quiet row below a question: declined, ask later, unknown; one tap each, a second tap takes it back.
import { Check } from "lucide-react";
import type { NonAnswer } from "#src/domain/record/define.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";

interface NonAnswerRowProps {
  readonly name: string;
  readonly question: string;
  readonly reasons: readonly NonAnswer[];
  readonly chosen: NonAnswer | undefined;
  readonly disabled?: boolean | undefined;
  readonly onChange: (reason: NonAnswer | undefined) => void;
}

export function NonAnswerRow({ name, question, reasons, chosen, disabled, onChange }: NonAnswerRowProps) {
  const { t } = useTexts();
  const { nonAnswerLabel } = useLabels();
  return (
    <div className="non-answers" role="radiogroup" aria-label={t("ui.field.nonAnswersOf", { question })}>
      {reasons.map((reason) => (
        <label className="non-answer" key={reason}>
          <input
            type="radio"
            name={name}
            value={reason}
            checked={chosen === reason}
            disabled={disabled}
            onChange={() => onChange(reason)}
            // A radio cannot be unchosen by itself: the click that finds it chosen takes it back.
            onClick={() => {
              if (chosen === reason) onChange(undefined);
            }}
            // Browsers send no click for Space on a chosen radio.
            onKeyDown={(event) => {
              if (event.key !== " " || chosen !== reason) return;
              event.preventDefault();
              onChange(undefined);
            }}
          />
          <span className="non-answer-face">
            <Check aria-hidden className="icon" />
            {nonAnswerLabel(reason)}
          </span>
        </label>
      ))}
    </div>
  );
}
