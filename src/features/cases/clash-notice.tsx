// Two people answered the same question without seeing each other's answer: both in plain words, and who decides.
import { Eye, EyeOff } from "lucide-react";
import { displayNameOf } from "#src/data/place-queries.ts";
import { useWork } from "#src/data/work.tsx";
import { clashesIn } from "#src/domain/case-file/undecided.ts";
import { mayDecide } from "#src/domain/commands/decide-clash.ts";
import { type Clash, contentAfter } from "#src/domain/record/history.ts";
import { sectionOf } from "#src/domain/record/define.ts";
import type { Entry } from "#src/domain/ports/store.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { Notice } from "#src/ui/notice.tsx";
import { isMasked } from "#src/ui/use-change-words.ts";
import { useReveal } from "#src/ui/use-reveal.ts";
import { useRivalWords } from "#src/ui/use-rival-words.ts";
import { ClashDecision } from "./clash-decision.tsx";
import type { CaseAccess } from "./use-case-access.ts";
import { useDeciding } from "./use-deciding.ts";

interface ClashNoticeProps {
  readonly entry: Entry;
  readonly access: Pick<CaseAccess, "me" | "held" | "mayWrite">;
}

export function ClashNotice({ entry, access }: ClashNoticeProps) {
  const { record } = entry;
  return (
    <div id={`clash-${record.id}`} data-record={record.id} className="stack">
      {clashesIn(record).map((clash) => (
        <ClashCard key={clash.unit.path} entry={entry} clash={clash} access={access} />
      ))}
    </div>
  );
}

interface ClashCardProps extends ClashNoticeProps {
  readonly clash: Clash;
}

function ClashCard({ entry, clash, access }: ClashCardProps) {
  const { t } = useTexts();
  const { fieldLabelAt } = useLabels();
  const { store, device } = useWork().profile;
  const { read } = store;
  const [shown, turn] = useReveal();
  const reader = { me: access.me, device };
  const { sidesOf } = useRivalWords({ read, nameOf: displayNameOf }, reader, shown);
  const { deciding, begin, putOff, opener } = useDeciding();
  const { record } = entry;
  const { unit } = clash;
  const told = sidesOf(record, clash);
  const open = told.filter(({ side }) => mayDecide(unit, record, contentAfter(side), access.held));
  // Two names that begin alike look the same while they are masked.
  const hidesNames = isMasked(record.type, unit.path);
  return (
    <Notice
      tone="due"
      title={t("case.clash.title", { field: fieldLabelAt(sectionOf(record.type), unit.path) })}
      actions={
        hidesNames || (access.mayWrite && !deciding) ? (
          <>
            {hidesNames ? (
              <Button icon={shown ? EyeOff : Eye} action="reveal" aria-pressed={shown} onClick={turn}>
                {t(shown ? "case.clash.hide" : "case.clash.show")}
              </Button>
            ) : null}
            {access.mayWrite && !deciding ? (
              <Button ref={opener} action="decide" onClick={begin}>
                {t("case.clash.decide")}
              </Button>
            ) : null}
          </>
        ) : undefined
      }
    >
      <ul className="clash">
        {told.map(({ side, words, who, when }) => (
          <li key={side.id}>{t("case.clash.wrote", { who, words, when })}</li>
        ))}
      </ul>
      <p>{t("case.clash.what")}</p>
      {open.length < told.length ? <p>{t("case.clash.risk")}</p> : null}
      {deciding ? (
        <ClashDecision
          entry={entry}
          field={unit.path}
          options={open.map(({ side, words, who }) => ({ value: side.id, label: `${words} – ${who}` }))}
          onLater={putOff}
        />
      ) : null}
    </Notice>
  );
}
