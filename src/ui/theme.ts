// Light or dark, by the person's choice or the system's.

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

// Neutral on purpose, as the language is: whoever holds the device can read it.
const storageKey = "theme";

export function rememberedTheme(): Theme {
  try {
    const stored = localStorage.getItem(storageKey);
    return themes.find((theme) => theme === stored) ?? "system";
  } catch {
    return "system";
  }
}

/** Shows and remembers a theme; without one, the remembered. */
export function applyTheme(theme: Theme = rememberedTheme()): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
  try {
    localStorage.setItem(storageKey, theme);
  } catch {
    // Storage is blocked: the choice holds until the page is closed.
  }
}
