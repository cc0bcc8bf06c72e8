// The question of a record's field, picked by its kind; texts, choices and bounds follow from the description.
import { nonAnswers as allNonAnswers, type NonAnswer } from "#src/domain/record/define.ts";
import type { FormValues } from "#src/domain/record/clean.ts";
import type { CodeField, LeafField } from "#src/domain/record/field.ts";
import { useLabels } from "#src/i18n/labels.ts";
import type { FieldPath, Section } from "#src/i18n/message-key.ts";
import { type Answer, answerAt } from "#src/domain/record/answer.ts";
import { CodeInput } from "./code.tsx";
import { CodesInput } from "./codes.tsx";
import { DateInput } from "./date.tsx";
import { fieldAt } from "./field-at.ts";
import { InstantInput } from "./instant.tsx";
import { NoteInput } from "./note.tsx";
import { NumberInput } from "./number.tsx";
import { TextInput } from "./text.tsx";
import { TextsInput } from "./texts.tsx";
import { asBoolean, asNumber, asText, asTexts } from "./typed-value.ts";
import { YesNoInput } from "./yes-no.tsx";

export interface RecordFieldProps<S extends Section> {
  readonly section: S;
  readonly path: FieldPath<S>;
  /** The section's values as drafts and records hold them, `unanswered` inside. */
  readonly values: FormValues | undefined;
  /** One handler serves all fields of a form: `withAnswer(values, path, answer)` gives the next values. */
  readonly onAnswer: (path: FieldPath<S>, answer: Answer) => void;
  /** One answer was chosen (never by arrow keys): the form may go on by itself. */
  readonly onChosen?: (() => void) | undefined;
  /** The form takes a value or nothing: it has no place to keep a reason. */
  readonly valueOnly?: boolean;
  /** Other words than `field.<section>.<path>`; `""` as help for none. */
  readonly label?: string | undefined;
  readonly help?: string | undefined;
  readonly problem?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly size?: "question" | "row" | undefined;
  /** For `text` that others must not read over a shoulder: legible only while somebody is in it. */
  readonly masked?: boolean | undefined;
  /** For `code` and `codes`: offered as choices in this order, the others found by typing. */
  readonly first?: readonly string[] | undefined;
  /** For `code`: what is never answered here, such as a withdrawal where consent is asked for the first time. */
  readonly without?: readonly string[] | undefined;
  /** For `codes`: fewer than the record would take. */
  readonly atMost?: number | undefined;
}

function offering(field: CodeField, without: readonly string[]): CodeField {
  return {
    ...field,
    list: { ...field.list, codes: field.list.codes.filter((code) => !without.includes(code)) },
  };
}

/** As its description says, in every form; a reason that already stands stays in sight, to be taken back. */
function reasonsFor(field: LeafField, standing: NonAnswer | undefined): readonly NonAnswer[] {
  const offered = field.required ? [] : (field.nonAnswers ?? allNonAnswers);
  return standing === undefined || offered.includes(standing) ? offered : [...offered, standing];
}

export function RecordField<S extends Section>(props: RecordFieldProps<S>) {
  const { section, path, values, onAnswer, first, atMost } = props;
  const { fieldLabel, fieldHelp } = useLabels();
  const field = fieldAt(section, path);
  const { value, unanswered, typed } = answerAt(values, path);
  const shared = {
    name: `${section}.${path}`,
    label: props.label ?? fieldLabel(section, path),
    help: props.help ?? fieldHelp(section, path),
    onAnswer: (answer: Answer) => onAnswer(path, answer),
    onChosen: props.onChosen,
    nonAnswers: props.valueOnly ? [] : reasonsFor(field, unanswered),
    problem: props.problem,
    disabled: props.disabled,
    size: props.size,
    masked: props.masked,
  };
  switch (field.kind) {
    case "text":
      return <TextInput {...shared} field={field} answer={{ value: asText(value), unanswered }} />;
    case "note":
      return <NoteInput {...shared} field={field} answer={{ value: asText(value), unanswered }} />;
    case "texts":
      return <TextsInput {...shared} field={field} answer={{ value: asTexts(value), unanswered }} />;
    case "number":
      return <NumberInput {...shared} field={field} answer={{ value: asNumber(value), unanswered, typed }} />;
    case "yesNo":
      return <YesNoInput {...shared} field={field} answer={{ value: asBoolean(value), unanswered }} />;
    case "date":
      return <DateInput {...shared} field={field} answer={{ value: asText(value), unanswered, typed }} />;
    case "instant":
      return <InstantInput {...shared} field={field} answer={{ value: asText(value), unanswered, typed }} />;
    case "code":
      return (
        <CodeInput
          {...shared}
          field={props.without ? offering(field, props.without) : field}
          first={first}
          answer={{ value: asText(value), unanswered }}
        />
      );
    case "codes":
      return (
        <CodesInput
          {...shared}
          field={field}
          first={first}
          atMost={atMost}
          answer={{ value: asTexts(value), unanswered }}
        />
      );
    case "link":
      throw new Error(`${section}.${path}: a link is chosen by its screen, not typed`);
  }
}
