// Who the person is and how to contact them safely.
import { useState } from "react";
import { Link } from "react-router";
import { editPerson } from "#src/domain/commands/edit-person.ts";
import { consentInForce } from "#src/domain/case-file/consent-in-force.ts";
import { person } from "#src/domain/records/person.ts";
import type { FieldPath } from "#src/i18n/message-key.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { addressOf } from "#src/ui/addresses.ts";
import { buttonClass } from "#src/ui/button.tsx";
import { answerAt } from "#src/domain/record/answer.ts";
import { Notice } from "#src/ui/notice.tsx";
import { Sheet } from "#src/ui/sheet.tsx";
import { FormFrame, FormHead } from "./form-frame.tsx";
import type { FormProps } from "./form-props.ts";
import { formValues } from "./form-values.ts";
import { MeetingNotice } from "./meeting-notice.tsx";
import { Questions } from "./questions.tsx";
import { useCaseForm } from "./use-case-form.ts";
import { beforeSection, undecided, useMeeting } from "./use-meeting.ts";

export function PersonForm(props: FormProps) {
  const { file } = props;
  const { t } = useTexts();
  const agreed = consentInForce(file.consents, "open_file") === "given";
  if (file.person || (file.case.person === undefined && agreed)) return <Fields {...props} />;
  const awaited = file.case.person !== undefined;
  return (
    <div className="page form-page">
      <FormHead title={t("form.person.title")} file={file} />
      <Notice
        tone="due"
        actions={
          awaited ? undefined : (
            <Link className={buttonClass("primary")} to={addressOf.caseForm(file.case.id, "consent")} replace>
              {t("case.next.consent")}
            </Link>
          )
        }
      >
        {t(awaited ? "error.PersonNotHere" : "form.person.noConsent")}
      </Notice>
    </div>
  );
}

const about: readonly FieldPath<"person">[] = ["displayName", "alias", "sex", "birthDate", "ageYears"];
const language: readonly FieldPath<"person">[] = [
  "citizenship",
  "ethnicity",
  "language",
  "interpreterNeeded",
  "languagesRead",
];
const more: readonly FieldPath<"person">[] = [
  "paperKind",
  "paperNumber",
  "maritalStatus",
  "childrenCount",
  "education",
  "disability",
  "legalRepresentative",
];

function Fields({ file, restart }: FormProps) {
  const { t } = useTexts();
  const record = file.person?.record;
  const [start] = useState(() => formValues(person, record));
  const caseId = file.case.id;
  const open = useCaseForm({
    form: "person",
    file,
    section: "person",
    initial: { person: start, [beforeSection]: start },
    command: editPerson,
    input: (values) => ({ caseId, person: values["person"] ?? {} }),
    undo: { caseId, person: start },
    hindrance: undecided(person, record, "person"),
  });
  const meeting = useMeeting(open, person, record, "person", restart);
  const way = answerAt(open.values["person"], "safeContact.way").value;
  const contact: readonly FieldPath<"person">[] = [
    "safeContact.way",
    ...(way === "phone" ? (["safeContact.phone"] as const) : []),
    ...(way === "through_person" ? (["safeContact.throughPerson", "safeContact.phone"] as const) : []),
    "safeContact.hours",
    "safeContact.whatToSay",
    "safeContact.neverDo",
  ];
  return (
    <FormFrame title={t("form.person.title")} open={open} restart={restart}>
      <MeetingNotice meeting={meeting} section="person" record={record} />
      <Sheet>
        <Questions open={open} section="person" paths={about} />
      </Sheet>
      <Sheet title={t("form.person.contact")}>
        <Questions open={open} section="person" paths={contact} />
      </Sheet>
      <Sheet title={t("form.person.home")}>
        <Questions open={open} section="person" paths={["homeArea.province", "homeArea.commune"]} />
      </Sheet>
      <Sheet title={t("form.person.language")}>
        <Questions open={open} section="person" paths={language} />
      </Sheet>
      <Sheet title={t("form.person.more")}>
        <Questions open={open} section="person" paths={more} />
      </Sheet>
    </FormFrame>
  );
}
