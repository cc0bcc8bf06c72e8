// The eight urgent questions on one screen; a "yes" says at once what to do, "all no" answers what is left.
import { profiles } from "#src/domain/profiles/index.ts";
import type { UrgentFlag } from "#src/domain/records/code-lists.ts";
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
  const raised = raisedFlags(values);
  const rest = restNo(values);
  const act = (flag: UrgentFlag) => t(`urgent.act.${flag}`);
  return (
    <div className="stack-loose">
      <ActNow
        steps={raised.map(act)}
        phones={site.phones ?? []}
        helpLines={profiles[site.profile].helpLines}
      />
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
          {t("receive.urgent.done", { next: t("ui.step.next") })}
        </p>
      )}
    </div>
  );
}
