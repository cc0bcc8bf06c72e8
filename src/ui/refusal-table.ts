// What each reason of the record rule for not taking a record means to a person: one table, in the order of looking.
import type { Refusal } from "#src/domain/ports/store.ts";

/** Names of texts: `refusal.<meaning>.what` and `refusal.<meaning>.mend`. */
export type RefusalMeaning =
  | "appVersion"
  | "noSuchStep"
  | "broken"
  | "missing"
  | "notFitting"
  | "otherPlace"
  | "otherAuthor"
  | "notYourStep"
  | "noLowering"
  | "notAllowed"
  | "neverChanges"
  | "newerAtCentre"
  | "neverDeleted"
  | "erasedAtCentre"
  | "sameId"
  | "clockAhead"
  | "too_large"
  | "forbidden"
  | "other";

/** The words are those of `server/rule/record-rule.ts`; what a pattern catches is the path of a question. */
export const ruleWords: readonly (readonly [pattern: RegExp, meaning: RefusalMeaning])[] = [
  [/^schema: (?:type: unknown|version: not accepted)$/, "appVersion"],
  [/^schema: (?:.*): unknown field$/, "appVersion"],
  [/^schema: to: no such step$/, "noSuchStep"],
  [
    /^schema: (?:id|case|device|deviceTime|relayedBy|corrects|history|(?:created|updated)(?:At|By)): /,
    "broken",
  ],
  [/^schema: unanswered(?:\.\S+)?: /, "broken"],
  [/^schema: (\S+): missing$/, "missing"],
  [/^schema: (\S+): not an? /, "notFitting"],
  [/^place: /, "otherPlace"],
  [/^author: /, "otherAuthor"],
  [/^role: may not record this step here$/, "notYourStep"],
  [/^role: (\S+): may not be lowered here$/, "noLowering"],
  [/^role: /, "notAllowed"],
  [/^change: an? \S+ never changes$/, "neverChanges"],
  [/^change: (?:history: (?!an entry is missing)|\S+: changed without an entry$)/, "broken"],
  [/^change: /, "newerAtCentre"],
  [/^delete: /, "neverDeleted"],
  [/^time: /, "clockAhead"],
];

/** Those of this device itself (`sync/reasons.ts`, `domain/ports/store.ts`). */
const ownWords: typeof ruleWords = [
  [/^erased$/, "erasedAtCentre"],
  [/^sameId$/, "sameId"],
  [/^newerAtCentre$/, "appVersion"],
];

const byKind: Readonly<Record<Refusal["kind"], RefusalMeaning>> = {
  forbidden: "forbidden",
  invalid: "broken",
  too_large: "too_large",
  other: "other",
};

export interface ExplainedRefusal {
  readonly meaning: RefusalMeaning;
  /** Path of the question that is at fault, where the centre named one. */
  readonly path: string | undefined;
}

/** What a refusal means; words that no pattern knows are explained by their kind. */
export function explainedRefusal({ kind, reason }: Pick<Refusal, "kind" | "reason">): ExplainedRefusal {
  for (const [pattern, meaning] of [...ruleWords, ...ownWords]) {
    const found = pattern.exec(reason);
    if (found) return { meaning, path: found[1] };
  }
  return { meaning: byKind[kind], path: undefined };
}
