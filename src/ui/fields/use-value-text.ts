// What stands in a field, in the reader's words: for lists, timelines and pages that only show.
import { useMemo } from "react";
import type { LeafField } from "#src/domain/record/field.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import type { Answer } from "#src/domain/record/answer.ts";
import { asBoolean, asNumber, asText, asTexts } from "./typed-value.ts";

export interface ValueTexts {
  /** The value in words; empty for none. A link has no words of its own: empty. */
  readonly valueText: (field: LeafField, value: unknown) => string;
  /** The value, else the reason why there is none, else "not asked", or "not noted" of what nobody is asked. */
  readonly answerText: (field: LeafField, answer: Answer) => string;
}

/** Put to the person; else a worker sees, decides and notes it. */
const isAsked = ({ required, nonAnswers }: LeafField): boolean =>
  required === true || nonAnswers === undefined || nonAnswers.length > 0;

export function useValueText(): ValueTexts {
  const { t } = useTexts();
  const formats = useFormats();
  const { codeLabel, nonAnswerLabel } = useLabels();
  return useMemo(() => {
    function valueText(field: LeafField, value: unknown): string {
      switch (field.kind) {
        case "text":
        case "note":
          return asText(value) ?? "";
        case "texts":
          return formats.list(asTexts(value) ?? []);
        case "number": {
          const number = asNumber(value);
          return number === undefined ? "" : formats.number(number);
        }
        case "yesNo": {
          const yes = asBoolean(value);
          return yes === undefined ? "" : t(yes ? "ui.yes" : "ui.no");
        }
        case "date":
          return formats.date(asText(value) ?? "");
        case "instant": {
          const instant = asText(value);
          // Among answers a time alone does not say of which day it is.
          return instant === undefined ? "" : formats.dayAndTime(instant);
        }
        case "code": {
          const code = asText(value);
          return code === undefined ? "" : codeLabel(field.list, code);
        }
        case "codes":
          return formats.list((asTexts(value) ?? []).map((code) => codeLabel(field.list, code)));
        case "link":
          return "";
      }
    }
    return {
      valueText,
      answerText: (field, { value, unanswered }) =>
        valueText(field, value) || nonAnswerLabel(unanswered ?? (isAsked(field) ? "notAsked" : "notNoted")),
    };
  }, [t, formats, codeLabel, nonAnswerLabel]);
}
