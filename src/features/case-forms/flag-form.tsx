// What was done about an urgent flag; that closes it.
import { useState } from "react";
import { useCallNumbers } from "#src/data/use-call-numbers.ts";
import { recordUrgentAction } from "#src/domain/commands/record-urgent-action.ts";
import { urgentFlagCodes } from "#src/domain/records/code-lists.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { ActNow } from "#src/ui/act-now.tsx";
import { answerAt } from "#src/domain/record/answer.ts";
import { Notice } from "#src/ui/notice.tsx";
import { Sheet } from "#src/ui/sheet.tsx";
import { FormFrame, FormHead } from "./form-frame.tsx";
import type { FormProps } from "./form-props.ts";
import { Pick } from "./pick.tsx";
import { Questions } from "./questions.tsx";
import { useCaseForm } from "./use-case-form.ts";

export function FlagForm({ file, about, restart }: FormProps) {
  const { t } = useTexts();
  const { codeLabel, fieldLabel } = useLabels();
  const numbers = useCallNumbers(file.site, file.profile);
  const [raisedBy, named] = about?.split(".") ?? [];
  const offered = file.openFlags.filter(
    (candidate) =>
      (raisedBy === undefined || candidate.raisedBy.id === raisedBy) &&
      (named === undefined || candidate.flag === named),
  );
  const [first] = useState(() => (offered.length === 1 ? offered[0] : undefined));
  const open = useCaseForm({
    form: "flag",
    file,
    about,
    section: "urgentAction",
    initial: first ? { urgentAction: { raisedBy: first.raisedBy.id, flag: first.flag } } : {},
    command: recordUrgentAction,
    input: (values) => ({ caseId: file.case.id, urgentAction: values["urgentAction"] ?? {} }),
  });
  const chosen = answerAt(open.values["urgentAction"], "flag").value;
  const flag = offered.find((candidate) => candidate.flag === chosen)?.flag;
  if (offered.length === 0 && !open.draft.touched) {
    return (
      <div className="page form-page">
        <FormHead title={t("form.flag.title")} file={file} />
        <Notice tone="ok" title={t("form.flag.none")}>
          {t("form.flag.noneWhy")}
        </Notice>
      </div>
    );
  }
  return (
    <FormFrame title={t("form.flag.title")} open={open} restart={restart}>
      <Sheet>
        {chosen !== undefined && !flag ? <Notice tone="due">{t("error.FlagNotOpen")}</Notice> : null}
        <Pick
          name="urgentAction.flag"
          label={t("form.required", { label: fieldLabel("urgentAction", "flag") })}
          problem={open.fault?.type === "FlagNotOpen" ? t("form.flag.choose") : undefined}
          options={[...new Set(offered.map((candidate) => candidate.flag))].map((code) => ({
            value: code,
            label: codeLabel(urgentFlagCodes, code),
          }))}
          chosen={flag}
          onPick={(value) => {
            const picked = offered.find((candidate) => candidate.flag === value);
            open.answer("urgentAction", "flag", { value });
            open.answer("urgentAction", "raisedBy", { value: picked?.raisedBy.id });
          }}
        />
        <Questions
          open={open}
          section="urgentAction"
          paths={["action", "toldWhom", "doneAt"]}
          required={["action"]}
        />
      </Sheet>
      {flag ? <ActNow steps={[t(`urgent.act.${flag}`)]} {...numbers} /> : null}
    </FormFrame>
  );
}
