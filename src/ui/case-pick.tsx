// One of the cases on this device, by code and masked name: the latest to choose from, the others found by typing.
import type { CaseFile } from "#src/domain/case-file/case-file.ts";
import type { Answer } from "#src/domain/record/answer.ts";
import type { NonAnswer } from "#src/domain/record/define.ts";
import { localDate } from "#src/domain/record/dates.ts";
import { useFormats } from "#src/i18n/format.ts";
import { usePlace } from "#src/i18n/place.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "./button.tsx";
import { FieldFrame } from "./fields/field-frame.tsx";
import { SearchChoices } from "./fields/search-choices.tsx";
import { maskName } from "./masked-name.tsx";

interface CasePickProps {
  /** Address of the link, also the inputs' `name`. */
  readonly name: string;
  readonly label: string;
  readonly help?: string | undefined;
  readonly problem?: string | undefined;
  /** To choose from; the chosen one is among them. */
  readonly files: readonly CaseFile[];
  readonly typed: string;
  readonly onType: (typed: string) => void;
  readonly answer: Answer<string>;
  readonly nonAnswers: readonly NonAnswer[];
  readonly onAnswer: (answer: Answer<string>) => void;
}

export function CasePick(props: CasePickProps) {
  const { name, files, typed, onType, answer, onAnswer } = props;
  const { t } = useTexts();
  const { date } = useFormats();
  const { timeZone } = usePlace();
  const options = files.map(({ case: { id, code, receivedAt }, person, site }) => {
    const called = person?.record.displayName;
    const parts = [
      code,
      called === undefined ? "" : maskName(called),
      date(localDate(receivedAt, site?.timeZone ?? timeZone)),
    ];
    return { value: id, label: parts.filter(Boolean).join(" · ") };
  });
  return (
    <FieldFrame {...props} as="radiogroup" size="row" onNonAnswer={(unanswered) => onAnswer({ unanswered })}>
      {() => (
        <div className="stack">
          <SearchChoices
            name={name}
            label={t("ui.case.search")}
            typed={typed}
            onType={onType}
            status={files.length === 0 ? t("ui.case.none") : ""}
            options={options}
            chosen={answer.value}
            onPick={(value) => onAnswer({ value })}
          />
          {answer.value === undefined ? null : (
            <span className="cluster">
              <Button action="clear" variant="quiet" onClick={() => onAnswer({})}>
                {t("ui.case.clear")}
              </Button>
            </span>
          )}
        </div>
      )}
    </FieldFrame>
  );
}
