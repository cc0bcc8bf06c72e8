// Whom a minor came with: one of the cases on this device, so that each file leads to the other.
import { useState } from "react";
import { adultsFor } from "#src/data/companions.ts";
import { oneCase } from "#src/data/case-queries.ts";
import { useQuery } from "#src/data/use-query.ts";
import { answerAt } from "#src/domain/record/answer.ts";
import { siteDatabase } from "#src/domain/record/databases.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { CasePick } from "#src/ui/case-pick.tsx";
import { Fact, type Way } from "#src/ui/facts.tsx";
import { asText } from "#src/ui/fields/typed-value.ts";
import type { SheetValues } from "#src/ui/steps/step.ts";
import type { StepBodyProps } from "./step-body.tsx";

const reasons = ["later", "unknown"] as const;

export function AdultStep({ site, values, draft }: StepBodyProps) {
  const { t } = useTexts();
  const [typed, setTyped] = useState("");
  const { value, unanswered } = answerAt(values["case"], "accompanies");
  const chosen = asText(value);
  const files = useQuery(adultsFor, draft.id, siteDatabase(site.siteId), typed, chosen);
  return (
    <CasePick
      name="case.accompanies"
      label={t("receive.ask.adult")}
      help={t("help.case.accompanies")}
      files={files}
      typed={typed}
      onType={setTyped}
      answer={{ value: chosen, unanswered }}
      nonAnswers={reasons}
      onAnswer={(answer) => draft.setAnswer("case", "accompanies", answer)}
    />
  );
}

/** Before saving: the code of the adult's file, or that it is still open. */
export function AdultFact({ values, way }: { readonly values: SheetValues; readonly way: Way | undefined }) {
  const { fieldLabel, nonAnswerLabel } = useLabels();
  const { value, unanswered } = answerAt(values["case"], "accompanies");
  const adult = useQuery(oneCase, asText(value) ?? "");
  return (
    <dl className="facts">
      <Fact
        field="case.accompanies"
        label={fieldLabel("case", "accompanies")}
        look={adult ? "numeric" : "fact-open"}
        way={way}
      >
        {adult ? adult.case.code : nonAnswerLabel(unanswered ?? "notAsked")}
      </Fact>
    </dl>
  );
}
