// The password that was handed out serves once: a phrase of one's own takes its place and seals this device.
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { type FirstSignIn, minimumPassphraseLength, samePassphrase } from "#src/domain/ports/sign-in.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { SecretInput } from "#src/ui/secret-input.tsx";
import { troubleText } from "./trouble-text.ts";
import type { Unlock } from "./use-unlock.ts";

export function NewPasswordForm({
  unlock,
  signedIn,
}: {
  readonly unlock: Unlock;
  readonly signedIn: FirstSignIn;
}) {
  const { t } = useTexts();
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const [differs, setDiffers] = useState(false);
  const trouble = unlock.trouble && troubleText(t, unlock.trouble);
  return (
    <form
      className="stack"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        const same = samePassphrase(next) === samePassphrase(again);
        setDiffers(!same);
        if (same) void unlock.choosePassword(signedIn, next);
      }}
    >
      <p>{t("unlock.newPasswordHint", { count: minimumPassphraseLength })}</p>
      <SecretInput
        first
        name="account.newPassword"
        label={t("unlock.newPassword")}
        value={next}
        onChange={setNext}
        problem={trouble}
      />
      <SecretInput
        name="account.newPasswordAgain"
        label={t("unlock.newPasswordAgain")}
        value={again}
        onChange={setAgain}
        problem={differs ? t("unlock.passwordsDiffer") : undefined}
      />
      <Button
        variant="primary"
        type="submit"
        wide
        icon={KeyRound}
        action="save"
        busy={unlock.busy !== undefined}
      >
        {t("unlock.newPasswordSave")}
      </Button>
    </form>
  );
}
