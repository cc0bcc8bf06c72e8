// Two files that were taken for one person's are separated again: the word that linked them is voided.
import { oneCase } from "#src/data/case-queries.ts";
import { displayNameOf } from "#src/data/place-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import { voidRecord } from "#src/domain/commands/void-record.ts";
import { localDate } from "#src/domain/record/dates.ts";
import type { Duplicate } from "#src/domain/records/duplicate.ts";
import { useFormats } from "#src/i18n/format.ts";
import { usePlace } from "#src/i18n/place.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Shortcuts } from "#src/ui/fields/shortcuts.tsx";
import { Sheet } from "#src/ui/sheet.tsx";
import { fileWords } from "./file-words.ts";
import { FormFrame } from "./form-frame.tsx";
import type { FormProps } from "./form-props.ts";
import { Questions } from "./questions.tsx";
import { useCaseForm } from "./use-case-form.ts";

const usualReasons = ["twoPeople", "wrongFile"] as const;

interface UntwinFormProps extends Pick<FormProps, "file" | "restart"> {
  /** By which `file` gives way. */
  readonly word: Duplicate;
}

export function UntwinForm({ file, word, restart }: UntwinFormProps) {
  const { t } = useTexts();
  const { date, dayAndTime } = useFormats();
  const { timeZone } = usePlace();
  const { read } = useWork().profile.store;
  const other = useQuery(oneCase, word.other);
  const target = word.id;
  const open = useCaseForm({
    form: "void",
    file,
    about: target,
    section: "voiding",
    initial: { voiding: { target } },
    command: voidRecord,
    input: (values) => ({ caseId: file.case.id, voiding: { ...values["voiding"], target } }),
  });
  const reason = open.values["voiding"]?.["reason"];
  return (
    <FormFrame title={t("form.untwin.title")} open={open} restart={restart} saveText={t("form.untwin.save")}>
      <Sheet title={t("form.untwin.files")}>
        <ul className="stack">
          <li>{fileWords(file, dayAndTime)}</li>
          <li>{other ? fileWords(other, dayAndTime) : t("case.twin.notHere")}</li>
        </ul>
        <p className="quiet">
          {t("case.twin.said", {
            who: displayNameOf(read, word.createdBy),
            date: date(localDate(word.createdAt, timeZone)),
            reason: word.reason,
          })}
        </p>
      </Sheet>
      <Sheet>
        <p>{t("form.untwin.why", { code: file.case.code })}</p>
        <Shortcuts
          question={t("case.clash.reason")}
          options={usualReasons.map((usual) => ({
            label: t(`form.untwin.${usual}`),
            chosen: reason === t(`form.untwin.${usual}`),
            choose: () => open.answer("voiding", "reason", { value: t(`form.untwin.${usual}`) }),
          }))}
        />
        <Questions
          open={open}
          section="voiding"
          paths={["reason"]}
          extra={() => ({ label: t("form.required", { label: t("case.clash.reason") }) })}
        />
      </Sheet>
    </FormFrame>
  );
}
