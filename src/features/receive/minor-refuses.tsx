// What it means that a minor does not agree: help goes on, nothing is shared without them.
import { useTexts } from "#src/i18n/use-texts.ts";
import { Notice } from "#src/ui/notice.tsx";

export function MinorRefuses() {
  const { t } = useTexts();
  return (
    <Notice tone="due" title={t("consent.minor.refuses")} announce>
      {t("consent.minor.refusesWhy")}
    </Notice>
  );
}
