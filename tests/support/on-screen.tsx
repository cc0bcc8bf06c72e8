// Shows a part as a signed-in person would see it: with texts, a place and a fixed clock.
import { cleanup, render } from "@testing-library/react";
import { type ReactNode, useState } from "react";
import { afterEach, vi } from "vitest";
import type { FormValues } from "#src/domain/record/clean.ts";
import type { Locale } from "#src/i18n/locales.ts";
import type { FieldPath, Section } from "#src/i18n/message-key.ts";
import { type Place, PlaceProvider } from "#src/i18n/place.ts";
import { setUpTexts } from "#src/i18n/texts.ts";
import { type Answer, withAnswer } from "#src/domain/record/answer.ts";
import { RecordField, type RecordFieldProps } from "#src/ui/fields/record-field.tsx";

/** Sunday 22 November 2026, 16:42 in Vietnam. */
const now = Date.parse("2026-11-22T09:42:00Z");
const vietnam: Place = { profile: "vn", timeZone: "Asia/Ho_Chi_Minh", now: () => now };

afterEach(cleanup);

export async function show(part: ReactNode, locale: Locale = "vi", place: Place = vietnam) {
  // Neither is in jsdom; the second is how user-event finds the radios of a group.
  Element.prototype.scrollIntoView = () => {};
  vi.stubGlobal("CSS", { escape: (text: string) => text.replace(/[^\w-]/g, "\\$&") });
  await setUpTexts(locale);
  return render(<PlaceProvider value={place}>{part}</PlaceProvider>);
}

type Shown<S extends Section> = Omit<RecordFieldProps<S>, "values" | "onAnswer"> & {
  readonly start?: FormValues;
  readonly locale?: Locale;
  readonly place?: Place;
};

/** A question in a form that keeps what it answers, as a draft does. */
export async function ask<S extends Section>(section: S, path: FieldPath<S>, more: Partial<Shown<S>> = {}) {
  const answers: Answer[] = [];
  const kept: { values: FormValues } = { values: more.start ?? {} };
  const { start: _, locale, place, ...props } = more;
  function Form() {
    const [values, setValues] = useState(kept.values);
    return (
      <RecordField
        {...props}
        section={section}
        path={path}
        values={values}
        onAnswer={(at, answer) => {
          answers.push(answer);
          kept.values = withAnswer(kept.values, at, answer);
          setValues(kept.values);
        }}
      />
    );
  }
  await show(<Form />, locale, place);
  return { answers, kept };
}
