// The cases on this device: for a supervisor on a wide screen a table, else a list with room beside it for the chosen one.
import { FolderOpen } from "lucide-react";
import { useWork } from "#src/data/work.tsx";
import { parseRole } from "#src/domain/roles.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { EmptyState } from "#src/ui/empty-state.tsx";
import { MasterDetail } from "#src/ui/master-detail.tsx";
import { useWide } from "#src/ui/use-wide.ts";
import { CaseList } from "./case-list.tsx";

export function CasesScreen() {
  const { t } = useTexts();
  const { roles } = useWork().profile.account;
  if (!useWide()) return <CaseList wide={false} />;
  // Whoever supervises compares many; whoever works on cases opens one after the other.
  if (roles.some((role) => parseRole(role)?.role === "supervisor")) return <CaseList wide tabular />;
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
