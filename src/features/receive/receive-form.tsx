// The form of receiving one person: one group of questions per screen, each answer in the draft at once.
import { useEffect, useMemo, useState } from "react";
import { Link } from "react-router";
import { correctedNow } from "#src/data/clock.ts";
import { type CommandFault, useCommand } from "#src/data/use-command.ts";
import { useDraft } from "#src/data/use-draft.ts";
import { useStepHistory } from "#src/data/use-step-history.ts";
import { useWork } from "#src/data/work.tsx";
import { type ReceptionError, receivePerson } from "#src/domain/commands/receive-person.ts";
import { profiles } from "#src/domain/profiles/index.ts";
import { siteDatabase } from "#src/domain/record/databases.ts";
import { instantOf } from "#src/domain/record/dates.ts";
import type { Site } from "#src/domain/records/site.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { paths } from "#src/ui/addresses.ts";
import { buttonClass } from "#src/ui/button.tsx";
import { DraftMark } from "#src/ui/draft-mark.tsx";
import { Notice } from "#src/ui/notice.tsx";
import { StepFrame } from "#src/ui/step-frame.tsx";
import { firstUnread } from "#src/ui/steps/step.ts";
import { useUnread } from "#src/ui/steps/use-unread.ts";
import { walk } from "#src/ui/steps/walk.ts";
import { StopDialog } from "#src/ui/stop-dialog.tsx";
import { receptionOf, withArrival } from "./reception-of.ts";
import { StepBody } from "./step-body.tsx";
import { consentAskedId } from "./review-step.tsx";
import { consentIsOpen, receiveSteps } from "./steps.ts";

export function ReceiveForm({ draftId, site }: { readonly draftId: string; readonly site: Site }) {
  const { t } = useTexts();
  const work = useWork();
  const draft = useDraft({ form: "receive", database: siteDatabase(site.siteId), id: draftId });
  const history = useStepHistory();
  const steps = useMemo(() => receiveSteps(site.profile), [site.profile]);
  const answered = draft.draft.values;
  const at = walk(steps, answered, history, draft.draft.step);
  const { name } = at.step;
  const [stopped, setStopped] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<CommandFault<ReceptionError>>();
  const receive = useCommand(receivePerson);
  const unread = useUnread({ step: at.step, values: answered, onAnswer: draft.setAnswer, onGoOn: at.next });

  // The draft was begun by the device's own clock; arrival is told by the centre's (D17).
  const offset = correctedNow(work) - work.surroundings.now();
  const arrivedAt = instantOf(Date.parse(draft.draft.startedAt) + offset);

  useEffect(() => {
    if (history.asked !== name) history.go(name, { replace: true });
    if (draft.draft.step !== name) draft.setStep(name);
  });

  async function save(): Promise<void> {
    const wrong = firstUnread(steps, answered);
    if (wrong) return at.visit(wrong.name);
    setBusy(true);
    // A write of the draft that is still under way would bring it back after it was dropped.
    await draft.settled();
    const done = await receive(receptionOf(draft.draft, arrivedAt), draft.id);
    setBusy(false);
    if (done.ok) return history.rewind();
    setFault(done.error);
    // What has to be decided stands on this screen: it is led to, not said once more.
    if (isAsked(done.error)) document.getElementById(consentAskedId)?.focus();
  }

  const isAsked = ({ type }: { readonly type: string }) =>
    type === "NameWithoutConsent" && consentIsOpen(answered);
  const last = name === "review";
  return (
    <>
      <StepFrame
        title={t("receive.title")}
        heading={t(`receive.step.${name}`)}
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
        <StepBody
          key={name}
          site={site}
          at={at}
          steps={steps}
          values={withArrival(answered, arrivedAt)}
          draft={draft}
        />
        {fault && last && !isAsked(fault) ? (
          <Notice tone="due" announce>
            {t(`error.${fault.type}`)}
          </Notice>
        ) : null}
      </StepFrame>
      {stopped ? (
        <StopDialog
          phones={site.phones ?? []}
          helpLines={profiles[site.profile].helpLines}
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
