// Searching finds a name however it is typed: with or without marks, in any order, composed or not.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldedWords, foldText } from "#src/domain/text/fold.ts";

const initials = ["", ..."bcdđghklmnpqrstvx".split("")];
const vowels = "aăâeêioôơuưy".split("");
const marks = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"];
const vietnamese = fc
  .array(fc.tuple(fc.constantFrom(...initials), fc.constantFrom(...vowels), fc.constantFrom(...marks)), { minLength: 1, maxLength: 6 })
  .map((syllables) => syllables.map((parts) => parts.join("")).join("")); // prettier-ignore

describe("folding", () => {
  it("finds a name without its marks, in any order of its words", () => {
    const said = [["dao thi hoa"], ["Đào Thị Hoà"], ["Đào Thị Hòa"], ["HOA DAO thi"]].map(([name = ""]) => foldedWords(name).toSorted());
    for (const words of said) expect(words).toEqual(["dao", "hoa", "thi"]);
    expect(foldedWords("HOA DAO").every((word) => foldedWords("Đào Thị Hoà").includes(word))).toBe(true);
  }); // prettier-ignore

  it.each([["Hòa", "Hoà"], ["Thủy", "Thuỷ"], ["khỏe", "khoẻ"], ["Túy", "Tuý"], ["Đắk Lắk", "dak lak"], ["Ngưỡng", "NGUONG"], ["Ðào", "Đào"], ["Siti  Nur-Aini", "siti nur aini"]])("makes %s and %s one", (a, b) => {
    expect(foldText(a)).toBe(foldText(b));
  }); // prettier-ignore

  it("keeps a word of another script whole", () => {
    expect(foldedWords("မောင်")).toHaveLength(1);
    expect(foldedWords("សុខា")).toHaveLength(1);
    expect(foldedWords("สมชาย")).toHaveLength(1);
  });

  it("leaves only plain letters of Vietnamese words", () => {
    fc.assert(
      fc.property(vietnamese, (word) => {
        expect(foldText(word)).toMatch(/^[a-z]+$/);
      }),
    );
  });

  it("says the same of a text in NFC and NFD, in capitals or not, and when done twice", () => {
    fc.assert(
      fc.property(fc.oneof(vietnamese, fc.string({ unit: "grapheme" })), (text) => {
        const folded = foldText(text);
        expect(foldText(text.normalize("NFC"))).toBe(folded);
        expect(foldText(text.normalize("NFD"))).toBe(folded);
        expect(foldText(folded)).toBe(folded);
      }),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(vietnamese, (word) => {
        expect(foldText(word.toUpperCase())).toBe(foldText(word));
      }),
    );
  });

  it("has no words where there are no letters", () => {
    expect(foldedWords(" -'.… ")).toEqual([]);
  });
});
