// Which codes of a list a country uses, and which of a long list stand first at a place of work.
import type { CodeList } from "#src/domain/record/field.ts";
import { ethnicGroupsFirst, languagesFirst } from "./peoples.ts";
import type { Profile } from "./profile.ts";

type Named = Pick<CodeList, "name" | "codes" | "names">;

const chosen: Readonly<Record<string, (profile: Profile) => readonly string[]>> = {
  legalStatus: (profile) => profile.legalStatuses,
  service: (profile) => profile.services,
  organisationKind: (profile) => profile.channels,
};

/** The codes of a list that a country uses, in its order: those its profile names, else all that are not another's. */
export function usedCodes(list: Named, profile: Profile): readonly string[] {
  const own = (code: string) =>
    list.names !== "profile" || code.startsWith(profile.areaPrefix) || !code.includes("-");
  return chosen[list.name]?.(profile) ?? list.codes.filter(own);
}

/** Codes of a long list to offer first; empty where nothing is known about it. */
export function likelyCodes(
  list: Pick<Named, "name">,
  profile: Profile,
  province: string | undefined,
): readonly string[] {
  if (list.name === "country") return profile.citizenships;
  if (list.name === "ethnicGroup") return ethnicGroupsFirst(profile.peoples, province);
  if (list.name === "language") return languagesFirst(profile.peoples, profile.defaultLanguage, province);
  return [];
}
