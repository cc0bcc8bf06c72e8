// What to do now that a term has come nearer: said where a clock warns more than once.
import type { DatedTask } from "#src/domain/tasks/turn.ts";
import { useLabels } from "#src/i18n/labels.ts";

export function WarningLine({ task }: { readonly task: DatedTask }) {
  const { warningLabel } = useLabels();
  if (task.kind !== "clock" || task.warning === undefined) return null;
  const text = warningLabel(task.clock.name, task.warning, task.file.profile.id);
  return text === undefined ? null : <p>{text}</p>;
}
