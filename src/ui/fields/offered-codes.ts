// Which codes of a list are offered under a country's rules, and which of a long list come first.
import type { CodeList } from "#src/domain/record/field.ts";
import { profiles } from "#src/domain/profiles/index.ts";
import type { Profile } from "#src/domain/profiles/profile.ts";

/** Above this many, the first ones are choices and the others are found by typing. */
const longFrom = 17;

const ownCodes: Readonly<Record<string, (profile: Profile) => readonly string[]>> = {
  legalStatus: (profile) => profile.legalStatuses,
  service: (profile) => profile.services,
  organisationKind: (profile) => profile.channels,
};

/** Who arrives most often comes first; a guess of ours that saves taps and decides nothing. */
const frequent: Readonly<Record<Profile["id"], Readonly<Record<string, readonly string[]>>>> = {
  vn: {
    country: ["VN", "LA", "KH", "MM", "CN", "stateless"],
    language: ["vi", "tyz", "hmn", "blt", "mtq", "km"],
    ethnicGroup: ["vn-01", "vn-02", "vn-03", "vn-06", "vn-08", "vn-09"],
  },
  id: {
    country: ["ID", "MY", "PH", "MM", "TL", "stateless"],
    language: ["id", "jv", "su", "mad", "en", "ms"],
    ethnicGroup: ["id-jawa", "id-sunda", "id-madura", "id-bugis", "id-sasak", "id-timor"],
  },
};

export interface OfferedCodes {
  /** Shown as choices. */
  readonly first: readonly string[];
  /** Found by typing; empty for a short list. */
  readonly rest: readonly string[];
}

/** `first` given by the caller wins over our guess; codes the country does not use are left out. */
export function offeredCodes(
  list: Pick<CodeList, "name" | "codes" | "names">,
  profile: Profile["id"],
  first?: readonly string[],
): OfferedCodes {
  const rules = profiles[profile];
  const used = ownCodes[list.name]?.(rules) ?? list.codes.filter((code) => isOf(list, code, rules));
  if (used.length < longFrom && !first) return { first: used, rest: [] };
  const chosen = (first ?? frequent[profile][list.name] ?? []).filter((code) => used.includes(code));
  return { first: chosen, rest: used.filter((code) => !chosen.includes(code)) };
}

function isOf(list: Pick<CodeList, "names">, code: string, rules: Profile): boolean {
  return list.names !== "profile" || code.startsWith(rules.areaPrefix) || !code.includes("-");
}
