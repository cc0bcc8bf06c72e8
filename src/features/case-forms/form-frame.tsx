// What surrounds every form about a case: whose it is, the way back, what is wrong, and saving.
import { ArrowLeft } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { Link } from "react-router";
import { forgetDraft } from "#src/data/draft-writer.ts";
import { useWork } from "#src/data/work.tsx";
import { useFormats } from "#src/i18n/format.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { Button, buttonClass } from "#src/ui/button.tsx";
import { DraftMark } from "#src/ui/draft-mark.tsx";
import { Judged, notUnderstoodIn, wrongControl } from "#src/ui/fields/not-understood.ts";
import { MaskedName } from "#src/ui/masked-name.tsx";
import { Notice } from "#src/ui/notice.tsx";
import { PageHeader } from "#src/ui/page-header.tsx";
import { useToast } from "#src/ui/toast.tsx";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import type { OpenCaseForm } from "./use-case-form.ts";
import "./form-frame.css";

interface FormFrameProps {
  readonly title: string;
  readonly open: OpenCaseForm;
  /** Begins the form anew, after its draft was dropped. */
  readonly restart: () => void;
  /** Instead of "save". */
  readonly saveText?: string;
  readonly children: ReactNode;
}

export function FormFrame({ title, open, restart, saveText, children }: FormFrameProps) {
  const { t } = useTexts();
  const { fault, draft, busy, file } = open;
  const form = useRef<HTMLFormElement>(null);
  const [judged, setJudged] = useState(false);
  useEffect(() => {
    if (!fault) return;
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    const control = wrong?.matches("fieldset") ? wrong.querySelector("input") : wrong;
    (control ?? form.current?.querySelector<HTMLElement>(".form-fault"))?.focus();
  }, [fault]);
  return (
    <form
      ref={form}
      className="page form-page"
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        const isHere = (name: string) => form.current && wrongControl(form.current, name) !== null;
        const wrong = notUnderstoodIn(open.values).find(isHere);
        // What is wrong is marked first, so that it can be led to.
        flushSync(() => setJudged(wrong !== undefined));
        if (wrong === undefined) void open.save();
        else if (form.current) wrongControl(form.current, wrong)?.focus();
      }}
    >
      <FormHead title={title} file={file} />
      {open.resumed && draft.touched ? <Resumed open={open} restart={restart} /> : null}
      <Judged value={judged}>{children}</Judged>
      {fault ? (
        <div className="form-fault" tabIndex={-1}>
          <Notice tone="due" announce>
            {t(`error.${fault.type}`)}
          </Notice>
        </div>
      ) : null}
      <div className="form-foot">
        {draft.touched ? <DraftMark state={draft.saving} /> : null}
        <Button type="submit" variant="primary" wide action="save" busy={busy}>
          {saveText ?? t("ui.step.save")}
        </Button>
      </div>
    </form>
  );
}

/** Also for a form that cannot be filled in now. */
export function FormHead({ title, file }: { readonly title: string; readonly file: CaseFile }) {
  const { t } = useTexts();
  const name = file.person?.record.displayName;
  return (
    <PageHeader
      title={title}
      back={
        <Link className={buttonClass("quiet")} to={addressOf.case(file.case.id)} data-action="back" replace>
          <ArrowLeft aria-hidden className="icon" />
          <span>{t("form.back")}</span>
        </Link>
      }
      detail={
        <>
          <span className="numeric">{file.case.code}</span>
          {name === undefined ? null : <MaskedName name={name} />}
        </>
      }
    />
  );
}

function Resumed({ open, restart }: Pick<FormFrameProps, "open" | "restart">) {
  const { t } = useTexts();
  const { instant } = useFormats();
  const { store } = useWork().profile;
  const say = useToast();
  const { draft } = open.draft;
  const drop = async () => {
    await open.draft.settled();
    const dropped = await store.write({ dropDrafts: [draft.id] });
    if (!dropped.ok) return say(t(`error.${dropped.error.type}`));
    forgetDraft(store, draft.id);
    restart();
    say(t("form.draft.dropped"), () => void store.write({ putDrafts: [draft] }).then(restart));
  };
  return (
    <Notice
      tone="info"
      title={t("form.draft.resumed", { time: instant(draft.startedAt) })}
      actions={
        <Button action="drop-draft" onClick={() => void drop()}>
          {t("form.draft.drop")}
        </Button>
      }
    />
  );
}
