// Folds a text for searching: Vietnamese marks, đ, tone placement and case say nothing there.

/**
 * `"Đào Thị Hoà"` → `"dao thi hoa"`. NFD does not fold đ, so it is folded by hand, with the letters of other
 * languages (eth, African d) that look like it and that old fonts put in its place.
 */
export function foldText(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[đĐðÐɖƉ]/g, "d")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** The folded words of a text; names match in any order of their words. */
export function foldedWords(text: string): readonly string[] {
  const folded = foldText(text);
  return folded === "" ? [] : folded.split(" ");
}
