// A step on the care axis: into a facility, the community, back home, towards closing, or reopened.
import { Link } from "react-router";
import { changeStage } from "#src/domain/commands/change-stage.ts";
import { stageSteps } from "#src/domain/commands/steps.ts";
import { careStages } from "#src/domain/records/code-lists.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { buttonClass } from "#src/ui/button.tsx";
import { answerAt } from "#src/domain/record/answer.ts";
import { Notice } from "#src/ui/notice.tsx";
import { Sheet } from "#src/ui/sheet.tsx";
import { ClosureRequest } from "./closure-request.tsx";
import { FormFrame, FormHead } from "./form-frame.tsx";
import type { FormProps } from "./form-props.ts";
import { NextContact } from "./next-contact.tsx";
import { Pick } from "./pick.tsx";
import { Questions } from "./questions.tsx";
import { useCaseForm } from "./use-case-form.ts";

export function StageForm({ file, held, restart }: FormProps) {
  const { t } = useTexts();
  const { codeLabel, fieldLabel } = useLabels();
  const steps = stageSteps(file, held);
  const label = (code: string) => codeLabel(careStages, code);
  const open = useCaseForm({
    form: "stage",
    file,
    section: "stageEvent",
    command: changeStage,
    input: (values) => ({
      caseId: file.case.id,
      stageEvent: values["stageEvent"] ?? {},
      overrideRisk: values["closing"]?.["overrideRisk"] === true,
      nextContactOn: textOf(answerAt(values["case"], "nextContactOn").value),
    }),
  });
  const chosen = answerAt(open.values["stageEvent"], "to").value;
  const to = steps.find((step) => step === chosen);
  const closing = to === "closed" || to === "closure_requested";
  const asksOverride = to === "closed" && file.case.riskLevel === "high";
  if (steps.length === 0) {
    return (
      <div className="page form-page">
        <FormHead title={t("form.stage.title")} file={file} />
        <Notice tone="info" title={t("form.status.none")}>
          {t("form.status.noneWhy", { now: label(file.stage.at) })}
        </Notice>
      </div>
    );
  }
  return (
    <FormFrame title={t("form.stage.title")} open={open} restart={restart}>
      <ClosureRequest file={file} />
      <Sheet>
        <p>
          {t("form.now")} <strong>{label(file.stage.at)}</strong>
        </p>
        {chosen !== undefined && to === undefined ? (
          <Notice tone="due">{t("error.NoSuchStep")}</Notice>
        ) : null}
        <Pick
          name="stageEvent.to"
          label={t("form.required", { label: fieldLabel("stageEvent", "to") })}
          problem={open.fault?.type === "NoSuchStep" ? t("error.NoSuchStep") : undefined}
          options={steps.map((step) => ({ value: step, label: label(step) }))}
          chosen={to}
          onPick={(value) => open.answer("stageEvent", "to", { value })}
        />
      </Sheet>
      {to === "closed" && file.openFlags.length > 0 ? (
        <Notice
          tone="urgent"
          actions={
            <Link className={buttonClass()} to={addressOf.caseForm(file.case.id, "flag")}>
              {t("case.next.flag")}
            </Link>
          }
        >
          {t("error.UrgentFlagOpen")}
        </Notice>
      ) : null}
      {to === undefined ? null : (
        <Sheet title={label(to)}>
          {closing ? <p>{t("form.stage.closing")}</p> : null}
          <p className="quiet">{t("form.effectiveToday")}</p>
          <Questions
            open={open}
            section="stageEvent"
            paths={["effectiveOn", "reason"]}
            required={closing ? ["reason"] : []}
          />
          {file.stage.at === "closed" ? <NextContact open={open} /> : null}
          {asksOverride ? (
            <label className="form-tick">
              <input
                type="checkbox"
                name="closing.overrideRisk"
                checked={open.values["closing"]?.["overrideRisk"] === true}
                onChange={(event) =>
                  open.answer("closing", "overrideRisk", event.currentTarget.checked ? { value: true } : {})
                }
              />
              <span>{t("form.stage.override")}</span>
            </label>
          ) : null}
        </Sheet>
      )}
    </FormFrame>
  );
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
