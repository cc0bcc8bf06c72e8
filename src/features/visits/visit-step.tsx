// What stands on the screen of each step of a visit, beside its plain questions.
import { useCallNumbers } from "#src/data/use-call-numbers.ts";
import { useWork } from "#src/data/work.tsx";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { isLowerRisk, mayLowerRisk, stricterRisk } from "#src/domain/case-file/risk.ts";
import { fromForm, rolesFor } from "#src/domain/commands/command.ts";
import { precisionOf } from "#src/domain/record/dates.ts";
import { valueAt } from "#src/domain/record/schema.ts";
import { followup, standings } from "#src/domain/records/followup.ts";
import { riskLevels } from "#src/domain/records/code-lists.ts";
import type { Site } from "#src/domain/records/site.ts";
import { suggestedVisitOn } from "#src/domain/tasks/visits-due.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { ActNow } from "#src/ui/act-now.tsx";
import { Button } from "#src/ui/button.tsx";
import type { Answer } from "#src/domain/record/answer.ts";
import { MaskedName } from "#src/ui/masked-name.tsx";
import { Notice } from "#src/ui/notice.tsx";
import { RiskMark } from "#src/ui/risk-mark.tsx";
import { StepQuestions } from "#src/ui/steps/step-questions.tsx";
import type { Question, SheetValues } from "#src/ui/steps/step.ts";
import type { Walk } from "#src/ui/steps/walk.ts";
import { isInDanger, isUnsafe, showsSign, type StepName } from "./steps.ts";

interface VisitStepProps {
  readonly file: CaseFile;
  readonly site: Site;
  readonly at: Walk<StepName>;
  /** As shown: with today as the day of the visit. */
  readonly values: SheetValues;
  /** Why the visit could not be saved, where it is about a question of this step. */
  readonly problem: string | undefined;
  readonly onAnswer: (section: string, path: string, answer: Answer) => void;
}

export function VisitStep(props: VisitStepProps) {
  const { file, site, at, values, problem, onAnswer } = props;
  const { t } = useTexts();
  const lastTime = useLastTime(file);
  const name = file.person?.record.displayName;
  const numbers = useCallNumbers(site, file.profile);
  const questions = (
    <StepQuestions
      step={at.step}
      values={values}
      onAnswer={onAnswer}
      onGoOn={at.next}
      extra={(question) => ({
        help: lastTime(question),
        problem: question === at.step.questions[0] ? problem : undefined,
        // At the answer, so that nothing moves under the finger.
        below:
          question.path === "domains.safety" && isInDanger(values) ? (
            <ActNow steps={[t("urgent.act.safetyBad")]} {...numbers} />
          ) : undefined,
      })}
    />
  );
  switch (at.step.name) {
    case "outcome":
      return (
        <>
          <p className="cluster" data-record={file.case.id}>
            <span className="quiet numeric">{file.case.code}</span>
            {name === undefined ? null : <MaskedName name={name} />}
          </p>
          {questions}
          {isUnsafe(values) ? <ActNow steps={[t("urgent.act.unsafeToVisit")]} {...numbers} /> : null}
        </>
      );
    case "sign":
      return (
        <>
          {showsSign(values) ? <ActNow steps={[t("urgent.act.retraffickingSign")]} {...numbers} /> : null}
          {questions}
        </>
      );
    case "risk":
      return (
        <>
          <RiskNow file={file} />
          <RiskLower file={file} />
          {questions}
        </>
      );
    case "next":
      return (
        <>
          <Suggestion {...props} />
          {questions}
        </>
      );
    default:
      return questions;
  }
}

/** The help of a domain: what to ask, and how it stood the last time somebody was met. */
function useLastTime(file: CaseFile): (question: Question) => string | undefined {
  const { t } = useTexts();
  const { date } = useFormats();
  const { codeLabel, fieldHelp } = useLabels();
  const last = file.visits.findLast((visit) => visit.domains !== undefined);
  return ({ section, path }) => {
    const standing = valueAt(last, path);
    if (!last || !path.startsWith("domains.") || typeof standing !== "string") return undefined;
    const then = t("visit.last", { date: date(last.doneOn), value: codeLabel(standings, standing) });
    return [fieldHelp(section, path), then].filter(Boolean).join(" ");
  };
}

function RiskNow({ file }: { readonly file: CaseFile }) {
  const { t } = useTexts();
  const { riskLevel } = file;
  return (
    <p className="cluster">
      <span>{t(riskLevel ? "visit.riskNow" : "visit.noRisk")}</span>
      {riskLevel ? <RiskMark level={riskLevel} /> : null}
    </p>
  );
}

/** Less risk than the case stands at is a finding of this visit: said before, for a choice goes on by itself. */
function RiskLower({ file }: { readonly file: CaseFile }) {
  const { t } = useTexts();
  if (useMayLower(file) || !isLowerRisk(riskLevels.codes.at(-1), file.case.riskLevel)) return null;
  return <p className="quiet">{t("visit.riskLower")}</p>;
}

function useMayLower({ site }: CaseFile): boolean {
  const { roles } = useWork().profile.account;
  return site !== undefined && mayLowerRisk(rolesFor(roles, site));
}

/** The day the schedule asks for after this visit, one tap. */
function Suggestion({ file, at, values, onAnswer }: VisitStepProps) {
  const { t } = useTexts();
  const { date, relativeDay } = useFormats();
  const mayLower = useMayLower(file);
  const found = fromForm(followup, values["followup"]);
  // What the case will stand at after this visit.
  const risk = mayLower ? (found.riskLevel ?? file.riskLevel) : stricterRisk(found.riskLevel, file.riskLevel);
  if (precisionOf(found.doneOn) !== "day") return null;
  const day = suggestedVisitOn(file, found, risk);
  return (
    <Notice
      tone="info"
      title={t("visit.bySchedule", { date: date(day, "long"), day: relativeDay(day) })}
      actions={
        <Button
          action="by-schedule"
          onClick={() => {
            onAnswer("followup", "nextOn", { value: day });
            at.next();
          }}
        >
          {t("visit.takeThisDay")}
        </Button>
      }
    />
  );
}
