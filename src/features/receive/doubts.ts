// Before saving: what does not go together, or looks incomplete. Said once more, never in the way.
import { type Age, type AgeFacts, ageOn, contradiction, isPerhapsMinor } from "#src/domain/case-file/age.ts";
import { answerAt } from "#src/domain/record/answer.ts";
import { valueAt } from "#src/domain/record/schema.ts";
import { placeOf, type SheetValues, type Step, stepsFor, unreadIn } from "#src/ui/steps/step.ts";
import type { StepName } from "./steps.ts";

export type Doubt =
  /** Typed, and not understood: saving leads there. */
  | { readonly kind: "unread"; readonly step: StepName; readonly typed: readonly string[] }
  | { readonly kind: "age"; readonly step: StepName; readonly born: Age; readonly told: Age }
  /** Perhaps under 18, and only their own consent was noted. */
  | { readonly kind: "minor"; readonly step: StepName }
  | { readonly kind: "phone"; readonly step: StepName; readonly phone: string };

/** Shorter than any number that can be called from everywhere in Vietnam or Indonesia, area code included. */
const fewestDigits = 9;

export function ageFactsOf(values: SheetValues): AgeFacts {
  const years = valueAt(values["person"], "ageYears");
  const birth = valueAt(values["person"], "birthDate");
  return {
    ageYears: typeof years === "number" ? years : undefined,
    birthDate: typeof birth === "string" ? birth : undefined,
  };
}

/** In the order of the steps; `on` is the day of the reception, a full date. */
export function doubtsOf(
  steps: readonly Step<StepName>[],
  values: SheetValues,
  on: string,
): readonly Doubt[] {
  return stepsFor(steps, values).flatMap((step) => [
    ...unreadAt(step, values),
    ...(doubtAt[step.name]?.(values, on) ?? []),
  ]);
}

function unreadAt(step: Step<StepName>, values: SheetValues): readonly Doubt[] {
  const typed = unreadIn(step, values).flatMap((question) => {
    const answer = answerAt(values[placeOf(question)], question.path);
    return answer.typed ?? (typeof answer.value === "string" ? answer.value : []);
  });
  return typed.length === 0 ? [] : [{ kind: "unread", step: step.name, typed }];
}

const doubtAt: Readonly<Partial<Record<StepName, (values: SheetValues, on: string) => readonly Doubt[]>>> = {
  consentDetails(values, on) {
    const age = ageOn(ageFactsOf(values), on);
    const alone = valueAt(values["consent"], "givenBy") === "self";
    return age && alone && isPerhapsMinor(age) ? [{ kind: "minor", step: "consentDetails" }] : [];
  },
  age(values, on) {
    const ages = contradiction(ageFactsOf(values), on);
    return ages ? [{ kind: "age", step: "age", ...ages }] : [];
  },
  safeContact(values) {
    const phone = valueAt(values["person"], "safeContact.phone");
    const isAsked = valueAt(values["person"], "safeContact.way") === "phone";
    if (!isAsked || typeof phone !== "string" || phone.replace(/\D/g, "").length >= fewestDigits) return [];
    return [{ kind: "phone", step: "safeContact", phone }];
  },
};
