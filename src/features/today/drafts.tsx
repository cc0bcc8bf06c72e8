// What was begun and not finished; only a person deletes one, and can take that back.
import { Trash2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Link } from "react-router";
import { forgetDraft } from "#src/data/draft-writer.ts";
import { allDrafts } from "#src/data/case-queries.ts";
import { codeOf } from "#src/data/transfer-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import type { Draft } from "#src/domain/ports/store.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf, type CaseForm } from "#src/ui/addresses.ts";
import { Button, buttonClass } from "#src/ui/button.tsx";
import { MaskedName } from "#src/ui/masked-name.tsx";
import { Row, Rows, Sheet } from "#src/ui/sheet.tsx";
import { useToast } from "#src/ui/toast.tsx";

export function Drafts() {
  const { t } = useTexts();
  const drafts = useQuery(allDrafts);
  const { list, goOnAt } = useFocusAmong(drafts);
  if (drafts.length === 0) return null;
  return (
    <Sheet title={t("today.drafts")} aside={<span className="numeric">{drafts.length}</span>}>
      <div ref={list}>
        <Rows label={t("today.drafts")}>
          {drafts.map((draft, place) => (
            <DraftRow key={draft.id} draft={draft} onChanged={() => goOnAt({ id: draft.id, place })} />
          ))}
        </Rows>
      </div>
    </Sheet>
  );
}

/** Whoever dropped a draft goes on at the one in its place, else at the head of the page; whoever put it back, at it. */
function useFocusAmong(drafts: readonly Draft[]) {
  const list = useRef<HTMLDivElement>(null);
  const [changed, goOnAt] = useState<{ readonly id: string; readonly place: number }>();
  useEffect(() => {
    if (!changed) return;
    const found = drafts.findIndex(({ id }) => id === changed.id);
    const place = found === -1 ? Math.min(changed.place, drafts.length - 1) : found;
    const rows = list.current?.querySelectorAll<HTMLElement>(".row-link");
    (rows?.[place] ?? document.querySelector<HTMLElement>("h1"))?.focus();
    // Once for each change, not whenever a draft comes or goes.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [changed]);
  return { list, goOnAt };
}

/** Back to what was being written when something came between; the others are in the list below. */
export function GoOn() {
  const { t } = useTexts();
  const latest = useQuery(allDrafts).toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1))[0];
  if (!latest) return null;
  return (
    <Link className={buttonClass()} to={addressOfDraft(latest)}>
      {t("today.goOn")}
    </Link>
  );
}

interface DraftRowProps {
  readonly draft: Draft;
  /** It was dropped or put back. */
  readonly onChanged: () => void;
}

function DraftRow({ draft, onChanged }: DraftRowProps) {
  const { t } = useTexts();
  const { instant } = useFormats();
  const { store } = useWork().profile;
  const say = useToast();
  const code = draft.case === undefined ? undefined : codeOf(store.read, draft.case);
  const name = draft.values["person"]?.["displayName"];
  const drop = async () => {
    const dropped = await store.write({ dropDrafts: [draft.id] });
    if (!dropped.ok) return say(t("ui.draft.notSaved"));
    forgetDraft(store, draft.id);
    onChanged();
    say(t("today.draftDropped"), () => void store.write({ putDrafts: [draft] }).then(onChanged));
  };
  return (
    <Row
      title={t(`draft.${formOf(draft)}`)}
      link={(content, className) => (
        <Link className={className} to={addressOfDraft(draft)}>
          {content}
        </Link>
      )}
      detail={
        <span className="cluster">
          {code === undefined ? null : <span className="numeric">{code}</span>}
          {typeof name === "string" ? <MaskedName name={name} /> : null}
          <span className="quiet">{t("today.draftOf", { time: instant(draft.updatedAt) })}</span>
        </span>
      }
      aside={
        <Button variant="quiet" icon={Trash2} action="drop-draft" onClick={() => void drop()}>
          {t("today.dropDraft")}
        </Button>
      }
    />
  );
}

type FormName = "receive" | "visit" | "answer" | "edit";
const formOf = ({ form }: Draft): FormName =>
  form === "receive" || form === "visit" || form === "answer" ? form : "edit";

/** Back to where the person was. */
function addressOfDraft(draft: Draft): string {
  if (draft.case === undefined) return addressOf.receive(draft.id, draft.step ?? "");
  if (draft.form === "answer") return addressOf.transfer(draft.step ?? "");
  return draft.form === "visit"
    ? addressOf.visit(draft.case)
    : addressOf.caseForm(draft.case, draft.form as CaseForm, draft.step);
}
