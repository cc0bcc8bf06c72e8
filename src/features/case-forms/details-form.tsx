// Details of a case: how the person came and with whom, and how great the risk is.
import { useState } from "react";
import { editCase } from "#src/domain/commands/edit-case.ts";
import { case_ } from "#src/domain/records/case.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Sheet } from "#src/ui/sheet.tsx";
import { AdultPick } from "./adult-pick.tsx";
import { FormFrame } from "./form-frame.tsx";
import type { FormProps } from "./form-props.ts";
import { formValues } from "./form-values.ts";
import { MeetingNotice } from "./meeting-notice.tsx";
import { Questions } from "./questions.tsx";
import { useRiskQuestion } from "./use-risk-question.ts";
import { useCaseForm } from "./use-case-form.ts";
import { beforeSection, undecided, useMeeting } from "./use-meeting.ts";

export function DetailsForm({ file, held, restart }: FormProps) {
  const { t } = useTexts();
  const risk = useRiskQuestion(file, held);
  const [start] = useState(() => formValues(case_, file.case));
  const caseId = file.case.id;
  const open = useCaseForm({
    form: "details",
    file,
    section: "case",
    initial: { case: start, [beforeSection]: start },
    command: editCase,
    input: (values) => ({ caseId, case: values["case"] ?? {} }),
    undo: { caseId, case: start },
    hindrance: undecided(case_, file.case, "case"),
  });
  const meeting = useMeeting(open, case_, file.case, "case", restart);
  return (
    <FormFrame title={t("form.details.title")} open={open} restart={restart}>
      <MeetingNotice meeting={meeting} section="case" record={file.case} />
      <Sheet>
        <Questions open={open} section="case" paths={["riskLevel"]} extra={() => risk} />
      </Sheet>
      <Sheet title={t("form.details.arrival")}>
        <Questions open={open} section="case" paths={["group"]} />
        <AdultPick open={open} />
        <Questions
          open={open}
          section="case"
          paths={["receivedAt", "channel", ...(file.profile.regime ? (["regime"] as const) : [])]}
        />
      </Sheet>
    </FormFrame>
  );
}
