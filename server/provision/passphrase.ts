// Random one-time passwords that can be read out on the telephone and typed on any keyboard.

// No letter that Vietnamese typing (Telex) turns into a mark: d, f, j, r, s, w, x, z stand for one after a vowel, and a
// second a, e or o in a word makes â, ê, ô.
const CONSONANTS = "bcghklmnptv";
const VOWELS = "aeiou";
const GROUPS = 4;
const SYLLABLES = 3;

/**
 * Four groups of three syllables, `bakimo-tunahe-…`: 4 × log2(55 × 44 × 33) = 65 bits.
 * @param randomBytes cryptographically strong
 */
export function oneTimePassphrase(randomBytes: (count: number) => Uint8Array): string {
  const pick = (letters: string) => letters.charAt(below(letters.length, randomBytes));
  const group = () => {
    let left = VOWELS;
    let text = "";
    for (let syllable = 0; syllable < SYLLABLES; syllable++) {
      const vowel = pick(left);
      left = left.replace(vowel, "");
      text += pick(CONSONANTS) + vowel;
    }
    return text;
  };
  return Array.from({ length: GROUPS }, group).join("-");
}

/** A number below `limit` (at most 256), each as likely as the others. */
function below(limit: number, randomBytes: (count: number) => Uint8Array): number {
  const fair = 256 - (256 % limit);
  for (;;) {
    const byte = randomBytes(1)[0] ?? 0;
    if (byte < fair) return byte % limit;
  }
}
