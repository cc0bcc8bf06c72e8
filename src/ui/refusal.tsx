// Why the centre did not take a record: what is wrong and what to do in plain words, the centre's own behind a door.
import type { Refusal } from "#src/domain/ports/store.ts";
import { sectionOf } from "#src/domain/record/define.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Disclosure } from "./disclosure.tsx";
import { explainedRefusal } from "./refusal-table.ts";

/** What is wrong, in one sentence; `type` is the refused record's. */
export function useRefusalText(): (refusal: Refusal, type: string) => string {
  const { t } = useTexts();
  const { fieldLabelAt } = useLabels();
  return (refusal, type) => {
    const { meaning, path = "" } = explainedRefusal(refusal);
    return t(`refusal.${meaning}.what`, { question: fieldLabelAt(sectionOf(type), path) });
  };
}

/** What to do, and for whoever mends it the centre's own words. */
export function RefusalMend({ refusal }: { readonly refusal: Refusal }) {
  const { t } = useTexts();
  return (
    <>
      <p>{t(`refusal.${explainedRefusal(refusal).meaning}.mend`)}</p>
      <Disclosure summary={t("refusal.technical")}>
        <q lang="en">{refusal.reason}</q>
      </Disclosure>
    </>
  );
}
