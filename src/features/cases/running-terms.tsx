// The terms that run now: whose turn it is, the last day, the way to meet it, and where it was read.
import { displayNameOf } from "#src/data/place-queries.ts";
import { useWork } from "#src/data/work.tsx";
import type { Task } from "#src/domain/tasks/tasks.ts";
import {
  byTurn,
  type DatedTask,
  nameOfTask,
  type Turn,
  type TurnedTask,
  turnOf,
} from "#src/domain/tasks/turn.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { DueMark } from "#src/ui/badge.tsx";
import { dueState } from "#src/ui/due-state.ts";
import { Disclosure } from "#src/ui/disclosure.tsx";
import { SourceLine } from "#src/ui/source-line.tsx";
import { TurnLink } from "#src/ui/turn-link.tsx";
import { TurnMark } from "#src/ui/turn-mark.tsx";
import { WarningLine } from "#src/ui/warning-line.tsx";
import type { CaseAccess } from "./use-case-access.ts";

interface RunningTermsProps {
  readonly tasks: readonly Task[];
  readonly access: CaseAccess;
}

export function RunningTerms({ tasks, access }: RunningTermsProps) {
  const { t } = useTexts();
  const dated = tasks
    // What was not asked yet, and a transfer, have a notice of their own at the top of the page.
    .filter((task) => task.kind === "clock" || task.kind === "visit")
    .map((task): TurnedTask => ({ task, turn: turnOf(task, access.me, access.held) }))
    .toSorted(byTurn);
  if (dated.length === 0) return null;
  return (
    <div>
      <h3 className="path-title">{t("case.terms")}</h3>
      <ul className="rows" aria-label={t("case.terms")}>
        {dated.map(({ task, turn }) => (
          <Term
            key={nameOfTask(task)}
            task={task}
            turn={access.mayWrite ? turn : { ...turn, form: undefined }}
          />
        ))}
      </ul>
    </div>
  );
}

function Term({ task, turn }: { readonly task: DatedTask; readonly turn: Turn }) {
  const { t } = useTexts();
  const { date } = useFormats();
  const { clockLabel } = useLabels();
  const { read } = useWork().profile.store;
  const { file } = task;
  return (
    <li className="case-term">
      <span className="cluster">
        <span className="case-term-name">
          {task.kind === "clock" ? clockLabel(task.clock.name, file.profile.id) : t("case.term.visit")}
        </span>
        <span className="numeric">{date(task.dueOn)}</span>
        <DueMark date={task.dueOn} state={dueState(task.nearness)} />
      </span>
      <WarningLine task={task} />
      <p className="quiet">
        <TurnMark task={task} turn={turn} owner={displayNameOf(read, file.owner ?? "")} />
      </p>
      <TurnLink caseId={file.case.id} form={turn.form} visit={t("case.do.visit")} />
      <Disclosure summary={t("today.ground")}>
        <SourceLine task={task} />
      </Disclosure>
    </li>
  );
}
