// A date as people write it; below stands in words what was understood, and the usual answers are one tap away.
import { CalendarCheck } from "lucide-react";
import { addDays, addMonths } from "#src/domain/record/dates.ts";
import type { DateField } from "#src/domain/record/field.ts";
import { useFormats } from "#src/i18n/format.ts";
import type { MessageKey } from "#src/i18n/message-key.ts";
import { usePlace } from "#src/i18n/place.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { FieldFrame } from "./field-frame.tsx";
import type { FieldProps } from "./field-props.ts";
import { notUnderstood, useJudged } from "./not-understood.ts";
import { readDate, writeDate } from "./read-date.ts";
import { Shortcuts } from "./shortcuts.tsx";
import { useTyped } from "./use-typed.ts";

interface Shortcut {
  readonly text: MessageKey;
  readonly date: string;
}

function shortcutsOf({ coarsest, usual }: DateField, today: string): readonly Shortcut[] {
  if (coarsest !== "day") return [];
  if (usual === "past") {
    return [
      { text: "ui.date.today", date: today },
      { text: "ui.date.yesterday", date: addDays(today, -1) },
    ];
  }
  return [
    { text: "ui.date.tomorrow", date: addDays(today, 1) },
    { text: "ui.date.in3Days", date: addDays(today, 3) },
    { text: "ui.date.in1Week", date: addDays(today, 7) },
    { text: "ui.date.in2Weeks", date: addDays(today, 14) },
    { text: "ui.date.in1Month", date: addMonths(today, 1) },
  ];
}

export function DateInput(props: FieldProps<DateField, string>) {
  const { name, field, answer, onAnswer, onChosen, disabled } = props;
  const { t } = useTexts();
  const formats = useFormats();
  const { today } = usePlace();
  const { control, setText, focused } = useTyped({
    stored: answer.value === undefined ? (answer.typed ?? "") : writeDate(answer.value),
    cleared: answer.unanswered !== undefined,
    onTyped(text) {
      const read = readDate(text, field, today);
      onAnswer("date" in read ? { value: read.date } : notUnderstood(text));
    },
    tidy(text) {
      const read = readDate(text, field, today);
      return "date" in read ? writeDate(read.date) : text.trim();
    },
  });
  const read = readDate(control.value, field, today);
  // Half a date is not a mistake yet: wait until it is left, or as long as a date can be.
  const whole = useJudged() || !focused || control.value.trim().length >= 10;
  const judged = whole && "problem" in read ? read.problem : undefined;
  const example = writeDate(today);
  const problem = props.problem ?? (judged ? t(`ui.date.${judged}`, { example }) : undefined);
  return (
    <FieldFrame
      {...props}
      as="single"
      problem={problem}
      warnsWithin
      onNonAnswer={(unanswered) => onAnswer({ unanswered })}
    >
      {({ control: id, described, warning }) => (
        <>
          <div className="control-row">
            <input
              {...control}
              className="control control-date"
              type="text"
              inputMode="numeric"
              id={id}
              name={name}
              placeholder={t(field.coarsest === "year" ? "ui.date.patternYear" : "ui.date.pattern")}
              aria-describedby={[described, `${id}-read`].filter(Boolean).join(" ")}
              aria-invalid={problem !== undefined}
              disabled={disabled}
            />
            {warning}
            <Shortcuts
              question={props.label}
              disabled={disabled}
              options={shortcutsOf(field, today).map(({ text, date }) => ({
                label: t(text),
                chosen: answer.value === date,
                choose() {
                  setText(writeDate(date));
                  onAnswer({ value: date });
                  onChosen?.();
                },
              }))}
            />
          </div>
          <p className="field-understood" id={`${id}-read`} role="status">
            {"date" in read ? (
              <>
                <CalendarCheck aria-hidden className="icon" />
                {formats.date(read.date, "long")}
              </>
            ) : null}
          </p>
        </>
      )}
    </FieldFrame>
  );
}
