// The eight urgent questions on one screen; a "yes" says at once what to do, "all no" answers what is left.
import { useCallNumbers } from "#src/data/use-call-numbers.ts";
import { openQuestionsOf } from "#src/domain/case-file/open-questions.ts";
import { fromForm } from "#src/domain/commands/command.ts";
import { profiles } from "#src/domain/profiles/index.ts";
import { type UrgentFlag, urgentFlagCodes, urgentFlags } from "#src/domain/records/code-lists.ts";
import { urgentCheck } from "#src/domain/records/urgent-check.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { ActNow } from "#src/ui/act-now.tsx";
import { Button } from "#src/ui/button.tsx";
import { Notice } from "#src/ui/notice.tsx";
import { StepQuestions } from "#src/ui/steps/step-questions.tsx";
import type { StepBodyProps } from "./step-body.tsx";
import { raisedFlags, restNo } from "./steps.ts";
import "./urgent-step.css";

const warning = ([text]: readonly string[]) =>
  text === undefined ? null : <Notice tone="urgent" title={text} />;

export function UrgentStep({ site, at, values, draft }: StepBodyProps) {
  const { t } = useTexts();
  const numbers = useCallNumbers(site, profiles[site.profile]);
  const raised = raisedFlags(values);
  const rest = restNo(values);
  const act = (flag: UrgentFlag) => t(`urgent.act.${flag}`);
  return (
    <div className="stack-loose">
      <ActNow steps={raised.map(act)} {...numbers} />
      <p className="quiet">{t("receive.urgent.intro")}</p>
      <StepQuestions
        step={at.step}
        values={values}
        onAnswer={draft.setAnswer}
        onGoOn={at.next}
        // What to do stands beside the answer too: the notice above may be out of sight.
        extra={({ path }) => ({ below: warning(raised.filter((flag) => flag === path).map(act)) })}
      />
      {Object.keys(rest).length > 0 ? (
        <Button wide action="all-no" onClick={() => draft.setAnswers("urgentCheck", rest)}>
          {t("receive.urgent.restNo")}
        </Button>
      ) : (
        // In the place of the button: a second tap of the same thumb meets words.
        <p className="urgent-done quiet" role="status">
          <WhatIsAnswered values={values} />
        </p>
      )}
    </div>
  );
}

/** That all eight are answered is said only where they are: an answer that was put off is not one. */
function WhatIsAnswered({ values }: Pick<StepBodyProps, "values">) {
  const { t } = useTexts();
  const { list } = useFormats();
  const { codeLabel } = useLabels();
  const next = t("ui.step.next");
  const check = fromForm(urgentCheck, values["urgentCheck"]);
  const open = openQuestionsOf([check]).map(({ question }) => codeLabel(urgentFlagCodes, question));
  if (open.length > 0) return t("receive.urgent.partly", { questions: list(open), next });
  const all = urgentFlags.every((flag) => check[flag] !== undefined);
  return t(all ? "receive.urgent.done" : "receive.urgent.declined", { next });
}
