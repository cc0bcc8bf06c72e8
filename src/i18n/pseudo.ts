// Makes texts strange but readable, to find what is not translated and what does not fit.
import type { Texts } from "./locales.ts";

const strange: Readonly<Record<string, string>> = {
  a: "ȧ",
  e: "ḗ",
  i: "ī",
  o: "ǿ",
  u: "ŭ",
  c: "ƈ",
  n: "ƞ",
  s: "ş",
  t: "ŧ",
};

/** `Lưu {{count}}` → `⟦Lưŭ {{count}} ···⟧`: accented, a third longer, placeholders kept. */
export function pseudoText(text: string): string {
  const parts = text.split(/(\{\{[^}]*\}\})/);
  const accented = parts.map((part) =>
    part.startsWith("{{") ? part : part.replace(/[aeioucnst]/g, (letter) => strange[letter] ?? letter),
  );
  return `⟦${accented.join("")} ${"·".repeat(Math.ceil(text.length / 3))}⟧`;
}

export function pseudoTexts(texts: Texts): Texts {
  const made: Record<string, string> = {};
  for (const [key, text] of Object.entries(texts)) made[key] = pseudoText(text);
  return { ...texts, ...made };
}
