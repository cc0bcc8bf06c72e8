// The three languages say the same, completely, in their own words and in those of the glossary.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { impliedKeys } from "#tests/support/implied-keys.ts";
import { type LocaleCheck, localeProblems } from "#tests/support/locale-problems.ts";
import en from "#locales/en.json";
import id from "#locales/id.json";
import vi from "#locales/vi.json";

const glossary = readFileSync("docs/glossary.tsv", "utf8")
  .split("\n")
  .slice(1)
  .filter(Boolean)
  .map((line) => {
    const [en = "", vi = "", id = ""] = line.split("\t");
    return { en, vi, id };
  });

const sameInEnglish = new Set(["Indonesia"]);

const product: LocaleCheck = {
  vi,
  en,
  id,
  implied: impliedKeys(),
  source: readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => readFileSync(join("src", path), "utf8"))
    .join("\n"),
  glossary,
  sameInEnglish,
};

/** A product with one text in which everything is well. */
const sound: LocaleCheck = {
  vi: { "a.saved": "Đã lưu {{count}}" },
  en: { "a.saved": "Saved {{count}}" },
  id: { "a.saved": "Tersimpan {{count}}" },
  implied: new Set(),
  source: `t("a.saved")`,
  glossary: [{ en: "police", vi: "Công an", id: "kepolisian" }],
  sameInEnglish,
};

function withText(key: string, vi: string, en: string, id: string, source = `t("${key}")`): LocaleCheck {
  return {
    ...sound,
    vi: { ...sound.vi, [key]: vi },
    en: { ...sound.en, [key]: en },
    id: { ...sound.id, [key]: id },
    source: sound.source + source,
  };
}

describe("locales", () => {
  it("have nothing missing, surplus, left in English, broken or against the glossary", () => {
    expect(localeProblems(product)).toEqual([]);
  });

  it("know a glossary whose terms are there in three languages", () => {
    expect(glossary.length).toBeGreaterThan(150);
    for (const term of glossary) expect(Object.values(term).every(Boolean), term.en).toBe(true);
  });

  it("are accepted when all is well", () => {
    expect(localeProblems(sound)).toEqual([]);
  });

  const { "a.saved": _, ...withoutSaved } = sound.id;
  it.each<[violation: string, check: LocaleCheck, problem: string]>([
    ["a text one language lacks", { ...sound, id: withoutSaved }, "missing: a.saved in id"],
    ["an empty text", { ...sound, vi: { "a.saved": " " } }, "missing: a.saved in vi"],
    [
      "a field without a text",
      { ...sound, implied: new Set(["field.person.sex"]) },
      "missing: field.person.sex",
    ],
    ["a text nobody asks for", withText("a.old", "Cũ", "Old", "Lama", ""), "surplus: a.old"],
    [
      "a text of a code that is gone",
      withText("code.sex.gone", "Mất", "Gone", "Hilang"),
      "surplus: code.sex.gone",
    ],
    [
      "help for a field that is gone",
      withText("help.person.gone", "Mất", "Gone", "Hilang"),
      "surplus: help.person.gone",
    ],
    [
      "a text of a family whose part nobody names",
      withText("error.Gone", "Mất", "Gone", "Hilang", "t(`error.${type}`)"),
      "surplus: error.Gone",
    ],
    ["a text left in English", withText("a.save", "Save", "Save", "Simpan"), "english: a.save in vi"],
    [
      "a placeholder of another name",
      withText("a.n", "Có {{n}}", "{{count}} of them", "Ada {{count}}"),
      "placeholder: a.n in vi",
    ],
    ["half a placeholder", withText("a.n", "Có {{n}", "Some", "Ada"), "placeholder: a.n has a loose brace"],
    [
      "a term written otherwise",
      withText("a.police", "Cảnh sát", "Police", "Kepolisian"),
      `glossary: a.police should say "Công an"`,
    ],
    [
      "a term written otherwise in Indonesian",
      withText("a.police", "Công an", "Police", "Satpam"),
      `glossary: a.police should say "kepolisian"`,
    ],
    [
      "a word for people under 18 that the law does not use",
      withText("a.child", "Có trẻ em đi cùng", "With a child", "Bersama anak"),
      `forbidden: a.child in vi, say "người dưới 18 tuổi"`,
    ],
    [
      "a word that makes a person a case",
      withText("a.person", "Đối tượng", "The person", "Orangnya"),
      `forbidden: a.person in vi, say "người được hỗ trợ"`,
    ],
    [
      "a rude address",
      withText("a.you", "Anh/chị đã lưu", "You saved", "anda sudah menyimpan"),
      `forbidden: a.you in id, say "Anda"`,
    ],
  ])("refuse %s", (_violation, check, problem) => {
    expect(localeProblems(check)).toContain(problem);
  });

  it("accept a text of a family whose part the source names", () => {
    const check = withText("error.Full", "Đầy", "Full", "Penuh", 't(`error.${type}`); type: "Full"');
    expect(localeProblems(check)).toEqual([]);
  });
});
