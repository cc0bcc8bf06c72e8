// Whose turn it is to do something, and who may record it where whoever looks may not.
import type { DatedTask, Turn } from "#src/domain/tasks/turn.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import type { MessageKey } from "#src/i18n/message-key.ts";
import { useTexts } from "#src/i18n/use-texts.ts";

interface TurnMarkProps {
  readonly task: DatedTask;
  readonly turn: Turn;
  /** Display name of whoever is responsible for the case. */
  readonly owner: string;
  /** Name of the site that was asked to take the case over. */
  readonly asked?: string | undefined;
}

export function TurnMark({ task, turn, owner, asked }: TurnMarkProps) {
  const { t } = useTexts();
  const { list } = useFormats();
  const { roleLabel } = useLabels();
  const { of, body, form, roles } = turn;
  const whose =
    of === "outside"
      ? t("turn.outside", { body: asked ?? body ?? t(bodyKey(task)) })
      : t(`turn.${of}`, { name: owner });
  const tells = form === undefined && roles.length > 0 && of !== "supervisor";
  return (
    <span data-turn={of}>
      {whose}
      {tells
        ? ` · ${t("turn.recordedBy", { roles: list(roles.map((role) => roleLabel(role, task.file.profile.id))) })}`
        : null}
    </span>
  );
}

/** A family of keys: `turn.body.<profile>.<name>`, complete for every clock that others must meet. */
const bodyKey = (task: DatedTask): MessageKey =>
  `turn.body.${task.file.profile.id}.${task.kind === "clock" ? task.clock.name : ""}` as MessageKey;
