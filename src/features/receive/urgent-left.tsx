// Before saving: urgent questions without an answer, so that nobody takes silence for "no signs".
import { openQuestionsOf } from "#src/domain/case-file/open-questions.ts";
import { fromForm } from "#src/domain/commands/command.ts";
import { urgentCheck } from "#src/domain/records/urgent-check.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Notice } from "#src/ui/notice.tsx";
import { OpenQuestions } from "#src/ui/open-questions.tsx";
import type { SheetValues } from "#src/ui/steps/step.ts";

export function UrgentLeft({ values }: { readonly values: SheetValues }) {
  const { t } = useTexts();
  const questions = openQuestionsOf([fromForm(urgentCheck, values["urgentCheck"])]);
  if (questions.length === 0) return null;
  return (
    <Notice tone="due" title={t("urgent.open.title", { count: questions.length })}>
      <OpenQuestions questions={questions} />
      <p>{t("urgent.open.why")}</p>
    </Notice>
  );
}
