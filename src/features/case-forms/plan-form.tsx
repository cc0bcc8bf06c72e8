// One need of the person and what is done about it; or a need that was not in the plan yet.
import { useState } from "react";
import { Link } from "react-router";
import { keepPlanItem } from "#src/domain/commands/keep-plan-item.ts";
import { needs } from "#src/domain/records/code-lists.ts";
import { planItem } from "#src/domain/records/plan-item.ts";
import type { Answer } from "#src/domain/record/answer.ts";
import { answerAt } from "#src/domain/record/answer.ts";
import { useLabels } from "#src/i18n/labels.ts";
import type { FieldPath } from "#src/i18n/message-key.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { Badge } from "#src/ui/badge.tsx";
import { Notice } from "#src/ui/notice.tsx";
import { Row, Rows, Sheet } from "#src/ui/sheet.tsx";
import { FormFrame, FormHead } from "./form-frame.tsx";
import type { FormProps } from "./form-props.ts";
import { formValues } from "./form-values.ts";
import { MeetingNotice } from "./meeting-notice.tsx";
import { QuestionGroup } from "./question-group.tsx";
import { Questions } from "./questions.tsx";
import { type OpenCaseForm, useCaseForm } from "./use-case-form.ts";
import { beforeSection, undecided, useMeeting } from "./use-meeting.ts";

/** What the person says, and what a worker arranges and reports. */
const ofPerson: readonly FieldPath<"planItem">[] = ["inOwnWords", "priority", "agreed"];
const arranged: readonly FieldPath<"planItem">[] = ["status", "provider", "dueOn"];
const delivered: readonly FieldPath<"planItem">[] = ["deliveredOn", "quantity", "amount"];

export function PlanForm({ file, about, restart }: FormProps) {
  const { t } = useTexts();
  const { codeLabel } = useLabels();
  const item = file.plan.find(({ id }) => id === about);
  const [start] = useState(() => (item ? formValues(planItem, item) : { status: "proposed" }));
  const caseId = file.case.id;
  const open = useCaseForm({
    form: "plan",
    file,
    about,
    section: "planItem",
    initial: { planItem: start, [beforeSection]: item ? start : {} },
    command: keepPlanItem,
    input: (values) => ({ caseId, id: about, planItem: values["planItem"] ?? {} }),
    undo: item ? { caseId, id: item.id, planItem: start } : undefined,
    hindrance: undecided(planItem, item, "planItem"),
  });
  const meeting = useMeeting(open, planItem, item, "planItem", restart);
  const title = t(about === undefined ? "form.plan.add" : "form.plan.title");
  if (about !== undefined && !item) {
    return (
      <div className="page form-page">
        <FormHead title={title} file={file} />
        <Notice tone="due">{t("form.plan.notHere")}</Notice>
      </div>
    );
  }
  const isDelivered = answerAt(open.values["planItem"], "status").value === "delivered";
  return (
    <FormFrame title={title} open={open} restart={restart}>
      <MeetingNotice meeting={meeting} section="planItem" record={item} />
      {item ? null : <KnownNeeds file={file} />}
      <Sheet title={item ? codeLabel(needs, item.need) : t("form.plan.new")}>
        {item ? null : <Questions open={open} section="planItem" paths={["need"]} required={["need"]} />}
        <Questions open={agreeing(open)} section="planItem" paths={ofPerson} />
      </Sheet>
      <QuestionGroup
        title={t("form.plan.done")}
        startsOpen={item !== undefined}
        open={open}
        section="planItem"
        paths={[...arranged, ...(isDelivered ? delivered : []), "service"]}
        nonAnswers={[]}
      />
    </FormFrame>
  );
}

/** Somebody who agrees to what was only proposed has an agreed plan: said at once, and still to be corrected. */
function agreeing(open: OpenCaseForm): OpenCaseForm {
  const isProposed = answerAt(open.values["planItem"], "status").value === "proposed";
  return {
    ...open,
    answer: (section: string, path: string, answer: Answer) => {
      open.answer(section, path, answer);
      if (path === "agreed" && answer.value === "yes" && isProposed)
        open.answer(section, "status", { value: "agreed" });
    },
  };
}

/** What stands in the plan already: nobody writes the same need twice, and each leads to its own form. */
function KnownNeeds({ file }: Pick<FormProps, "file">) {
  const { t } = useTexts();
  const { codeLabel } = useLabels();
  if (file.plan.length === 0) return null;
  return (
    <Sheet title={t("form.plan.known")}>
      <Rows label={t("form.plan.known")}>
        {file.plan.map((item) => (
          <Row
            key={item.id}
            record={item.id}
            title={codeLabel(needs, item.need)}
            aside={<Badge>{codeLabel(planItem.fields.status.list, item.status)}</Badge>}
            link={(content, className) => (
              <Link className={className} to={addressOf.caseForm(file.case.id, "plan", item.id)} replace>
                {content}
              </Link>
            )}
          />
        ))}
      </Rows>
    </Sheet>
  );
}
