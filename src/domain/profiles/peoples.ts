// Who lives where in a country, and what they speak: so that the likely answers stand first at each place of work.
import type { spokenLanguages } from "#src/domain/records/code-lists.ts";
import type { Source } from "./profile.ts";

type Language = (typeof spokenLanguages)["codes"][number];

/** A guess that saves taps and decides nothing: every code of the lists can be found by typing. */
export interface Peoples {
  /** Ethnic groups offered first where the province is not known. */
  readonly ethnicGroups: readonly string[];
  /** By province: its largest groups, the largest first. */
  readonly byProvince: Readonly<Record<string, readonly string[]>>;
  /** What a group speaks, as far as the list of languages has it. */
  readonly languages: Readonly<Record<string, readonly Language[]>>;
  readonly source: Source;
}

/** Ethnic groups to offer first in a province, or in the country at large. */
export const ethnicGroupsFirst = (peoples: Peoples, province: string | undefined): readonly string[] =>
  (province === undefined ? undefined : peoples.byProvince[province]) ?? peoples.ethnicGroups;

/** Languages to offer first: the one the staff work in, then what the groups of the province speak. */
export function languagesFirst(
  peoples: Peoples,
  workingLanguage: Language,
  province: string | undefined,
): readonly Language[] {
  const spoken = ethnicGroupsFirst(peoples, province).flatMap((group) => peoples.languages[group] ?? []);
  return [...new Set([workingLanguage, ...spoken])];
}
