// A neutral page over everything: whoever looks over the shoulder sees a list of chores.
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { useFocusInContent } from "#src/ui/focus-content.ts";
import "./cover.css";

export function Cover({ onLift }: { readonly onLift: () => void }) {
  const { t } = useTexts();
  // Not the button: a key pressed by habit must not lift the cover.
  useFocusInContent();
  return (
    <main className="cover" id="main" tabIndex={-1} data-covered>
      <h1>{t("app.name")}</h1>
      <ul>
        <li>{t("cover.chore1")}</li>
        <li>{t("cover.chore2")}</li>
        <li>{t("cover.chore3")}</li>
        <li>{t("cover.chore4")}</li>
      </ul>
      <Button variant="quiet" action="uncover" onClick={onLift}>
        {t("cover.lift")}
      </Button>
    </main>
  );
}
