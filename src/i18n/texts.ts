// Loads the texts of the chosen language before the first paint and keeps the document's language true.
import { createInstance } from "i18next";
import { initReactI18next } from "react-i18next";
import { defaultLocale, isLocale, type Locale, locales, type Texts } from "./locales.ts";
import { pseudoTexts } from "./pseudo.ts";

/** The one instance; only this folder speaks to it. */
export const i18n = createInstance();

// Neutral on purpose: what lies in localStorage can be read by whoever holds the device.
const storageKey = "locale";

/** The language chosen last on this device, else Vietnamese. */
export function rememberedLocale(): Locale {
  try {
    const stored = localStorage.getItem(storageKey);
    return isLocale(stored) ? stored : defaultLocale;
  } catch {
    return defaultLocale;
  }
}

function remember(locale: Locale): void {
  try {
    localStorage.setItem(storageKey, locale);
  } catch {
    // Storage is blocked: the choice holds until the page is closed.
  }
}

/** Texts made strange, so that a text that never went through a key stands out; in development only. */
const isPseudo = () => import.meta.env.DEV && new URLSearchParams(location.search).get("locale") === "pseudo";

async function load(locale: Locale): Promise<Texts> {
  const texts = await locales[locale].load();
  return import.meta.env.DEV && isPseudo() ? pseudoTexts(texts) : texts;
}

/** Call and await once, before the first render: afterwards every text of `locale` is there. */
export async function setUpTexts(locale: Locale = rememberedLocale()): Promise<void> {
  await i18n.use(initReactI18next).init({
    lng: locale,
    resources: { [locale]: { translation: await load(locale) } },
    fallbackLng: false,
    // Keys are flat and hold dots; React escapes what it shows.
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    returnNull: false,
    react: { useSuspense: false },
  });
  document.documentElement.lang = locale;
}

/** Shows everything in another language and remembers it. Rejects, changing nothing, when its texts cannot be loaded. */
export async function changeLocale(locale: Locale): Promise<void> {
  if (!i18n.hasResourceBundle(locale, "translation")) {
    i18n.addResourceBundle(locale, "translation", await load(locale));
  }
  await i18n.changeLanguage(locale);
  document.documentElement.lang = locale;
  remember(locale);
}
