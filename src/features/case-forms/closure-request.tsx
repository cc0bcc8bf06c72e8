// What a supervisor decides on: who asked to close the case, when, and why.
import { displayNameOf } from "#src/data/place-queries.ts";
import { useWork } from "#src/data/work.tsx";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Notice } from "#src/ui/notice.tsx";

export function ClosureRequest({ file }: { readonly file: CaseFile }) {
  const { t } = useTexts();
  const { date } = useFormats();
  const { read } = useWork().profile.store;
  const { at, since } = file.stage;
  if (at !== "closure_requested" || !since) return null;
  return (
    <Notice tone="info" title={t("form.stage.request")}>
      <p>
        {t("form.stage.requestBy", {
          who: displayNameOf(read, since.createdBy),
          date: date(since.effectiveOn),
        })}
      </p>
      {since.reason === undefined ? null : (
        <p>
          <q>{since.reason}</q>
        </p>
      )}
    </Notice>
  );
}
