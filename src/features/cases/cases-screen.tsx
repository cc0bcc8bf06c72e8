// The cases on this device; on a wide screen with room beside them for the one that is chosen.
import { FolderOpen } from "lucide-react";
import { useTexts } from "#src/i18n/use-texts.ts";
import { EmptyState } from "#src/ui/empty-state.tsx";
import { MasterDetail } from "#src/ui/master-detail.tsx";
import { useWide } from "#src/ui/use-wide.ts";
import { CaseList } from "./case-list.tsx";

export function CasesScreen() {
  const { t } = useTexts();
  if (!useWide()) return <CaseList wide={false} />;
  return (
    <MasterDetail
      list={<CaseList wide />}
      placeholder={
        <EmptyState icon={FolderOpen} title={t("cases.choose")}>
          <p>{t("cases.chooseHint")}</p>
        </EmptyState>
      }
    />
  );
}
