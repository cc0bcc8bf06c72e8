// Two people changed the same record without seeing each other's change: both versions in plain words, and who decides.
import { useState } from "react";
import { displayNameOf } from "#src/data/place-queries.ts";
import { type CommandFault, useCommand } from "#src/data/use-command.ts";
import { useWork } from "#src/data/work.tsx";
import { settleRecord } from "#src/domain/commands/settle-record.ts";
import { definitions, isRecordType } from "#src/domain/records/index.ts";
import type { AnyRecord, Definition } from "#src/domain/record/define.ts";
import { leavesOf } from "#src/domain/record/field.ts";
import { valueAt } from "#src/domain/record/schema.ts";
import type { Entry } from "#src/domain/ports/store.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { Notice } from "#src/ui/notice.tsx";
import { useToast } from "#src/ui/toast.tsx";
import { useChangeWords } from "./use-change-words.ts";

type SettleFault = CommandFault<{ readonly type: "NothingToSettle" }>;

interface ClashNoticeProps {
  readonly entry: Entry;
  readonly mayWrite: boolean;
  /** Whoever may lower the risk is bound to neither of two levels. */
  readonly mayLower: boolean;
}

export function ClashNotice({ entry, mayWrite, mayLower }: ClashNoticeProps) {
  const { t } = useTexts();
  const { recordTypeLabel } = useLabels();
  const { instant } = useFormats();
  const { read } = useWork().profile.store;
  const wordsOf = useChangeWords();
  const settle = useCommand(settleRecord);
  const say = useToast();
  const [fault, setFault] = useState<SettleFault>();
  const { record, clash, database } = entry;
  if (!clash || !isRecordType(record.type)) return null;
  const rows = [...pathsOf(record), "unanswered"].flatMap((field) =>
    wordsOf(record.type, { field, from: valueAt(record, field), to: valueAt(clash, field) }),
  );
  const keep = async (which: "mine" | "theirs") => {
    const done = await settle({ database, id: record.id, keep: which });
    if (done.ok) say(t("case.clash.settled"));
    else setFault(done.error);
  };
  const authorOf = (version: AnyRecord) =>
    t("case.clash.by", {
      who: displayNameOf(read, version.updatedBy ?? version.createdBy),
      time: instant(version.updatedAt ?? version.createdAt),
    });
  return (
    <div id={`clash-${record.id}`} data-record={record.id}>
      <Notice
        tone="due"
        title={t("case.clash.title", { record: recordTypeLabel(record.type) })}
        actions={
          mayWrite ? (
            <>
              <Button action="keepMine" onClick={() => void keep("mine")}>
                {t("case.clash.keepMine")}
              </Button>
              <Button action="keepTheirs" onClick={() => void keep("theirs")}>
                {t("case.clash.keepTheirs")}
              </Button>
            </>
          ) : undefined
        }
      >
        <p>{t("case.clash.what")}</p>
        {risksDiffer(record, clash) && !mayLower ? <p>{t("case.clash.risk")}</p> : null}
        <p>
          <strong>{t("case.clash.mine")}</strong>: {authorOf(record)}
          <br />
          <strong>{t("case.clash.theirs")}</strong>: {authorOf(clash)}
        </p>
        <dl className="clash">
          {rows.map(({ path, label, from, to }) => (
            <div key={path} className="clash-field">
              <dt>{label}</dt>
              <dd>
                <span className="clash-side">{t("case.clash.mine")}</span>
                {from || t("case.change.empty")}
              </dd>
              <dd>
                <span className="clash-side">{t("case.clash.theirs")}</span>
                {to || t("case.change.empty")}
              </dd>
            </div>
          ))}
        </dl>
        {fault ? <p role="alert">{t(`error.${fault.type}`)}</p> : null}
      </Notice>
    </div>
  );
}

const risksDiffer = (mine: AnyRecord, theirs: AnyRecord): boolean =>
  valueAt(mine, "riskLevel") !== valueAt(theirs, "riskLevel");

function pathsOf(record: AnyRecord): readonly string[] {
  if (!isRecordType(record.type)) return [];
  const { fields }: Definition = definitions[record.type];
  return leavesOf(fields).map(([path]) => path);
}
