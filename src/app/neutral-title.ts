// The title of the page: the neutral name of the app, never a screen or a person.
import { useEffect } from "react";
import { useTexts } from "#src/i18n/use-texts.ts";

/** Keeps the title in the language of the page. */
export function useNeutralTitle(): void {
  const { t } = useTexts();
  useEffect(() => {
    document.title = t("app.name");
  }, [t]);
}
