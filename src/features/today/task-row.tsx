// One thing to do about one case: what, for whom, until when, and on which ground.
import { Link } from "react-router";
import { urgentFlagCodes } from "#src/domain/records/code-lists.ts";
import type { Task } from "#src/domain/tasks/tasks.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { DueMark } from "#src/ui/badge.tsx";
import { buttonClass } from "#src/ui/button.tsx";
import { MaskedName } from "#src/ui/masked-name.tsx";
import { Row } from "#src/ui/sheet.tsx";

interface TaskRowProps {
  readonly task: Task;
  /** For whoever sees more than one site. */
  readonly sited: boolean;
}

export function TaskRow({ task, sited }: TaskRowProps) {
  const { t, locale } = useTexts();
  const { file } = task;
  const name = file.person?.record.displayName;
  return (
    <Row
      record={file.case.id}
      state={file.entry.sync.state}
      title={<TaskTitle task={task} />}
      link={(content, className) => (
        <Link className={className} to={addressOf.case(file.case.id)}>
          {content}
        </Link>
      )}
      detail={
        <>
          <span className="cluster">
            <span className="numeric">{file.case.code}</span>
            {sited && file.site ? <span>{file.site.names[locale]}</span> : null}
            {name === undefined ? null : <MaskedName name={name} />}
          </span>
          {task.kind === "clock" ? (
            <span className="quiet">
              {t("today.source", { source: task.clock.source.text })}
              {task.clock.source.standing === "verify" ? ` · ${t("today.toVerify")}` : null}
            </span>
          ) : null}
        </>
      }
      aside={<TaskAside task={task} />}
    />
  );
}

function TaskTitle({ task }: { readonly task: Task }) {
  const { t } = useTexts();
  const { codeLabel } = useLabels();
  if (task.kind === "urgent") return <>{codeLabel(urgentFlagCodes, task.flag.flag)}</>;
  if (task.kind === "clock") return <>{t(clockKey(task.file.profile.id, task.clock.name))}</>;
  return <>{t("today.visit")}</>;
}

/** A family of keys: `clock.<profile>.<name>`, complete for every clock (tests/rules/locales.test.ts). */
const clockKey = (profile: string, name: string) =>
  `clock.${profile}.${name}` as Parameters<ReturnType<typeof useTexts>["t"]>[0];

function TaskAside({ task }: { readonly task: Task }) {
  const { t } = useTexts();
  const { id } = task.file.case;
  if (task.kind === "urgent") {
    return (
      <Link className={buttonClass("secondary")} to={addressOf.caseForm(id, "flag", task.flag.check.id)}>
        {t("today.noteAction")}
      </Link>
    );
  }
  const state = task.nearness === "overdue" ? "overdue" : task.nearness === "later" ? "calm" : "soon";
  return (
    <span className="cluster">
      <DueMark date={task.dueOn} state={state} />
      {task.kind === "visit" ? (
        <Link className={buttonClass("secondary")} to={addressOf.visit(id)} data-action="visit">
          {t("today.recordVisit")}
        </Link>
      ) : null}
    </span>
  );
}
