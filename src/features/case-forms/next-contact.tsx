// When to be in touch after a case is reopened: asked, and said what holds where nothing is agreed.
import { valueAt } from "#src/domain/record/schema.ts";
import { suggestedAfterReopening } from "#src/domain/tasks/visits-due.ts";
import { useFormats } from "#src/i18n/format.ts";
import { usePlace } from "#src/i18n/place.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { RecordField } from "#src/ui/fields/record-field.tsx";
import type { OpenCaseForm } from "./use-case-form.ts";

export function NextContact({ open }: { readonly open: OpenCaseForm }) {
  const { t } = useTexts();
  const { date } = useFormats();
  const { today } = usePlace();
  const typed = valueAt(open.values["stageEvent"], "effectiveOn");
  const reopenedOn = typeof typed === "string" ? typed : today;
  const otherwise = suggestedAfterReopening(open.file, reopenedOn);
  return (
    <RecordField
      section="case"
      path="nextContactOn"
      values={open.values["case"]}
      onAnswer={(path, answer) => open.answer("case", path, answer)}
      label={t("form.stage.reopen.next")}
      help={t("form.stage.reopen.default", { date: date(otherwise, "long") })}
      valueOnly
      problem={open.fault?.type === "NextBeforeReopening" ? t("error.NextBeforeReopening") : undefined}
    />
  );
}
