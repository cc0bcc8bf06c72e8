// One thing to do about a case: what, whose turn, until when, the way to it, and for whoever asks the ground.
import { Link } from "react-router";
import { displayNameOf } from "#src/data/place-queries.ts";
import { useWork } from "#src/data/work.tsx";
import type { OpenFlag } from "#src/domain/case-file/open-flags.ts";
import { urgentFlagCodes } from "#src/domain/records/code-lists.ts";
import type { TurnedTask } from "#src/domain/tasks/turn.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { DueMark, UrgentMark } from "#src/ui/badge.tsx";
import { dueState } from "#src/ui/due-state.ts";
import { buttonClass } from "#src/ui/button.tsx";
import { Disclosure } from "#src/ui/disclosure.tsx";
import { SourceLine } from "#src/ui/source-line.tsx";
import { TurnLink } from "#src/ui/turn-link.tsx";
import { TurnMark } from "#src/ui/turn-mark.tsx";
import { WarningLine } from "#src/ui/warning-line.tsx";

export function FlagRow({ caseId, open }: { readonly caseId: string; readonly open: OpenFlag }) {
  const { t } = useTexts();
  const { codeLabel } = useLabels();
  const name = codeLabel(urgentFlagCodes, open.flag);
  return (
    <li className="today-task">
      <div className="today-words">
        <UrgentMark>{name}</UrgentMark>
        <Disclosure summary={t("today.whatNow")}>{t(`urgent.act.${open.flag}`)}</Disclosure>
      </div>
      <Link
        className={buttonClass("secondary")}
        to={addressOf.flag(caseId, open.raisedBy.id, open.flag)}
        data-action="flag"
      >
        {t("today.noteAction")}
        <span className="visually-hidden">: {name}</span>
      </Link>
    </li>
  );
}

export function TaskRow({ turned: { task, turn } }: { readonly turned: TurnedTask }) {
  const { t } = useTexts();
  const { clockLabel } = useLabels();
  const { read } = useWork().profile.store;
  const { file } = task;
  return (
    <li className="today-task">
      <div className="today-words">
        <span className="cluster">
          <strong>
            {task.kind === "visit" ? t("today.visit") : clockLabel(task.clock.name, file.profile.id)}
          </strong>
          <DueMark date={task.dueOn} state={dueState(task.nearness)} />
        </span>
        <WarningLine task={task} />
        <span className="quiet">
          <TurnMark task={task} turn={turn} owner={displayNameOf(read, file.case.owner ?? "")} />
        </span>
        {task.kind === "clock" ? (
          <Disclosure summary={t("today.ground")}>
            <SourceLine task={task} />
          </Disclosure>
        ) : null}
      </div>
      <TurnLink caseId={file.case.id} form={turn.form} visit={t("today.recordVisit")} />
    </li>
  );
}
