// The answer to a request: taking the case over is asked twice, declining takes a reason, which is kept while it is typed.
import { useEffect, useRef, useState } from "react";
import { type CommandFault, useCommand } from "#src/data/use-command.ts";
import { useDraft } from "#src/data/use-draft.ts";
import { useWork } from "#src/data/work.tsx";
import type { TransferRequest } from "#src/domain/case-file/transfer-request.ts";
import {
  answerTransfer,
  type AnswerTransferError,
  type AnswerToTransfer,
} from "#src/domain/commands/answer-transfer.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { DraftMark } from "#src/ui/draft-mark.tsx";
import { RecordField } from "#src/ui/fields/record-field.tsx";
import { Notice } from "#src/ui/notice.tsx";
import { Sheet } from "#src/ui/sheet.tsx";

const goToReason = (form: HTMLFormElement | null) => form?.querySelector("textarea")?.focus();

export function AnswerForm({ request }: { readonly request: TransferRequest }) {
  const { t, locale } = useTexts();
  const { fieldLabel } = useLabels();
  const { store } = useWork().profile;
  const run = useCommand(answerTransfer);
  const { entry, site } = request;
  const { id, case: caseId, caseCode: code } = entry.record;
  const [known] = useState(
    () => store.read.drafts().find(({ form, step }) => form === "answer" && step === id)?.id,
  );
  const draft = useDraft({
    form: "answer",
    database: entry.database,
    ...(caseId === undefined ? {} : { case: caseId }),
    ...(known === undefined ? {} : { id: known }),
  });
  const [declining, setDeclining] = useState(known !== undefined);
  const [confirming, setConfirming] = useState(false);
  const [fault, setFault] = useState<CommandFault<AnswerTransferError>>();
  const values = draft.draft.values["transferAnswer"];
  const form = useRef<HTMLFormElement>(null);
  // The button that was pressed is gone; what was begun earlier is only shown.
  useEffect(() => {
    if (declining && known === undefined) goToReason(form.current);
  }, [declining, known]);

  async function answer(said: AnswerToTransfer["answer"]): Promise<void> {
    setConfirming(false);
    // A write of the draft that is still under way would bring it back after it was dropped.
    await draft.settled();
    const done = await run({ transferId: id, answer: said, transferAnswer: values ?? {} }, draft.id);
    if (done.ok) return;
    setFault(done.error);
    if (done.error.type === "FieldsMissing") goToReason(form.current);
  }

  return (
    <Sheet title={t("transfer.answer")}>
      <p>{t("transfer.answerWhy")}</p>
      {fault && fault.type !== "FieldsMissing" ? (
        <Notice tone="due" announce>
          {t(`error.${fault.type}`)}
        </Notice>
      ) : null}
      {declining ? (
        <form
          ref={form}
          className="stack"
          noValidate
          autoComplete="off"
          onSubmit={(event) => {
            event.preventDefault();
            void answer("declined");
          }}
        >
          <RecordField
            section="transferAnswer"
            path="reason"
            values={values}
            label={t("form.required", { label: fieldLabel("transferAnswer", "reason") })}
            problem={fault?.type === "FieldsMissing" ? t("form.missing") : undefined}
            onAnswer={(path, said) => {
              if (draft.draft.step !== id) draft.setStep(id);
              setFault(undefined);
              draft.setAnswer("transferAnswer", path, said);
            }}
          />
          {draft.touched ? <DraftMark state={draft.saving} /> : null}
          <div className="cluster">
            <Button type="submit" variant="primary" action="save">
              {t("transfer.declineSave")}
            </Button>
            <Button action="accept" onClick={() => setConfirming(true)}>
              {t("transfer.accept")}
            </Button>
          </div>
        </form>
      ) : (
        <div className="cluster">
          <Button variant="primary" action="accept" onClick={() => setConfirming(true)}>
            {t("transfer.accept")}
          </Button>
          <Button action="decline" onClick={() => setDeclining(true)}>
            {t("transfer.decline")}
          </Button>
        </div>
      )}
      {confirming ? (
        <Dialog
          title={t("transfer.confirm", { code })}
          onClose={() => setConfirming(false)}
          actions={
            <Button variant="primary" action="confirm" onClick={() => void answer("accepted")}>
              {t("transfer.accept")}
            </Button>
          }
        >
          <p>{t("transfer.confirmWhy", { site: site.names[locale] })}</p>
        </Dialog>
      ) : null}
    </Sheet>
  );
}
