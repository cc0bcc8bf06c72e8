// One thing to do about a case: what, whose turn, until when, the way to it, and for whoever asks the ground.
import { Link } from "react-router";
import { displayNameOf, nameOfSite } from "#src/data/place-queries.ts";
import { useWork } from "#src/data/work.tsx";
import { useCallNumbers } from "#src/data/use-call-numbers.ts";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import type { OpenFlag } from "#src/domain/case-file/open-flags.ts";
import { urgentFlagCodes } from "#src/domain/records/code-lists.ts";
import type { DatedTask, TurnedTask } from "#src/domain/tasks/turn.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { DueMark, UrgentMark } from "#src/ui/badge.tsx";
import { dueState } from "#src/ui/due-state.ts";
import { buttonClass } from "#src/ui/button.tsx";
import { CallList } from "#src/ui/call-list.tsx";
import { Disclosure } from "#src/ui/disclosure.tsx";
import { OpenQuestions } from "#src/ui/open-questions.tsx";
import { SourceLine } from "#src/ui/source-line.tsx";
import { TurnLink } from "#src/ui/turn-link.tsx";
import { TurnMark } from "#src/ui/turn-mark.tsx";
import { WarningLine } from "#src/ui/warning-line.tsx";

export function FlagRow({ file, open }: { readonly file: CaseFile; readonly open: OpenFlag }) {
  const { t } = useTexts();
  const numbers = useCallNumbers(file.site, file.profile);
  const { codeLabel } = useLabels();
  const name = codeLabel(urgentFlagCodes, open.flag);
  return (
    <li className="today-task">
      <div className="today-words">
        <UrgentMark>{name}</UrgentMark>
        <Disclosure summary={t("today.whatNow")}>
          <div className="stack">
            <p>{t(`urgent.act.${open.flag}`)}</p>
            <CallList {...numbers} />
          </div>
        </Disclosure>
      </div>
      <Link
        className={buttonClass("secondary")}
        to={addressOf.flag(file.case.id, open.raisedBy.id, open.flag)}
        data-action="flag"
      >
        {t("today.noteAction")}
        <span className="visually-hidden">: {name}</span>
      </Link>
    </li>
  );
}

export function TaskRow({ turned: { task, turn } }: { readonly turned: TurnedTask }) {
  const { t, locale } = useTexts();
  const titleOf = useTaskTitle();
  const { read } = useWork().profile.store;
  const { file } = task;
  const siteAsked =
    task.kind === "transfer" ? nameOfSite(read, task.standing.transfer.record.toSite, locale) : undefined;
  return (
    <li className="today-task">
      <div className="today-words">
        <span className="cluster">
          <strong>{titleOf(task, siteAsked ?? "")}</strong>
          <DueMark date={task.dueOn} state={dueState(task.nearness)} />
        </span>
        <WarningLine task={task} />
        {task.kind === "ask" ? <OpenQuestions questions={task.questions} /> : null}
        <span className="quiet">
          <TurnMark task={task} turn={turn} owner={displayNameOf(read, file.owner ?? "")} asked={siteAsked} />
        </span>
        {task.kind === "clock" || (task.kind === "transfer" && task.standing.state === "asked") ? (
          <Disclosure summary={t("today.ground")}>
            <SourceLine task={task} />
          </Disclosure>
        ) : null}
      </div>
      <TurnLink caseId={file.case.id} form={turn.form} visit={t("today.recordVisit")} />
    </li>
  );
}

function useTaskTitle(): (task: DatedTask, site: string) => string {
  const { t } = useTexts();
  const { clockLabel } = useLabels();
  return (task, site) => {
    switch (task.kind) {
      case "visit":
        return t("today.visit");
      case "ask":
        return t("urgent.open.title", { count: task.questions.length });
      case "transfer": {
        const { state } = task.standing;
        const late = state === "asked" && task.nearness === "overdue";
        return t(`today.transfer.${late ? "late" : state}`, { site });
      }
      case "clock":
        return clockLabel(task.clock.name, task.file.profile.id);
    }
  };
}
