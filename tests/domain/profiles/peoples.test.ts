// Ethnic groups and languages: those of the site's province stand first, and every one named exists.
import { describe, expect, it } from "vitest";
import { ethnicGroups, properNames, provinceOf, provinces } from "#src/domain/profiles/areas.ts";
import { profiles } from "#src/domain/profiles/index.ts";
import type { Profile } from "#src/domain/profiles/profile.ts";
import { likelyCodes } from "#src/domain/profiles/used-codes.ts";
import { spokenLanguages } from "#src/domain/records/code-lists.ts";
import { countries } from "#src/domain/records/countries.ts";
import { offeredCodes } from "#src/ui/fields/offered-codes.ts";

const all: readonly Profile[] = Object.values(profiles);
const groupsAt = (profile: "vn" | "id", province: string) =>
  offeredCodes(ethnicGroups, { profile, province }).first.map((code) => properNames[code]);
const languagesAt = (profile: "vn" | "id", province: string | undefined) =>
  offeredCodes(spokenLanguages, { profile, province }).first;

describe.each(all.map((profile) => [profile.country, profile] as const))(
  "the peoples of %s",
  (_, profile) => {
    const { peoples } = profile;
    const own = provinces.codes.filter((code) => code.startsWith(profile.areaPrefix));

    it("are told for every province, in codes that exist", () => {
      expect(Object.keys(peoples.byProvince).toSorted()).toEqual(own.toSorted());
      for (const groups of [peoples.ethnicGroups, ...Object.values(peoples.byProvince)]) {
        expect(groups.length).toBeGreaterThan(2);
        expect(new Set(groups).size).toBe(groups.length);
        for (const group of groups) expect(ethnicGroups.codes).toContain(group);
      }
      for (const [group, languages] of Object.entries(peoples.languages)) {
        expect(ethnicGroups.codes).toContain(group);
        for (const language of languages) expect(spokenLanguages.codes).toContain(language);
      }
      for (const code of profile.citizenships) expect(countries.codes).toContain(code);
    });

    it("are few enough to be choices, the working language first", () => {
      for (const province of [undefined, ...own]) {
        const languages = likelyCodes(spokenLanguages, profile, province);
        expect(languages[0]).toBe(profile.defaultLanguage);
        expect(languages.length).toBeGreaterThan(2);
        expect(languages.length).toBeLessThan(10);
      }
    });

    it("have a source and a date", () => {
      expect(peoples.source.cited).toMatch(/20\d\d/);
      expect(peoples.source.readOn).toMatch(/^20\d\d-\d\d-\d\d$/);
    });
  },
);

describe("offered first", () => {
  it("are the groups of the province, in Vietnam", () => {
    expect(groupsAt("vn", "vn-gso-48")).toContain("Cơ-tu");
    expect(groupsAt("vn", "vn-gso-52")).toEqual(expect.arrayContaining(["Gia-rai", "Ba-na"]));
    expect(groupsAt("vn", "vn-gso-11")[0]).toBe("Mông");
    expect(languagesAt("vn", "vn-gso-48")).toEqual(expect.arrayContaining(["vi", "ktv"]));
    expect(languagesAt("vn", "vn-gso-91")).not.toContain("hmn");
  });

  it("are the groups of the province, in Indonesia", () => {
    expect(groupsAt("id", "id-kemendagri-11").slice(0, 2)).toEqual(["Aceh", "Gayo"]);
    expect(languagesAt("id", "id-kemendagri-11")).toEqual(expect.arrayContaining(["id", "ace", "gay"]));
    expect(languagesAt("id", "id-kemendagri-12")).toContain("bbc");
    expect(languagesAt("id", "id-kemendagri-73")).toContain("bug");
  });

  it("are those of the country where the province is not known", () => {
    expect(languagesAt("vn", undefined)).toEqual(["vi", "tyz", "blt", "mtq", "hmn", "km"]);
  });

  it("follow the site's own province, or the nearest above it", () => {
    expect(provinceOf({ siteId: "vn-gso-20194", ancestors: ["vn-gso-48"] })).toBe("vn-gso-48");
    expect(provinceOf({ siteId: "vn-gso-48", ancestors: [] })).toBe("vn-gso-48");
    expect(provinceOf({ siteId: "vn-gso-0", ancestors: ["constructor"] })).toBeUndefined();
  });
});
