// A moment: date and time on the clock at the site, kept as a UTC instant.
import { Clock } from "lucide-react";
import { useState } from "react";
import { instantOf, localDate } from "#src/domain/record/dates.ts";
import type { InstantField } from "#src/domain/record/field.ts";
import { useFormats } from "#src/i18n/format.ts";
import { usePlace } from "#src/i18n/place.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { FieldFrame } from "./field-frame.tsx";
import type { FieldProps } from "./field-props.ts";
import { useJudged } from "./not-understood.ts";
import { readDate, writeDate } from "./read-date.ts";
import { Shortcuts } from "./shortcuts.tsx";
import { useTyped } from "./use-typed.ts";
import { instantAt, readTime } from "./zoned-time.ts";

/** Between the day and the time of what is not whole yet. */
const between = "\n";
const day = { coarsest: "day", usual: "past" } as const;

export function InstantInput(props: FieldProps<InstantField, string>) {
  const { name, answer, onAnswer, onChosen, disabled } = props;
  const { t } = useTexts();
  const formats = useFormats();
  const { today, timeZone, now } = usePlace();
  const stored = answer.value;
  const cleared = answer.unanswered !== undefined;
  // While one of the two is half typed, the other must stay as it stands.
  const [halfDate = "", halfTime = ""] = answer.typed?.split(between) ?? [];
  const storedDate = stored === undefined ? halfDate : writeDate(localDate(stored, timeZone));
  const storedTime = stored === undefined ? halfTime : formats.time(stored);
  const [pickedNow, setPickedNow] = useState<string>();

  function report(dateText: string, timeText: string): void {
    const read = readDate(dateText, day, today);
    const time = readTime(timeText);
    const isEmpty = dateText.trim() === "" && timeText.trim() === "";
    if ("date" in read && time) onAnswer({ value: instantAt(read.date, time, timeZone) });
    else onAnswer(isEmpty ? {} : { typed: [dateText.trim(), timeText.trim()].join(between) });
  }
  const tidyDate = (text: string) => {
    const read = readDate(text, day, today);
    return "date" in read ? writeDate(read.date) : text.trim();
  };
  const date = useTyped({
    stored: storedDate,
    cleared,
    onTyped: (text) => report(text, time.control.value),
    tidy: tidyDate,
  });
  const time = useTyped({
    stored: storedTime,
    cleared,
    onTyped: (text) => report(date.control.value, text),
    tidy(text) {
      const read = readTime(text);
      return read === undefined ? text.trim() : formats.timeOfDay(read);
    },
  });

  const judged = useJudged() && answer.typed !== undefined;
  const isRead = "date" in readDate(date.control.value, day, today);
  const isTimeRead = readTime(time.control.value) !== undefined;
  const wrongDate = !isRead && (judged || (!date.focused && date.control.value.trim() !== ""));
  const wrongTime = !isTimeRead && (judged || (!time.focused && time.control.value.trim() !== ""));
  const problem =
    props.problem ??
    (wrongDate
      ? t("ui.date.notUnderstood", { example: writeDate(today) })
      : wrongTime
        ? t("ui.time.notUnderstood", { example: formats.timeOfDay("16:42") })
        : undefined);
  return (
    <FieldFrame
      {...props}
      as="group"
      problem={problem}
      warnsWithin
      onNonAnswer={(unanswered) => onAnswer({ unanswered })}
    >
      {({ control: id, described, warning }) => (
        <>
          <div className="control-row">
            <input
              {...date.control}
              className="control control-date"
              type="text"
              inputMode="numeric"
              name={name}
              aria-label={t("ui.date.label")}
              placeholder={t("ui.date.pattern")}
              aria-describedby={described}
              aria-invalid={wrongDate}
              disabled={disabled}
            />
            <input
              {...time.control}
              className="control control-time"
              type="text"
              inputMode="numeric"
              name={`${name}.time`}
              aria-label={t("ui.time.label")}
              placeholder={t("ui.time.pattern")}
              aria-describedby={described}
              aria-invalid={wrongTime}
              disabled={disabled}
            />
            {warning}
            <Shortcuts
              question={props.label}
              disabled={disabled}
              options={[
                {
                  label: t("ui.time.now"),
                  chosen: pickedNow !== undefined && pickedNow === stored,
                  choose() {
                    const moment = instantOf(now());
                    date.setText(writeDate(today));
                    time.setText(formats.time(moment));
                    setPickedNow(moment);
                    onAnswer({ value: moment });
                    onChosen?.();
                  },
                },
              ]}
            />
          </div>
          <p className="field-understood" id={`${id}-read`} role="status">
            {stored === undefined ? null : (
              <>
                <Clock aria-hidden className="icon" />
                {t("format.timeAndLongDate", {
                  time: formats.time(stored),
                  date: formats.date(localDate(stored, timeZone), "long"),
                })}
              </>
            )}
          </p>
        </>
      )}
    </FieldFrame>
  );
}
