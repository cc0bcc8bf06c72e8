// Who the person is and how to contact them safely.
import { useState } from "react";
import { Link } from "react-router";
import { editPerson } from "#src/domain/commands/edit-person.ts";
import { identifies, mayIdentify, plainPaths } from "#src/domain/case-file/identity.ts";
import { person } from "#src/domain/records/person.ts";
import type { FieldPath, MessageKey } from "#src/i18n/message-key.ts";
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
import { QuestionGroup } from "./question-group.tsx";
import { Questions } from "./questions.tsx";
import { useCaseForm } from "./use-case-form.ts";
import { beforeSection, undecided, useMeeting } from "./use-meeting.ts";

export function PersonForm(props: FormProps) {
  const { file } = props;
  const { t } = useTexts();
  if (file.person || file.case.person === undefined) return <Fields {...props} />;
  return (
    <div className="page form-page">
      <FormHead title={t("form.person.title")} file={file} />
      <Notice tone="due">{t("error.PersonNotHere")}</Notice>
    </div>
  );
}

const language: readonly FieldPath<"person">[] = [
  "citizenship",
  "ethnicity",
  "language",
  "interpreterNeeded",
  "languagesRead",
];
const family: readonly FieldPath<"person">[] = [
  "maritalStatus",
  "childrenCount",
  "legalRepresentative",
  "education",
  "disability",
];

/** The questions in groups, the first of them open. */
function groupsOf(
  way: unknown,
): readonly (readonly [title: MessageKey, paths: readonly FieldPath<"person">[]])[] {
  return [
    ["form.person.who", ["displayName", "alias", "sex", "birthDate", "ageYears"]],
    [
      "form.person.contact",
      [
        "safeContact.way",
        ...(way === "phone" ? (["safeContact.phone"] as const) : []),
        ...(way === "through_person" ? (["safeContact.throughPerson", "safeContact.phone"] as const) : []),
        "safeContact.hours",
        "safeContact.whatToSay",
        "safeContact.neverDo",
      ],
    ],
    ["form.person.home", ["homeArea.province", "homeArea.commune"]],
    ["form.person.language", language],
    ["form.person.papers", ["paperKind", "paperNumber"]],
    ["form.person.family", family],
  ];
}

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
  // The name stands masked at the head; it would be of no use to write it out a line below.
  const maskedNames = (path: FieldPath<"person">) => {
    if (path !== "displayName" && path !== "legalRepresentative") return {};
    const written = answerAt(open.values["person"], path).value !== undefined;
    return { masked: true, ...(written ? { help: t("form.person.masked") } : {}) };
  };
  const way = answerAt(open.values["person"], "safeContact.way").value;
  // What was written while there was consent stays in sight, so that it can be taken out.
  const isWhole = mayIdentify(file) || identifies(record) || identifies(open.values["person"]);
  return (
    <FormFrame title={t("form.person.title")} open={open} restart={restart}>
      <MeetingNotice meeting={meeting} section="person" record={record} />
      {mayIdentify(file) ? null : <NoConsent file={file} />}
      {isWhole ? (
        groupsOf(way).map(([title, paths], index) => (
          <QuestionGroup
            key={title}
            title={t(title)}
            startsOpen={index === 0}
            open={open}
            section="person"
            paths={paths}
            extra={maskedNames}
          />
        ))
      ) : (
        <Sheet title={t("form.person.plain")}>
          <Questions open={open} section="person" paths={plainPaths.filter((path) => path !== "ageAsOf")} />
        </Sheet>
      )}
    </FormFrame>
  );
}

function NoConsent({ file }: Pick<FormProps, "file">) {
  const { t } = useTexts();
  return (
    <Notice
      tone="due"
      actions={
        <Link
          className={buttonClass()}
          to={addressOf.caseForm(file.case.id, "consent")}
          data-action="consent"
          replace
        >
          {t("case.next.consent")}
        </Link>
      }
    >
      {t("form.person.noConsent")}
    </Notice>
  );
}
