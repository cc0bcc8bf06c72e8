// The terms that run now, each with its last day and where it was read.
import type { Clock, Source } from "#src/domain/profiles/profile.ts";
import type { Nearness, Task } from "#src/domain/tasks/tasks.ts";
import type { MessageKey } from "#src/i18n/message-key.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Badge, DueMark } from "#src/ui/badge.tsx";

/** A family of keys: `clock.<profile>.<name>`, complete for every clock. */
export const clockKey = (profile: string, clock: Clock): MessageKey =>
  `clock.${profile}.${clock.name}` as MessageKey;

export const dueState = (nearness: Nearness): "calm" | "soon" | "overdue" => {
  if (nearness === "overdue") return "overdue";
  return nearness === "later" ? "calm" : "soon";
};

export function SourceLine({ source }: { readonly source: Source }) {
  const { t } = useTexts();
  const { date } = useFormats();
  return (
    <span className="cluster quiet case-source">
      <span>
        {source.standing === "ours"
          ? source.text
          : t("case.source", { source: source.text, date: date(source.readOn) })}
      </span>
      {source.standing === "verify" ? <Badge tone="due">{t("case.source.verify")}</Badge> : null}
    </span>
  );
}

export function RunningTerms({ tasks }: { readonly tasks: readonly Task[] }) {
  const { t } = useTexts();
  const { date } = useFormats();
  const dated = tasks.filter((task) => task.kind !== "urgent");
  if (dated.length === 0) return null;
  return (
    <div>
      <h3 className="path-title">{t("case.terms")}</h3>
      <ul className="rows" aria-label={t("case.terms")}>
        {dated.map((task) => (
          <li key={task.kind === "clock" ? task.clock.name : "visit"} className="case-term">
            <span className="cluster">
              <span className="case-term-name">
                {task.kind === "clock" ? t(clockKey(task.file.profile.id, task.clock)) : t("case.term.visit")}
              </span>
              <span className="numeric">{date(task.dueOn)}</span>
              <DueMark date={task.dueOn} state={dueState(task.nearness)} />
            </span>
            <SourceLine
              source={task.kind === "clock" ? task.clock.source : task.file.profile.visits.source}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
