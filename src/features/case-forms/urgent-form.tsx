// The urgent questions that were left open, asked again; a "yes" says at once what to do and whom to call.
import { isClosed } from "#src/domain/case-file/closed.ts";
import { useState } from "react";
import { useCallNumbers } from "#src/data/use-call-numbers.ts";
import { recordUrgentCheck } from "#src/domain/commands/record-urgent-check.ts";
import { answerAt } from "#src/domain/record/answer.ts";
import { urgentFlags } from "#src/domain/records/code-lists.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { ActNow } from "#src/ui/act-now.tsx";
import { Notice } from "#src/ui/notice.tsx";
import { Sheet } from "#src/ui/sheet.tsx";
import { FormFrame, FormHead } from "./form-frame.tsx";
import type { FormProps } from "./form-props.ts";
import { Questions } from "./questions.tsx";
import { useCaseForm } from "./use-case-form.ts";

export function UrgentForm({ file, restart }: FormProps) {
  const { t } = useTexts();
  const numbers = useCallNumbers(file.site, file.profile);
  const open = useCaseForm({
    form: "urgent",
    file,
    section: "urgentCheck",
    command: recordUrgentCheck,
    input: (values) => ({ caseId: file.case.id, urgentCheck: values["urgentCheck"] ?? {} }),
  });
  // What a colleague answers meanwhile stays here until somebody has read it.
  const [asked] = useState(() => file.openQuestions.map(({ question }) => question));
  const answers = open.values["urgentCheck"];
  const isHere = (flag: (typeof urgentFlags)[number]): boolean => {
    const { value, unanswered } = answerAt(answers, flag);
    return asked.includes(flag) || value !== undefined || unanswered !== undefined;
  };
  const paths = urgentFlags.filter(isHere);
  if (paths.length === 0 || isClosed(file)) {
    return (
      <div className="page form-page">
        <FormHead title={t("form.urgent.title")} file={file} />
        <Notice tone="ok" title={t("form.urgent.none")} />
      </div>
    );
  }
  const raised = paths.filter((flag) => answerAt(answers, flag).value === true);
  return (
    <FormFrame title={t("form.urgent.title")} open={open} restart={restart}>
      <ActNow steps={raised.map((flag) => t(`urgent.act.${flag}`))} {...numbers} />
      <Sheet>
        <p className="quiet">{t("form.urgent.why")}</p>
        <Questions open={open} section="urgentCheck" paths={paths} />
      </Sheet>
    </FormFrame>
  );
}
