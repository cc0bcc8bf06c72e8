// Sets aside a record that was written by mistake, or takes such a setting aside back; a word that links two files separates them.
import { useState } from "react";
import { yieldingOf } from "#src/domain/case-file/duplicates.ts";
import { voidRecord } from "#src/domain/commands/void-record.ts";
import { displayNameOf, heldName } from "#src/data/place-queries.ts";
import { useWork } from "#src/data/work.tsx";
import { isRecordType } from "#src/domain/records/index.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { Notice } from "#src/ui/notice.tsx";
import { RecordFacts } from "#src/ui/record-facts.tsx";
import { Sheet } from "#src/ui/sheet.tsx";
import { FormFrame, FormHead } from "./form-frame.tsx";
import type { FormProps } from "./form-props.ts";
import { Questions } from "./questions.tsx";
import { UntwinForm } from "./untwin-form.tsx";
import { useCaseForm } from "./use-case-form.ts";

const usualReasons = ["wrongPerson", "twice", "wrongContent"] as const;

export function VoidForm(props: FormProps) {
  const { file, about, restart } = props;
  // As it was when the form was opened: once it is saved nothing yields any more, and another form would stand here.
  const [word] = useState(() => yieldingOf(file));
  return word !== undefined && word.id === about ? (
    <UntwinForm file={file} word={word} restart={restart} />
  ) : (
    <SettingAside {...props} />
  );
}

function SettingAside({ file, about = "", restart }: FormProps) {
  const { t, locale } = useTexts();
  const { recordTypeLabel } = useLabels();
  const { instant } = useFormats();
  const { read } = useWork().profile.store;
  const target = file.entries.find(({ record }) => record.id === about)?.record;
  const open = useCaseForm({
    form: "void",
    file,
    about,
    section: "voiding",
    initial: { voiding: { target: about } },
    command: voidRecord,
    input: (values) => ({ caseId: file.case.id, voiding: { ...values["voiding"], target: about } }),
  });
  const restoring = target?.type === "voiding";
  const title = t(restoring ? "form.restore.title" : "form.void.title");
  if (!target || !isRecordType(target.type)) {
    return (
      <div className="page form-page">
        <FormHead title={title} file={file} />
        <Notice tone="due">{t("form.void.notHere")}</Notice>
      </div>
    );
  }
  return (
    <FormFrame
      title={title}
      open={open}
      restart={restart}
      saveText={t(restoring ? "case.do.restore" : "case.do.void")}
    >
      <Sheet title={recordTypeLabel(target.type)}>
        <p className="quiet">
          {t("case.told.by", {
            who: displayNameOf(read, target.createdBy),
            time: instant(target.createdAt),
          })}
        </p>
        <RecordFacts record={target} nameOf={(held, kind) => heldName(read, held, kind, locale)} />
      </Sheet>
      <Sheet>
        <p>{t(restoring ? "form.restore.why" : "form.void.why")}</p>
        <div className="cluster">
          {restoring
            ? null
            : usualReasons.map((reason) => (
                <Button
                  key={reason}
                  onClick={() => open.answer("voiding", "reason", { value: t(`form.void.${reason}`) })}
                >
                  {t(`form.void.${reason}`)}
                </Button>
              ))}
        </div>
        <Questions open={open} section="voiding" paths={["reason"]} required={["reason"]} />
      </Sheet>
    </FormFrame>
  );
}
