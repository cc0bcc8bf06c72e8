// More: language, look, this device, the people on it, names kept, and leaving.
import { EyeOff, Lock } from "lucide-react";
import { useSession } from "#src/data/session.tsx";
import { useWork } from "#src/data/work.tsx";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { LanguageChoice } from "#src/ui/language-choice.tsx";
import { PageHeader } from "#src/ui/page-header.tsx";
import { Sheet } from "#src/ui/sheet.tsx";
import { KeptNames } from "./kept-names.tsx";
import { PassphraseChange } from "./passphrase-change.tsx";
import { RecoveryKey } from "./recovery-key.tsx";
import { StorageFacts } from "./storage-facts.tsx";
import { ThemeChoice } from "./theme-choice.tsx";

export function SettingsScreen() {
  const { t } = useTexts();
  const { lock, cover } = useSession();
  const { account } = useWork().profile;
  return (
    <div className="page stack-loose">
      <PageHeader title={t("nav.settings")} detail={account.displayName} />
      <Sheet title={t("settings.leave")}>
        <p>{t("settings.leaveHint")}</p>
        <div className="cluster">
          <Button icon={Lock} action="lock" onClick={lock}>
            {t("settings.lock")}
          </Button>
          <Button icon={EyeOff} action="cover" onClick={cover}>
            {t("settings.cover")}
          </Button>
        </div>
        <p className="quiet">{t("settings.coverHint")}</p>
      </Sheet>
      <Sheet title={t("settings.look")}>
        <LanguageChoice />
        <ThemeChoice />
      </Sheet>
      <KeptNames />
      <PassphraseChange />
      <RecoveryKey />
      <StorageFacts />
      <Sheet title={t("settings.people")}>
        <p>{t("settings.peopleHint")}</p>
      </Sheet>
    </div>
  );
}
