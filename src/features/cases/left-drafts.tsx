// What somebody here was still writing about a case when it left: to be read and handed on, until they drop it.
import { Trash2 } from "lucide-react";
import { allDrafts } from "#src/data/case-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import type { Draft } from "#src/domain/ports/store.ts";
import { answerAt } from "#src/domain/record/answer.ts";
import { type Definition, sectionOf } from "#src/domain/record/define.ts";
import { leavesOf } from "#src/domain/record/field.ts";
import { definitions, recordTypes } from "#src/domain/records/index.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { useValueText } from "#src/ui/fields/use-value-text.ts";
import { maskName } from "#src/ui/masked-name.tsx";
import { Sheet } from "#src/ui/sheet.tsx";
import { useToast } from "#src/ui/toast.tsx";
import { isMasked } from "#src/ui/use-change-words.ts";

export function LeftDrafts({ caseId }: { readonly caseId: string }) {
  const { t } = useTexts();
  const drafts = useQuery(allDrafts).filter((draft) => draft.case === caseId);
  if (drafts.length === 0) return null;
  return (
    <Sheet title={t("case.moved.drafts")}>
      <p>{t("case.moved.draftsWhy")}</p>
      {drafts.map((draft) => (
        <LeftDraft key={draft.id} draft={draft} />
      ))}
    </Sheet>
  );
}

function LeftDraft({ draft }: { readonly draft: Draft }) {
  const { t } = useTexts();
  const { instant } = useFormats();
  const { store } = useWork().profile;
  const say = useToast();
  const said = useSaid();
  const drop = async () => {
    const dropped = await store.write({ dropDrafts: [draft.id] });
    if (!dropped.ok) return say(t("ui.draft.notSaved"));
    say(t("today.draftDropped"), () => void store.write({ putDrafts: [draft] }));
  };
  return (
    <div className="stack">
      <p className="quiet">{t("today.draftOf", { time: instant(draft.updatedAt) })}</p>
      <dl className="facts">
        {said(draft).map(({ address, label, text }) => (
          <div className="fact" key={address} data-field={address}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <span className="cluster">
        <Button variant="quiet" icon={Trash2} action="drop-draft" onClick={() => void drop()}>
          {t("today.dropDraft")}
        </Button>
      </span>
    </div>
  );
}

/** What a draft says, question by question; what could not be understood as it was typed. */
function useSaid(): (draft: Draft) => readonly { address: string; label: string; text: string }[] {
  const { fieldLabelAt } = useLabels();
  const { answerText } = useValueText();
  return ({ values }) =>
    recordTypes.flatMap((type) => {
      const { fields }: Definition = definitions[type];
      const section = sectionOf(type);
      return leavesOf(fields).flatMap(([path, field]) => {
        const answer = answerAt(values[section], path);
        const text = answer.typed ?? (answer.value === undefined ? "" : answerText(field, answer));
        if (text === "") return [];
        const shown = isMasked(type, path) ? maskName(text) : text;
        return [{ address: `${section}.${path}`, label: fieldLabelAt(section, path), text: shown }];
      });
    });
}
