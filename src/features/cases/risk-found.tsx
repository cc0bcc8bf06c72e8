// A visit found less risk than the case stands at: what was found, and that a supervisor decides.
import { Link } from "react-router";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { mayLowerRisk, visitFoundLower } from "#src/domain/case-file/risk.ts";
import { riskLevels } from "#src/domain/records/code-lists.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { buttonClass } from "#src/ui/button.tsx";
import { Notice } from "#src/ui/notice.tsx";
import type { CaseAccess } from "./use-case-access.ts";

export function RiskFound({ file, access }: { readonly file: CaseFile; readonly access: CaseAccess }) {
  const { t } = useTexts();
  const { date } = useFormats();
  const { codeLabel } = useLabels();
  const visit = visitFoundLower(file);
  const now = file.case.riskLevel;
  if (visit?.riskLevel === undefined || now === undefined) return null;
  return (
    <Notice
      tone="info"
      title={t("case.risk.found", {
        date: date(visit.doneOn),
        level: codeLabel(riskLevels, visit.riskLevel),
      })}
      actions={
        access.mayWrite && mayLowerRisk(access.held) ? (
          <Link
            className={buttonClass()}
            to={addressOf.caseForm(file.case.id, "details")}
            data-action="details"
          >
            {t("case.risk.decide")}
          </Link>
        ) : undefined
      }
    >
      {t("case.risk.foundWhy", { now: codeLabel(riskLevels, now) })}
    </Notice>
  );
}
