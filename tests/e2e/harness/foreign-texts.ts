// Words on the screen that belong to another of our languages, or to none: keys, bare dates, empty placeholders.
import en from "#locales/en.json" with { type: "json" };
import id from "#locales/id.json" with { type: "json" };
import vi from "#locales/vi.json" with { type: "json" };
import { properNames } from "#src/domain/profiles/areas.ts";
import type { Locale } from "#src/i18n/locales.ts";

const texts: Readonly<Record<Locale, Readonly<Record<string, string>>>> = { vi, en, id };
const spoken = [
  "aria-label",
  "aria-valuetext",
  "aria-roledescription",
  "placeholder",
  "title",
  "alt",
] as const;

/** Names that languages have in common: of places and peoples, and as `Intl` writes them. */
const shared: ReadonlySet<string> = new Set(["Vietnam", ...Object.values(properNames)]);

/** One line for each such text on the screen. */
export function foreignTexts(locale: Locale): readonly string[] {
  const own = new Set(Object.values(texts[locale]));
  const found = [...shownTexts(locale)].filter((text) => !own.has(text) && !shared.has(text));
  return found.flatMap((text) => {
    const wrong = wrongIn(text, locale);
    return wrong === undefined ? [] : [`${wrong}: "${text}"`];
  });
}

function wrongIn(text: string, locale: Locale): string | undefined {
  if (/\{\{|\bundefined\b|\[object|\bNaN\b/.test(text)) return "not a text";
  if (/^[a-z][a-zA-Z]*(?:\.[a-zA-Z_]+)+$/.test(text) && text in texts.en) return "a key";
  if (/\b\d{4}-\d{2}-\d{2}(?:T|\b)/.test(text)) return "a date as records keep it";
  for (const other of Object.keys(catalogues)) {
    if (other === locale || !isOurs(other)) continue;
    const { whole, patterns } = catalogues[other];
    if (whole.has(text) || patterns.some((pattern) => pattern.test(text))) return `said in ${other}`;
  }
  if (locale !== "en" && englishWords.test(text)) return "said in en";
  return undefined;
}

/** Small words that neither Vietnamese nor Indonesian has. */
const englishWords = /\b(?:the|and|of|your|this|that|with|from|have|not|was|were|will|cannot)\b/i;

const isOurs = (code: string): code is Locale => Object.hasOwn(texts, code);

interface Catalogue {
  readonly whole: ReadonlySet<string>;
  readonly patterns: readonly RegExp[];
}

const catalogues: Readonly<Record<Locale, Catalogue>> = {
  vi: catalogueOf("vi"),
  en: catalogueOf("en"),
  id: catalogueOf("id"),
};

/** Its texts that no other language has in the same words. */
function catalogueOf(locale: Locale): Catalogue {
  const all = Object.values(texts[locale]);
  const open = all.filter((text) => text.includes("{{"));
  // Patterns of little but placeholders would fit anything.
  const telling = open.filter((text) => text.replaceAll(/\{\{\w+\}\}/g, "").trim().length > 8);
  return {
    whole: new Set(all.filter((text) => !text.includes("{{"))),
    patterns: telling.map(
      (text) =>
        new RegExp(
          `^${text
            .split(/\{\{\w+\}\}/)
            .map(escaped)
            .join(".+")}$`,
        ),
    ),
  };
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Everything that is read from the screen, by eye or aloud, except what says that it is in another language. */
function shownTexts(locale: Locale): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (text: string | null) => {
    const words = (text ?? "").replaceAll(/\s+/g, " ").trim();
    if (/[\p{L}\d]/u.test(words)) found.add(words);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { currentNode } = walker;
    const within = currentNode.parentElement?.closest("[lang]")?.getAttribute("lang");
    const isCode = currentNode.parentElement?.closest("script, style, pre") !== null;
    if (within === locale && !isCode) add(currentNode.textContent);
  }
  for (const name of spoken)
    for (const element of document.querySelectorAll(`[${name}]`)) {
      if (element.closest("[lang]")?.getAttribute("lang") === locale) add(element.getAttribute(name));
    }
  add(document.title);
  return found;
}
