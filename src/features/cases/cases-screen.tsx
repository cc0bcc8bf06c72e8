// The list of cases on this device.
import { useTexts } from "#src/i18n/use-texts.ts";
import { PageHeader } from "#src/ui/page-header.tsx";

export function CasesScreen() {
  const { t } = useTexts();
  return (
    <div className="page">
      <PageHeader title={t("nav.cases")} />
    </div>
  );
}
