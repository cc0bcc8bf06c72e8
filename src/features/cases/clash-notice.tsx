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
}

export function ClashNotice({ entry, mayWrite }: ClashNoticeProps) {
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
        <table className="clash">
          <thead>
            <tr>
              <th scope="col">{t("case.clash.question")}</th>
              <th scope="col">
                {t("case.clash.mine")}
                <span className="clash-by">{authorOf(record)}</span>
              </th>
              <th scope="col">
                {t("case.clash.theirs")}
                <span className="clash-by">{authorOf(clash)}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ path, label, from, to }) => (
              <tr key={path}>
                <th scope="row">{label}</th>
                <td>{from || t("case.change.empty")}</td>
                <td>{to || t("case.change.empty")}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {fault ? <p role="alert">{t(`error.${fault.type}`)}</p> : null}
      </Notice>
    </div>
  );
}

function pathsOf(record: AnyRecord): readonly string[] {
  if (!isRecordType(record.type)) return [];
  const { fields }: Definition = definitions[record.type];
  return leavesOf(fields).map(([path]) => path);
}
