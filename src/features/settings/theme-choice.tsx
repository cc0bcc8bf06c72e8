// Light, dark, or as the system has it.
import { useState } from "react";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Choices } from "#src/ui/fields/choice.tsx";
import { applyTheme, rememberedTheme, themes } from "#src/ui/theme.ts";

export function ThemeChoice() {
  const { t } = useTexts();
  const [chosen, setChosen] = useState(rememberedTheme);
  return (
    <fieldset className="field field-row" role="radiogroup">
      <legend className="field-label">{t("settings.theme")}</legend>
      <Choices
        name="theme"
        options={themes.map((theme) => ({ value: theme, label: t(`settings.theme.${theme}`) }))}
        chosen={[chosen]}
        onPick={(value) => {
          const theme = themes.find((known) => known === value) ?? "system";
          applyTheme(theme);
          setChosen(theme);
        }}
      />
    </fieldset>
  );
}
