// The form of a visit: one group of questions per screen, each answer in the draft at once.
import { useEffect, useState } from "react";
import { Link } from "react-router";
import { type CommandFault, useCommand } from "#src/data/use-command.ts";
import { useDraft } from "#src/data/use-draft.ts";
import { useStepHistory } from "#src/data/use-step-history.ts";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { recordVisit, type VisitError } from "#src/domain/commands/record-visit.ts";
import type { Site } from "#src/domain/records/site.ts";
import { usePlace } from "#src/i18n/place.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { paths } from "#src/ui/addresses.ts";
import { buttonClass } from "#src/ui/button.tsx";
import { DraftMark } from "#src/ui/draft-mark.tsx";
import { answerAt, withAnswer } from "#src/domain/record/answer.ts";
import { Notice } from "#src/ui/notice.tsx";
import { StepFrame } from "#src/ui/step-frame.tsx";
import { firstUnread, type SheetValues } from "#src/ui/steps/step.ts";
import { useUnread } from "#src/ui/steps/use-unread.ts";
import { walk } from "#src/ui/steps/walk.ts";
import { StopDialog } from "#src/ui/stop-dialog.tsx";
import { type StepName, visitSteps } from "./steps.ts";
import { VisitStep } from "./visit-step.tsx";

/** The question a fault of the command is about, so that it shows there. */
const stepOfFault: Readonly<Partial<Record<CommandFault<VisitError>["type"], StepName>>> = {
  OutcomeMissing: "outcome",
  DateInFuture: "when",
  NextBeforeVisit: "next",
};

/** Visited today, until somebody says otherwise. */
function withDay(values: SheetValues, today: string): SheetValues {
  const { value, unanswered, typed } = answerAt(values["followup"], "doneOn");
  if (value !== undefined || unanswered || typed !== undefined) return values;
  return { ...values, followup: withAnswer(values["followup"], "doneOn", { value: today }) };
}

interface VisitFormProps {
  readonly draftId: string;
  readonly file: CaseFile;
  readonly site: Site;
}

export function VisitForm({ draftId, file, site }: VisitFormProps) {
  const { t } = useTexts();
  const { today } = usePlace();
  const draft = useDraft({ form: "visit", database: file.database, case: file.case.id, id: draftId });
  const history = useStepHistory();
  const answered = draft.draft.values;
  const at = walk(visitSteps, answered, history, draft.draft.step);
  const { name } = at.step;
  const [stopped, setStopped] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<CommandFault<VisitError>>();
  const record = useCommand(recordVisit);
  const unread = useUnread({ step: at.step, values: answered, onAnswer: draft.setAnswer, onGoOn: at.next });

  useEffect(() => {
    if (history.asked !== name) history.go(name, { replace: true });
    if (draft.draft.step !== name) draft.setStep(name);
  });

  async function save(): Promise<void> {
    const unclear = firstUnread(visitSteps, answered);
    if (unclear) return at.visit(unclear.name);
    setBusy(true);
    // A write of the draft that is still under way would bring it back after it was dropped.
    await draft.settled();
    const visit = { id: draft.id, caseId: file.case.id, followup: answered["followup"] ?? {} };
    const done = await record(visit, draft.id);
    setBusy(false);
    if (done.ok) return history.rewind();
    setFault(done.error);
    const wrong = stepOfFault[done.error.type];
    if (wrong) at.visit(wrong);
  }

  const last = name === "note";
  const shownHere = fault && (stepOfFault[fault.type] ?? "note") === name;
  return (
    <>
      <StepFrame
        title={t("visit.title")}
        heading={t(`visit.step.${name}`)}
        step={at.place}
        steps={at.count}
        onBack={at.back}
        unread={unread.names}
        onNext={last ? () => void save() : at.next}
        onSkip={last ? undefined : unread.skip}
        onStop={() => setStopped(true)}
        last={last}
        busy={busy}
        saved={draft.touched ? <DraftMark state={draft.saving} /> : undefined}
      >
        <VisitStep
          key={name}
          file={file}
          site={site}
          at={at}
          values={withDay(answered, today)}
          problem={shownHere && name !== "note" ? t(`error.${fault.type}`) : undefined}
          onAnswer={(section, path, answer) => {
            setFault(undefined);
            draft.setAnswer(section, path, answer);
          }}
        />
        {shownHere && name === "note" ? (
          <Notice tone="due" announce>
            {t(`error.${fault.type}`)}
          </Notice>
        ) : null}
      </StepFrame>
      {stopped ? (
        <StopDialog
          phones={site.phones ?? []}
          helpLines={file.profile.helpLines}
          kept={draft.touched}
          onContinue={() => setStopped(false)}
          leave={
            <Link className={buttonClass()} to={paths.today}>
              {t("ui.stop.leave")}
            </Link>
          }
        />
      ) : null}
    </>
  );
}
