// A forgotten passphrase: what can be done and what cannot, truthfully.
import type { ProfileLabel } from "#src/domain/ports/vault.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { Sheet } from "#src/ui/sheet.tsx";
import type { Unlock } from "./use-unlock.ts";

export function Forgotten({ unlock, profile }: { readonly unlock: Unlock; readonly profile: ProfileLabel }) {
  const { t } = useTexts();
  return (
    <div className="stack">
      <Sheet title={t("unlock.forgotten.safe")}>
        <p>{t("unlock.forgotten.safeText")}</p>
      </Sheet>
      <Sheet title={t("unlock.forgotten.unsent")}>
        <p>{t(profile.recoverable ? "unlock.forgotten.recoverable" : "unlock.forgotten.notRecoverable")}</p>
      </Sheet>
      <Sheet title={t("unlock.forgotten.goOn")}>
        <p>{t("unlock.forgotten.goOnText")}</p>
      </Sheet>
      <Button variant="primary" wide onClick={() => unlock.go({ at: "signIn" })}>
        {t("unlock.forgotten.signIn")}
      </Button>
      <Button variant="quiet" action="back" onClick={() => unlock.go({ at: "passphrase", profile })}>
        {t("unlock.forgotten.tryAgain")}
      </Button>
    </div>
  );
}
