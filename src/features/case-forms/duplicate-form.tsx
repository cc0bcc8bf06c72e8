// Whether this file and another of the site are about one person: then this one gives way.
import { allCases } from "#src/data/case-queries.ts";
import { searchCases } from "#src/data/case-search.ts";
import { useQuery } from "#src/data/use-query.ts";
import { useWork } from "#src/data/work.tsx";
import { judgeDuplicate } from "#src/domain/commands/judge-duplicate.ts";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { answerAt } from "#src/domain/record/answer.ts";
import type { Reader } from "#src/domain/ports/store.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Notice } from "#src/ui/notice.tsx";
import { Sheet } from "#src/ui/sheet.tsx";
import { fileWords } from "./file-words.ts";
import { FormFrame, FormHead } from "./form-frame.tsx";
import type { FormProps } from "./form-props.ts";
import { Questions } from "./questions.tsx";
import { SearchPick } from "./search-pick.tsx";
import { useCaseForm } from "./use-case-form.ts";

const othersAt = (read: Reader, { database, case: { id } }: CaseFile): readonly CaseFile[] =>
  allCases(read).filter((other) => other.database === database && other.case.id !== id);

export function DuplicateForm({ file, held, about, restart }: FormProps) {
  const { t } = useTexts();
  const { fieldLabel } = useLabels();
  const { dayAndTime } = useFormats();
  const { read } = useWork().profile.store;
  const others = useQuery(othersAt, file);
  const open = useCaseForm({
    form: "duplicate",
    file,
    about,
    section: "duplicate",
    initial: { duplicate: about === undefined ? {} : { other: about } },
    command: judgeDuplicate,
    input: (values) => ({ caseId: file.case.id, duplicate: values["duplicate"] ?? {} }),
  });
  const title = t("form.duplicate.title");
  if (!held.has("supervisor")) {
    return (
      <div className="page form-page">
        <FormHead title={title} file={file} />
        <Notice tone="due">{t("form.duplicate.supervisor")}</Notice>
      </div>
    );
  }
  const options = others.map((other) => ({ value: other.case.id, label: fileWords(other, dayAndTime) }));
  const byId = new Map(options.map((option) => [option.value, option]));
  const find = (typed: string) =>
    searchCases(read, typed)?.flatMap((id) => byId.get(id) ?? []) ?? options.toReversed();
  return (
    <FormFrame title={title} open={open} restart={restart}>
      <Sheet>
        <p>{t("form.duplicate.why", { code: file.case.code })}</p>
        <SearchPick
          name="duplicate.other"
          label={t("form.required", { label: fieldLabel("duplicate", "other") })}
          words={{
            search: t("form.duplicate.search"),
            nothing: t("form.duplicate.nothing"),
            found: (count) => t("form.duplicate.found", { count }),
            more: t("form.duplicate.more"),
          }}
          problem={open.problemAt("duplicate", "other")}
          find={find}
          chosen={options.find(({ value }) => value === answerAt(open.values["duplicate"], "other").value)}
          onPick={(value) => open.answer("duplicate", "other", { value })}
        />
        <Questions open={open} section="duplicate" paths={["same", "reason"]} required={["same", "reason"]} />
      </Sheet>
    </FormFrame>
  );
}
