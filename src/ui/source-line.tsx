// Where a term was read, and whether that still has to be checked.
import type { Profile } from "#src/domain/profiles/profile.ts";
import type { DatedTask } from "#src/domain/tasks/turn.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Badge } from "./badge.tsx";
import "./source-line.css";

/** The clock's own ground, that of the schedule of visits, or that of answers to a transfer. */
function groundOf(task: DatedTask, { visits, transfers }: Profile) {
  if (task.kind === "clock") return { name: task.clock.name, source: task.clock.source };
  if (task.kind === "transfer") return { name: "transfer", source: transfers.source };
  return { name: "visits", source: visits.source };
}

export function SourceLine({ task }: { readonly task: DatedTask }) {
  const { t } = useTexts();
  const { date } = useFormats();
  const { sourceLabel } = useLabels();
  const { profile } = task.file;
  const { name, source } = groundOf(task, profile);
  const text = sourceLabel(name, profile.id);
  return (
    <span className="cluster quiet source-line">
      <span>
        {source.standing === "ours" ? text : t("case.source", { source: text, date: date(source.readOn) })}
      </span>
      {source.standing === "verify" ? <Badge tone="due">{t("case.source.verify")}</Badge> : null}
    </span>
  );
}
