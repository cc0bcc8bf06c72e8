// From a draft to what the command takes: what was answered, and the time of arrival where nobody corrected it.
import type { Reception } from "#src/domain/commands/receive-person.ts";
import type { Draft } from "#src/domain/ports/store.ts";
import { parseDatabase } from "#src/domain/record/databases.ts";
import { answerAt, withAnswer } from "#src/domain/record/answer.ts";
import type { SheetValues } from "#src/ui/steps/step.ts";
import { contactConsent, isAccompanying } from "./steps.ts";

/** The values as the screens show them: received now, until somebody says otherwise. */
export function withArrival(values: SheetValues, arrivedAt: string): SheetValues {
  const { value, unanswered, typed } = answerAt(values["case"], "receivedAt");
  if (value !== undefined || unanswered || typed !== undefined) return values;
  return { ...values, case: withAnswer(values["case"], "receivedAt", { value: arrivedAt }) };
}

/** Whom somebody came with is said of a minor who came along; what was chosen before another answer stays in the draft. */
const linked = (values: SheetValues): SheetValues =>
  isAccompanying(values) ? values : { ...values, case: withAnswer(values["case"], "accompanies", {}) };

/** A form in which nothing was answered stays without a time: the command says that there is nothing to keep. */
export function receptionOf(draft: Draft, arrivedAt: string): Reception {
  const said = Object.values(draft.values).some((section) => Object.keys(section).length > 0);
  const values = said ? linked(withArrival(draft.values, arrivedAt)) : draft.values;
  const section = (name: string) => {
    const held = values[name];
    return held === undefined ? {} : { [name]: held };
  };
  return {
    id: draft.id,
    siteId: parseDatabase(draft.database)?.siteId ?? "",
    ...section("consent"),
    ...section(contactConsent),
    ...section("urgentCheck"),
    ...section("person"),
    ...section("case"),
    ...section("planItem"),
  };
}
