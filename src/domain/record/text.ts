// What counts as text in a record: how long it is, and which characters have no place in it.

/** Length in Unicode code points, as people count letters. A lone surrogate counts as one. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** No control characters (a note may hold line breaks and tabs), and no half of a surrogate pair. */
export function isCleanText(text: string, lines: "one" | "many"): boolean {
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (point >= 0xd800 && point <= 0xdfff) return false;
    if (point === 0x7f) return false;
    if (point < 0x20 && !(lines === "many" && (point === 0x0a || point === 0x09))) return false;
  }
  return true;
}
