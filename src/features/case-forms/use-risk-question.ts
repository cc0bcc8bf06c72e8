// The question of risk for whoever may not lower it: only what is as high or higher, and why.
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { isLowerRisk, mayLowerRisk } from "#src/domain/case-file/risk.ts";
import { riskLevels } from "#src/domain/records/code-lists.ts";
import type { Role } from "#src/domain/roles.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import type { RecordFieldProps } from "#src/ui/fields/record-field.tsx";

export function useRiskQuestion(file: CaseFile, held: ReadonlySet<Role>): Partial<RecordFieldProps<"case">> {
  const { t } = useTexts();
  const { codeLabel } = useLabels();
  const { riskLevel } = file.case;
  if (riskLevel === undefined || mayLowerRisk(held)) return {};
  return {
    help: t("form.risk.kept", { now: codeLabel(riskLevels, riskLevel) }),
    without: riskLevels.codes.filter((level) => isLowerRisk(level, riskLevel)),
  };
}
