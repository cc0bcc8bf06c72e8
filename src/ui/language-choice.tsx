// The choice of language, each in its own name; before signing in and at any time.
import { Languages } from "lucide-react";
import { isLocale, localeCodes, locales } from "#src/i18n/locales.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import "./language-choice.css";

export function LanguageChoice() {
  const { t, locale, changeLocale } = useTexts();
  return (
    <label className="language">
      <Languages aria-hidden className="icon" />
      <span className="visually-hidden">{t("ui.language")}</span>
      <select
        className="language-select"
        name="language"
        value={locale}
        onChange={(event) => {
          const chosen = event.currentTarget.value;
          // When its texts cannot be loaded the language stays as it is: nothing is lost, try again later.
          if (isLocale(chosen)) changeLocale(chosen).catch(() => undefined);
        }}
      >
        {localeCodes.map((code) => (
          <option key={code} value={code} lang={code}>
            {locales[code].nativeName}
          </option>
        ))}
      </select>
    </label>
  );
}
