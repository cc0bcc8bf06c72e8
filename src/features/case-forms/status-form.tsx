// A step on the legal axis: which one, on which ground, and what it must name.
import { recordStatus } from "#src/domain/commands/record-status.ts";
import { statusNeeds, statusSteps } from "#src/domain/commands/steps.ts";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { usualBody } from "#src/domain/profiles/bodies.ts";
import type { FormValues } from "#src/domain/record/clean.ts";
import { legalStatuses } from "#src/domain/records/code-lists.ts";
import { useLabels } from "#src/i18n/labels.ts";
import type { FieldPath, MessageKey } from "#src/i18n/message-key.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { answerAt } from "#src/domain/record/answer.ts";
import { Disclosure } from "#src/ui/disclosure.tsx";
import { Notice } from "#src/ui/notice.tsx";
import { Sheet } from "#src/ui/sheet.tsx";
import { FormFrame, FormHead } from "./form-frame.tsx";
import type { FormProps } from "./form-props.ts";
import { GroundText } from "./ground-text.tsx";
import { legalGround } from "./legal-ground.ts";
import { Pick } from "./pick.tsx";
import { Questions } from "./questions.tsx";
import { useCaseForm } from "./use-case-form.ts";

type Status = CaseFile["status"]["at"];

/** What may be said beside what each step must name. */
const optional: Readonly<Partial<Record<Status, readonly FieldPath<"statusEvent">[]>>> = {
  notified: ["documentNumber"],
  initially_verified: ["responsibleBody", "documentNumber", "reason"],
  identification_requested: ["responsibleBody"],
  extended: ["responsibleBody", "documentNumber"],
  not_identified: ["responsibleBody", "documentNumber", "reason"],
  not_pursued: ["documentNumber"],
};

const isPath = (name: string): name is FieldPath<"statusEvent"> =>
  ["responsibleBody", "how", "documentKind", "documentNumber", "reason"].includes(name);

function pathsOf(to: Status): {
  readonly needed: readonly string[];
  readonly paths: readonly FieldPath<"statusEvent">[];
} {
  const needed = (statusNeeds[to] ?? []).filter(isPath);
  return { needed, paths: ["effectiveOn", ...needed, ...(optional[to] ?? [])] };
}

const bodyFor = (file: CaseFile, to: Status) => usualBody(file.profile.id, to, file.site);

/** A step with the body it usually goes to, for whoever records it to correct. */
function chosenStep(file: CaseFile, to: Status): FormValues {
  const responsibleBody = pathsOf(to).paths.includes("responsibleBody") ? bodyFor(file, to) : undefined;
  return { to, ...(responsibleBody === undefined ? {} : { responsibleBody }) };
}

/** A family of keys: `form.status.save.<profile>.<status>`, complete for every status a profile knows but the first. */
const saveKey = (profile: string, to: Status): MessageKey =>
  `form.status.save.${profile}.${to}` as MessageKey;

export function StatusForm({ file, held, restart }: FormProps) {
  const { t } = useTexts();
  const { codeLabel, fieldLabel } = useLabels();
  const profile = file.profile.id;
  const steps = statusSteps(file, held);
  const label = (code: string) => codeLabel(legalStatuses, code, profile);
  const open = useCaseForm({
    form: "status",
    file,
    section: "statusEvent",
    initial: steps[0] !== undefined && steps.length === 1 ? { statusEvent: chosenStep(file, steps[0]) } : {},
    command: recordStatus,
    input: (values) => {
      const typed = values["statusEvent"] ?? {};
      const to = steps.find((step) => step === typed["to"]);
      const shown = to === undefined ? [] : pathsOf(to).paths;
      // What was typed for another step stays in the draft and out of the record.
      const kept = Object.entries(typed).filter(
        ([name]) => name === "to" || shown.some((path) => path === name),
      );
      return { caseId: file.case.id, statusEvent: Object.fromEntries(kept) };
    },
  });
  const chosen = answerAt(open.values["statusEvent"], "to").value;
  const to = steps.find((step) => step === chosen);
  if (steps.length === 0) {
    return (
      <div className="page form-page">
        <FormHead title={t("form.status.title")} file={file} />
        <Notice tone="info" title={t("form.status.none")}>
          {t("form.status.noneWhy", { now: label(file.status.at) })}
        </Notice>
      </div>
    );
  }
  const ground = to === undefined ? undefined : legalGround(file, to);
  return (
    <FormFrame
      title={t("form.status.title")}
      open={open}
      restart={restart}
      {...(to === undefined ? {} : { saveText: t(saveKey(profile, to)) })}
    >
      <Sheet>
        <p>
          {t("form.now")} <strong>{label(file.status.at)}</strong>
        </p>
        {chosen !== undefined && to === undefined ? (
          <Notice tone="due">{t("error.NoSuchStep")}</Notice>
        ) : null}
        <Pick
          name="statusEvent.to"
          label={t("form.required", { label: fieldLabel("statusEvent", "to") })}
          problem={open.fault?.type === "NoSuchStep" ? t("error.NoSuchStep") : undefined}
          options={steps.map((step) => ({ value: step, label: label(step) }))}
          chosen={to}
          onPick={(value) => {
            open.answer("statusEvent", "to", { value });
            const body = answerAt(open.values["statusEvent"], "responsibleBody").value;
            const isGuess = body === undefined || steps.some((step) => body === bodyFor(file, step));
            const picked = steps.find((step) => step === value);
            if (picked && isGuess)
              open.answer("statusEvent", "responsibleBody", { value: bodyFor(file, picked) });
          }}
        />
      </Sheet>
      {to === undefined ? null : (
        <Sheet title={label(to)}>
          <p className="quiet">{t("form.effectiveToday")}</p>
          <Questions
            open={open}
            section="statusEvent"
            paths={pathsOf(to).paths}
            required={pathsOf(to).needed}
          />
          {ground?.meets || ground?.begins ? (
            <Disclosure summary={t("form.ground")}>
              {ground.meets ? <GroundText clock={ground.meets} profile={profile} kind="meets" /> : null}
              {ground.begins ? <GroundText clock={ground.begins} profile={profile} kind="begins" /> : null}
            </Disclosure>
          ) : null}
        </Sheet>
      )}
    </FormFrame>
  );
}
