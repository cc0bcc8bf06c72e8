// The adult whom somebody under 18 came with, for the file of a minor.
import { useState } from "react";
import { adultsFor } from "#src/data/companions.ts";
import { useQuery } from "#src/data/use-query.ts";
import { answerAt } from "#src/domain/record/answer.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { CasePick } from "#src/ui/case-pick.tsx";
import { asText } from "#src/ui/fields/typed-value.ts";
import type { OpenCaseForm } from "./use-case-form.ts";

const reasons = ["later", "unknown"] as const;

export function AdultPick({ open }: { readonly open: OpenCaseForm }) {
  const { t } = useTexts();
  const { fieldLabel } = useLabels();
  const [typed, setTyped] = useState("");
  const values = open.values["case"];
  const { value, unanswered } = answerAt(values, "accompanies");
  const chosen = asText(value);
  const { case: record, database } = open.file;
  const files = useQuery(adultsFor, record.id, database, typed, chosen);
  const isMinor = answerAt(values, "group").value === "accompanying_under_18";
  // A link that stands there although the group is another has to be seen, so that it can be taken away.
  if (!isMinor && chosen === undefined) return null;
  return (
    <CasePick
      name="case.accompanies"
      label={fieldLabel("case", "accompanies")}
      help={t("help.case.accompanies")}
      problem={open.fault?.type === "AdultNotHere" ? t("error.AdultNotHere") : undefined}
      files={files}
      typed={typed}
      onType={setTyped}
      answer={{ value: chosen, unanswered }}
      nonAnswers={reasons}
      onAnswer={(answer) => open.answer("case", "accompanies", answer)}
    />
  );
}
