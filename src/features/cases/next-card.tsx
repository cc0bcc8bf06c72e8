// The next right action, the biggest thing on the page, with its reason; everything else that can be done below it.
import { Link } from "react-router";
import { isClosed } from "#src/domain/case-file/closed.ts";
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import { mayAskTransfer } from "#src/domain/commands/ask-transfer.ts";
import { stageSteps, statusSteps } from "#src/domain/commands/steps.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import type { MessageKey } from "#src/i18n/message-key.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf, type CaseForm } from "#src/ui/addresses.ts";
import { DueMark } from "#src/ui/badge.tsx";
import { buttonClass } from "#src/ui/button.tsx";
import { Disclosure } from "#src/ui/disclosure.tsx";
import { Sheet } from "#src/ui/sheet.tsx";
import { SourceLine } from "#src/ui/source-line.tsx";
import { WarningLine } from "#src/ui/warning-line.tsx";
import type { NextAction } from "./next-action.ts";
import { dueState } from "#src/ui/due-state.ts";
import type { CaseAccess } from "./use-case-access.ts";

interface NextCardProps {
  readonly file: CaseFile;
  readonly action: NextAction;
  readonly access: CaseAccess;
  readonly wide: boolean;
}

export function NextCard({ file, action, access, wide }: NextCardProps) {
  const { t } = useTexts();
  const dated = "task" in action ? action.task : undefined;
  const overdue = dated !== undefined && dated.nearness === "overdue";
  const shownElsewhere = hasOwnNotice(action);
  if (!access.mayWrite) return null;
  return (
    <Sheet {...(shownElsewhere ? {} : { title: t("case.next") })} tone={overdue ? "due" : "plain"}>
      {shownElsewhere ? null : <Reason file={file} action={action} />}
      <MainLink file={file} action={action} />
      <Disclosure summary={t("case.actions")} open={wide || action.kind === "none"}>
        <OtherActions file={file} action={action} access={access} />
      </Disclosure>
    </Sheet>
  );
}

/** Flags, clashes, open questions and transfers have a notice of their own with its button; there is one biggest thing only. */
const hasOwnNotice = ({ kind }: NextAction): boolean =>
  kind === "flag" || kind === "settle" || kind === "urgent" || kind === "transfer" || kind === "elsewhere";

function Reason({ file, action }: Pick<NextCardProps, "file" | "action">) {
  const { t } = useTexts();
  const { date } = useFormats();
  const { clockLabel } = useLabels();
  if (
    action.kind === "flag" ||
    action.kind === "settle" ||
    action.kind === "urgent" ||
    action.kind === "transfer" ||
    action.kind === "elsewhere"
  )
    return null;
  if (!("task" in action)) return <p>{t(`case.next.${action.kind}.why`)}</p>;
  const { task } = action;
  return (
    <div>
      <p className="cluster">
        <strong>
          {task.kind === "clock" ? clockLabel(task.clock.name, file.profile.id) : t("case.next.visit.why")}
        </strong>
        <span className="numeric">{date(task.dueOn)}</span>
        <DueMark date={task.dueOn} state={dueState(task.nearness)} />
      </p>
      <WarningLine task={task} />
      {task.kind === "clock" ? (
        <Disclosure summary={t("today.ground")}>
          <SourceLine task={task} />
        </Disclosure>
      ) : null}
    </div>
  );
}

function MainLink({ file, action }: Pick<NextCardProps, "file" | "action">) {
  const { t } = useTexts();
  const { id } = file.case;
  const big = buttonClass("primary", true);
  switch (action.kind) {
    case "flag":
    case "settle":
    case "urgent":
    case "transfer":
    case "elsewhere":
    case "none":
      return null;
    case "visit":
      return (
        <Link className={big} to={addressOf.visit(id)} data-action="visit">
          {t("case.do.visit")}
        </Link>
      );
    case "status":
    case "stage":
    case "plan":
    case "consent":
    case "person":
    case "owner":
      return (
        <Link className={big} to={addressOf.caseForm(id, action.kind)} data-action={action.kind}>
          {t(`case.next.${action.kind}`)}
        </Link>
      );
  }
}

/** Only what whoever looks may do here; the first on the card is not repeated. */
function OtherActions({ file, action, access }: Omit<NextCardProps, "wide">) {
  const { t } = useTexts();
  const { id } = file.case;
  const closed = isClosed(file);
  const forms: readonly (readonly [form: CaseForm, text: MessageKey, offered: boolean])[] = [
    ["note", "case.do.note", true],
    ["contact", "case.do.contact", !closed],
    ["status", "case.do.status", statusSteps(file, access.held).length > 0],
    ["stage", "case.do.stage", stageSteps(file, access.held).length > 0],
    ["plan", "case.do.plan", true],
    ["consent", "case.do.consent", true],
    ["owner", "case.do.owner", true],
    ["transfer", "case.do.transfer", !closed && mayAskTransfer(file)],
    ["duplicate", "case.do.duplicate", access.held.has("supervisor")],
    ["details", "case.do.details", true],
    ["person", "case.do.person", file.person !== undefined],
  ];
  return (
    <div className="case-actions">
      {closed || action.kind === "visit" ? null : (
        <Link className={buttonClass()} to={addressOf.visit(id)} data-action="visit">
          {t("case.do.visit")}
        </Link>
      )}
      {forms
        .filter(([form, , offered]) => offered && form !== action.kind)
        .map(([form, text]) => (
          <Link key={form} className={buttonClass()} to={addressOf.caseForm(id, form)} data-action={form}>
            {t(text)}
          </Link>
        ))}
    </div>
  );
}
