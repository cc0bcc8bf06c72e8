// All that a record holds, answered or not, whatever its type.
import { definitions, isRecordType } from "#src/domain/records/index.ts";
import { type AnyRecord, type Definition, sectionOf } from "#src/domain/record/define.ts";
import { leavesOf } from "#src/domain/record/field.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { answerAt } from "#src/domain/record/answer.ts";
import { heldBy } from "./fields/field-at.ts";
import { useValueText } from "./fields/use-value-text.ts";
import "./facts.css";

interface RecordFactsProps {
  readonly record: AnyRecord;
  /** The name people know an account or a site by. */
  readonly nameOf: (held: string, kind: "account" | "site") => string;
}

export function RecordFacts({ record, nameOf }: RecordFactsProps) {
  const { fieldLabelAt } = useLabels();
  const { answerText } = useValueText();
  if (!isRecordType(record.type)) return null;
  const { fields }: Definition = definitions[record.type];
  const section = sectionOf(record.type);
  const answered = leavesOf(fields)
    .map(([path, field]) => ({
      path,
      field,
      answer: answerAt({ ...record }, path),
      kind: heldBy(field),
    }))
    .filter(
      ({ field, answer }) => field.kind !== "link" && (answer.value !== undefined || answer.unanswered),
    );
  return (
    <dl className="facts">
      {answered.map(({ path, field, answer, kind }) => (
        <div className="fact" key={path} data-field={`${section}.${path}`}>
          <dt>{fieldLabelAt(section, path)}</dt>
          <dd className={answer.value === undefined ? "fact-open" : undefined}>
            {kind && typeof answer.value === "string"
              ? nameOf(answer.value, kind)
              : answerText(field, answer)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
