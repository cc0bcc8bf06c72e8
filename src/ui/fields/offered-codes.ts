// Which codes of a list are offered under a country's rules, and which of a long list come first.
import type { CodeList } from "#src/domain/record/field.ts";
import { profiles } from "#src/domain/profiles/index.ts";
import { likelyCodes, usedCodes } from "#src/domain/profiles/used-codes.ts";
import type { Place } from "#src/i18n/place.ts";

/** Above this many, the first ones are choices and the others are found by typing. */
const longFrom = 17;

export interface OfferedCodes {
  /** Shown as choices. */
  readonly first: readonly string[];
  /** Found by typing; empty for a short list. */
  readonly rest: readonly string[];
}

/** `first` given by the caller wins over what is likely at the place; codes the country does not use are left out. */
export function offeredCodes(
  list: Pick<CodeList, "name" | "codes" | "names">,
  { profile, province }: Pick<Place, "profile" | "province">,
  first?: readonly string[],
): OfferedCodes {
  const rules = profiles[profile];
  const used = usedCodes(list, rules);
  if (used.length < longFrom && !first) return { first: used, rest: [] };
  const chosen = (first ?? likelyCodes(list, rules, province)).filter((code) => used.includes(code));
  return { first: chosen, rest: used.filter((code) => !chosen.includes(code)) };
}
