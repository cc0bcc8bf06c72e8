// The neutral label of a profile on the unlock screen: initials, and a number where two people share them.

export function initialsOf(displayName: string, taken: readonly string[]): string {
  const words = displayName.normalize("NFC").split(/\s+/).filter(Boolean);
  // The first and the last word: family and given name in Vietnamese, the other way round in Indonesian.
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  const initials =
    ends.map((word) => Array.from(word ?? "")[0]?.toLocaleUpperCase("vi") ?? "").join("") || "–";
  let label = initials;
  for (let number = 2; taken.includes(label); number++) label = `${initials} ${number}`;
  return label;
}
