// Who is responsible for a case.
import { useQuery } from "#src/data/use-query.ts";
import { assignOwner, workersAt } from "#src/domain/commands/assign-owner.ts";
import type { Reader } from "#src/domain/ports/store.ts";
import type { Site } from "#src/domain/records/site.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { answerAt } from "#src/domain/record/answer.ts";
import { Sheet } from "#src/ui/sheet.tsx";
import { FormFrame } from "./form-frame.tsx";
import type { FormProps } from "./form-props.ts";
import { Pick } from "./pick.tsx";
import { useCaseForm } from "./use-case-form.ts";

const workers = (read: Reader, site: Site | undefined) => (site ? workersAt(read, site) : []);

export function OwnerForm({ file, restart }: FormProps) {
  const { t } = useTexts();
  const { fieldLabel } = useLabels();
  const known = useQuery(workers, file.site);
  const { owner } = file.case;
  const open = useCaseForm({
    form: "owner",
    file,
    section: "case",
    initial: owner === undefined ? {} : { case: { owner } },
    command: assignOwner,
    input: (values) => ({
      caseId: file.case.id,
      owner: textOf(answerAt(values["case"], "owner").value) ?? "",
    }),
    undo: owner === undefined ? undefined : { caseId: file.case.id, owner },
  });
  const wrong = open.fault?.type === "NobodyHere" || open.fault?.type === "NothingChanged";
  return (
    <FormFrame title={t("form.owner.title")} open={open} restart={restart}>
      <Sheet>
        <Pick
          name="case.owner"
          label={t("form.required", { label: fieldLabel("case", "owner") })}
          help={t("form.owner.why")}
          problem={wrong && open.fault ? t(`error.${open.fault.type}`) : undefined}
          options={known.map(({ name, displayName }) => ({ value: name, label: displayName }))}
          chosen={textOf(answerAt(open.values["case"], "owner").value)}
          onPick={(value) => open.answer("case", "owner", { value })}
        />
      </Sheet>
    </FormFrame>
  );
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
