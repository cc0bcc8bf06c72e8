// A remark on a case.
import { addNote } from "#src/domain/commands/add-note.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Sheet } from "#src/ui/sheet.tsx";
import { FormFrame } from "./form-frame.tsx";
import type { FormProps } from "./form-props.ts";
import { Questions } from "./questions.tsx";
import { useCaseForm } from "./use-case-form.ts";

export function NoteForm({ file, restart }: FormProps) {
  const { t } = useTexts();
  const open = useCaseForm({
    form: "note",
    file,
    section: "note",
    command: addNote,
    input: (values) => ({ caseId: file.case.id, note: values["note"] ?? {} }),
  });
  return (
    <FormFrame title={t("form.note.title")} open={open} restart={restart}>
      <Sheet>
        <p className="quiet">{t("form.note.why")}</p>
        <Questions open={open} section="note" paths={["text"]} required={["text"]} />
      </Sheet>
    </FormFrame>
  );
}
