// Agreeing on the next contact outside a visit: the day the schedule asks for, or another one.
import { agreeContact } from "#src/domain/commands/agree-contact.ts";
import { answerAt } from "#src/domain/record/answer.ts";
import { type NextVisit, nextVisit } from "#src/domain/tasks/visits-due.ts";
import { useFormats } from "#src/i18n/format.ts";
import { usePlace } from "#src/i18n/place.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { asText } from "#src/ui/fields/typed-value.ts";
import { Notice } from "#src/ui/notice.tsx";
import { Sheet } from "#src/ui/sheet.tsx";
import { FormFrame, FormHead } from "./form-frame.tsx";
import type { FormProps } from "./form-props.ts";
import { Questions } from "./questions.tsx";
import { useCaseForm } from "./use-case-form.ts";

export function ContactForm({ file, restart }: FormProps) {
  const { t } = useTexts();
  const { today } = usePlace();
  const { id: caseId, nextContactOn: before } = file.case;
  const next = nextVisit(file);
  const open = useCaseForm({
    form: "contact",
    file,
    section: "case",
    command: agreeContact,
    input: (values) => ({ caseId, nextContactOn: dayIn(values["case"]) }),
    // A day that has passed counts no more than none.
    undo: { caseId, nextContactOn: before !== undefined && before >= today ? before : undefined },
    hindrance: (values) =>
      dayIn(values["case"]) === undefined ? { type: "FieldsMissing", fields: ["nextContactOn"] } : undefined,
  });
  if (!next) {
    return (
      <div className="page form-page">
        <FormHead title={t("form.contact.title")} file={file} />
        <Notice tone="info" title={t("error.CaseClosed")} />
      </div>
    );
  }
  return (
    <FormFrame title={t("form.contact.title")} open={open} restart={restart}>
      <Standing
        next={next}
        today={today}
        onTake={(day) => open.answer("case", "nextContactOn", { value: day })}
      />
      <Sheet>
        <Questions
          open={open}
          section="case"
          paths={["nextContactOn"]}
          required={["nextContactOn"]}
          extra={() => ({
            label: t("receive.ask.nextContact"),
            valueOnly: true,
            ...(open.fault?.type === "NextInPast" ? { problem: t("error.NextInPast") } : {}),
          })}
        />
      </Sheet>
    </FormFrame>
  );
}

const dayIn = (values: Parameters<typeof answerAt>[0]): string | undefined =>
  asText(answerAt(values, "nextContactOn").value);

interface StandingProps {
  readonly next: NextVisit;
  readonly today: string;
  readonly onTake: (day: string) => void;
}

/** What holds while nobody agrees on another day; one tap takes what the schedule asks for. */
function Standing({ next, today, onTake }: StandingProps) {
  const { t } = useTexts();
  const { date, relativeDay } = useFormats();
  const { on, agreed } = next;
  const said = { date: date(on, "long"), day: relativeDay(on) };
  return (
    <Notice
      tone={on < today ? "due" : "info"}
      title={t(agreed ? "form.contact.agreed" : "visit.bySchedule", said)}
      actions={
        agreed ? undefined : (
          <Button action="by-schedule" onClick={() => onTake(on < today ? today : on)}>
            {t(on < today ? "form.contact.takeToday" : "visit.takeThisDay")}
          </Button>
        )
      }
    />
  );
}
