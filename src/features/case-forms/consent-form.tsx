// What the person agrees to or takes back; refusing never costs emergency help.
import { consentInForce } from "#src/domain/case-file/consent-in-force.ts";
import { recordConsent } from "#src/domain/commands/record-consent.ts";
import { consent } from "#src/domain/records/consent.ts";
import type { FieldPath } from "#src/i18n/message-key.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { answerAt } from "#src/domain/record/answer.ts";
import { Notice } from "#src/ui/notice.tsx";
import { Sheet } from "#src/ui/sheet.tsx";
import { FormFrame } from "./form-frame.tsx";
import type { FormProps } from "./form-props.ts";
import { Pick } from "./pick.tsx";
import { Questions } from "./questions.tsx";
import { useCaseForm } from "./use-case-form.ts";

export function ConsentForm({ file, restart }: FormProps) {
  const { t } = useTexts();
  const { codeLabel, fieldLabel } = useLabels();
  const { purpose, decision } = consent.fields;
  const asksFirst = consentInForce(file.consents, "open_file") !== "given";
  const open = useCaseForm({
    form: "consent",
    file,
    section: "consent",
    initial: asksFirst ? { consent: { purpose: "open_file" } } : {},
    command: recordConsent,
    input: (values) => ({ caseId: file.case.id, consent: values["consent"] ?? {} }),
  });
  const values = open.values["consent"];
  const about = purpose.list.codes.find((code) => code === answerAt(values, "purpose").value);
  const said = decision.list.codes.find((code) => code === answerAt(values, "decision").value);
  const holds = about && consentInForce(file.consents, about);
  // Only what was given can be taken back.
  const decisions = decision.list.codes.filter((code) => code !== "withdrawn" || holds === "given");
  const details: readonly FieldPath<"consent">[] =
    said === "given"
      ? ["givenBy", "how", "witness", "language", "minorAssent", "limits", "onDate"]
      : ["onDate"];
  const missing = open.fault?.type === "DecisionMissing";
  return (
    <FormFrame title={t("form.consent.title")} open={open} restart={restart}>
      <Sheet>
        <Notice tone="info" title={t("form.consent.first")}>
          {t("form.consent.never")}
        </Notice>
        <Pick
          name="consent.purpose"
          label={t("form.required", { label: fieldLabel("consent", "purpose") })}
          problem={missing && !about ? t("form.missing") : undefined}
          options={purpose.list.codes.map((code) => ({ value: code, label: codeLabel(purpose.list, code) }))}
          chosen={about}
          onPick={(value) => open.answer("consent", "purpose", { value })}
        />
        {holds ? (
          <p>
            {t("form.now")} <strong>{codeLabel(decision.list, holds)}</strong>
          </p>
        ) : null}
        <Pick
          name="consent.decision"
          label={t("form.required", { label: fieldLabel("consent", "decision") })}
          problem={missing && !said ? t("form.missing") : undefined}
          options={decisions.map((code) => ({
            value: code,
            label: code === "withdrawn" ? t("form.consent.withdraw") : codeLabel(decision.list, code),
          }))}
          chosen={said}
          onPick={(value) => open.answer("consent", "decision", { value })}
        />
      </Sheet>
      {said ? (
        <Sheet title={t("form.consent.details")}>
          {said === "withdrawn" ? <p>{t("form.consent.withdrawn")}</p> : null}
          <Questions open={open} section="consent" paths={details} />
          {said === "given" && answerAt(values, "minorAssent").value === false ? (
            <Notice tone="due" title={t("consent.minor.refuses")} announce>
              {t("consent.minor.refusesWhy")}
            </Notice>
          ) : null}
        </Sheet>
      ) : null}
    </FormFrame>
  );
}
