// What the person's consent to a purpose is now: the latest answer, and none that was withdrawn.
import type { Consent } from "#src/domain/records/consent.ts";
import { compare } from "./axis.ts";

/** Undefined: never asked. Of two answers of the same moment the stricter holds (D14). */
export function consentInForce(
  consents: readonly Consent[],
  purpose: Consent["purpose"],
): Consent["decision"] | undefined {
  const strictness = ["given", "cannot_now", "refused", "withdrawn"];
  return consents
    .filter((consent) => consent.purpose === purpose)
    .toSorted(
      (a, b) =>
        compare(a.createdAt, b.createdAt) || strictness.indexOf(a.decision) - strictness.indexOf(b.decision),
    )
    .at(-1)?.decision;
}
