// A form about a case.
import { useTexts } from "#src/i18n/use-texts.ts";
import { PageHeader } from "#src/ui/page-header.tsx";

export function CaseFormScreen() {
  const { t } = useTexts();
  return (
    <div className="page">
      <PageHeader title={t("recordType.case")} />
    </div>
  );
}
