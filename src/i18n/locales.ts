// The list of languages; each one's texts are a chunk of their own, loaded when it is chosen.
import type vi from "#locales/vi.json";

/** Every text, by key. `x_one` and `x_other` are forms of one text, chosen by `count`. */
export type Texts = Readonly<Record<keyof typeof vi, string>>;

export const locales = {
  vi: {
    nativeName: "Tiếng Việt",
    load: async (): Promise<Texts> => (await import("#locales/vi.json")).default,
  },
  en: { nativeName: "English", load: async (): Promise<Texts> => (await import("#locales/en.json")).default },
  id: {
    nativeName: "Bahasa Indonesia",
    load: async (): Promise<Texts> => (await import("#locales/id.json")).default,
  },
} as const;

export type Locale = keyof typeof locales;
export const localeCodes = Object.keys(locales) as readonly Locale[];
export const defaultLocale: Locale = "vi";

export function isLocale(code: unknown): code is Locale {
  return typeof code === "string" && Object.hasOwn(locales, code);
}
