// Urgent questions that wait for an answer: which ones, and why each is open.
import type { OpenQuestion } from "#src/domain/case-file/open-questions.ts";
import { urgentFlagCodes, urgentFlags } from "#src/domain/records/code-lists.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";

export function OpenQuestions({ questions }: { readonly questions: readonly OpenQuestion[] }) {
  const { t } = useTexts();
  const { codeLabel, nonAnswerLabel } = useLabels();
  const neverAsked =
    questions.length === urgentFlags.length && questions.every(({ why }) => why === "notAsked");
  if (neverAsked) return <p>{t("urgent.open.all")}</p>;
  return (
    <ul className="open-questions">
      {questions.map(({ question, why }) => (
        <li key={question} data-field={`urgentCheck.${question}`}>
          {t("urgent.open.one", {
            question: codeLabel(urgentFlagCodes, question),
            why: nonAnswerLabel(why),
          })}
        </li>
      ))}
    </ul>
  );
}
