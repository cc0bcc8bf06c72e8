// One field of every kind: empty, filled, long, not answered, with a problem, disabled, and read only.
import { useState } from "react";
import type { FormValues } from "#src/domain/record/clean.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import type { FieldPath, Section } from "#src/i18n/message-key.ts";
import { Facts } from "#src/ui/facts.tsx";
import { type Answer, withAnswer } from "#src/domain/record/answer.ts";
import { RecordField } from "#src/ui/fields/record-field.tsx";
import { Sheet } from "#src/ui/sheet.tsx";

type Sample = {
  [S in Section]: {
    readonly kind: string;
    readonly section: S;
    readonly path: FieldPath<S>;
    readonly value: unknown;
    readonly long?: unknown;
  };
}[Section];

const longText =
  "Chị nói đã về nhà mẹ đẻ ở bản, mỗi sáng đi chợ bán rau, tối học nghề may; chị thấy yên tâm hơn tháng trước. ";

const samples: readonly Sample[] = [
  { kind: "text", section: "person", path: "displayName", value: "Lan", long: longText.repeat(2) },
  {
    kind: "note",
    section: "person",
    path: "safeContact.whatToSay",
    value: longText,
    long: longText.repeat(6),
  },
  { kind: "texts", section: "site", path: "phones", value: ["0236 3 000 111", "0905 000 222"] },
  { kind: "number", section: "planItem", path: "amount", value: 1_500_000 },
  { kind: "yesNo", section: "urgentCheck", path: "lifeInDanger", value: false },
  { kind: "code · 3", section: "person", path: "sex", value: "female" },
  { kind: "code · 4", section: "followup", path: "domains.community", value: "fragile" },
  { kind: "code · long words", section: "case", path: "group", value: "victim_or_being_identified" },
  { kind: "code · 250", section: "person", path: "citizenship", value: "TH" },
  { kind: "codes", section: "followup", path: "newNeeds", value: ["medical", "papers"] },
  { kind: "codes · 35", section: "person", path: "languagesRead", value: ["vi", "ja"] },
  { kind: "date · past", section: "followup", path: "dueOn", value: "2026-11-22" },
  { kind: "date · year", section: "person", path: "birthDate", value: "1998-03" },
  { kind: "date · future", section: "case", path: "nextContactOn", value: "2026-11-29" },
  { kind: "instant", section: "urgentAction", path: "doneAt", value: "2026-11-22T02:12:00.000Z" },
];

export function FieldStates() {
  return (
    <div className="stack-loose">
      {samples.map((sample) => (
        <div className="gallery-samples" key={sample.kind}>
          <h2 className="gallery-kind">{sample.kind}</h2>
          <States {...sample} />
        </div>
      ))}
    </div>
  );
}

function States<S extends Section>(sample: {
  section: S;
  path: FieldPath<S>;
  value: unknown;
  long?: unknown;
}) {
  const { t } = useTexts();
  const { section, path, value, long } = sample;
  return (
    <div className="gallery-states">
      <One title="question" {...{ section, path, size: "question" }} start={{}} />
      <One title="filled" {...{ section, path }} start={{ value }} />
      {long === undefined ? null : <One title="long" {...{ section, path }} start={{ value: long }} />}
      <One title="unanswered" {...{ section, path }} start={{ unanswered: "later" }} />
      <One title="problem" {...{ section, path }} start={{ value }} problem={t("ui.time.notUnderstood")} />
      <One title="disabled" {...{ section, path, disabled: true }} start={{ value }} />
      <Sheet>
        <Facts section={section} paths={[path]} values={withAnswer({}, path, { value })} />
        <Facts section={section} paths={[path]} values={{}} />
      </Sheet>
    </div>
  );
}

interface OneProps<S extends Section> {
  readonly title: string;
  readonly section: S;
  readonly path: FieldPath<S>;
  readonly start: Answer;
  readonly size?: "question" | "row";
  readonly problem?: string;
  readonly disabled?: boolean;
}

/** Radios of one name in one form would switch each other off, so each state has a form of its own. */
function One<S extends Section>({ title, section, path, start, size, problem, disabled }: OneProps<S>) {
  const [values, setValues] = useState<FormValues>(() => withAnswer({}, path, start));
  return (
    <form className="gallery-one" aria-label={`${section}.${path} ${title}`}>
      <RecordField
        section={section}
        path={path}
        values={values}
        onAnswer={(at, answer) => setValues((current) => withAnswer(current, at, answer))}
        size={size}
        problem={problem}
        disabled={disabled}
      />
    </form>
  );
}
