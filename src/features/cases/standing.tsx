// Where the case stands on both axes, what forks there are, and which terms run.
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { careStages, legalStatuses } from "#src/domain/records/code-lists.ts";
import type { Task } from "#src/domain/tasks/tasks.ts";
import { displayNameOf } from "#src/data/place-queries.ts";
import { useWork } from "#src/data/work.tsx";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Notice } from "#src/ui/notice.tsx";
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
      <Forks forks={file.status.forks} label={legal} />
      <Forks forks={file.stage.forks} label={care} />
      <div className="case-axes">
        <PathPicture title={t("case.axis.care")} steps={carePath(file)} label={care} />
        <PathPicture title={t("case.axis.legal")} steps={legalPath(file)} label={legal} />
      </div>
      <RunningTerms tasks={tasks} access={access} />
    </Sheet>
  );
}

interface Fork {
  readonly id: string;
  readonly from?: string;
  readonly to: string;
  readonly effectiveOn: string;
  readonly createdBy: string;
}

/** Two people recorded different steps without seeing each other's: somebody has to look (D11). */
function Forks({
  forks,
  label,
}: {
  readonly forks: readonly Fork[];
  readonly label: (code: string) => string;
}) {
  const { t } = useTexts();
  const { date } = useFormats();
  const { read } = useWork().profile.store;
  if (forks.length === 0) return null;
  return (
    <Notice tone="due" title={t("case.fork.title")}>
      <p>{t("case.fork.what")}</p>
      <ul>
        {forks.map((fork) => (
          <li key={fork.id}>
            {t("case.fork.step", {
              from: label(fork.from ?? ""),
              to: label(fork.to),
              date: date(fork.effectiveOn),
              who: displayNameOf(read, fork.createdBy),
            })}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
