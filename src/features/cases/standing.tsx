// Where the case stands on both axes, and which terms run.
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { careStages, legalStatuses } from "#src/domain/records/code-lists.ts";
import type { Task } from "#src/domain/tasks/tasks.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Sheet } from "#src/ui/sheet.tsx";
import { carePath, legalPath } from "./path-steps.ts";
import { PathPicture } from "./path-picture.tsx";
import { RunningTerms } from "./running-terms.tsx";
import type { CaseAccess } from "./use-case-access.ts";

interface StandingProps {
  readonly file: CaseFile;
  readonly tasks: readonly Task[];
  readonly access: CaseAccess;
}

export function StandingSheet({ file, tasks, access }: StandingProps) {
  const { t } = useTexts();
  const { codeLabel } = useLabels();
  const legal = (code: string) => codeLabel(legalStatuses, code, file.profile.id);
  const care = (code: string) => codeLabel(careStages, code);
  return (
    <Sheet title={t("case.standing")}>
      <div className="case-axes">
        <PathPicture title={t("case.axis.care")} steps={carePath(file)} label={care} />
        <PathPicture title={t("case.axis.legal")} steps={legalPath(file)} label={legal} />
      </div>
      <RunningTerms tasks={tasks} access={access} />
    </Sheet>
  );
}
