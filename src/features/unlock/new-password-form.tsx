// The password that was handed out serves once: a phrase of one's own takes its place and seals this device.
import type { FirstSignIn } from "#src/domain/ports/sign-in.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { ChosenPassword } from "#src/ui/chosen-password.tsx";
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
  return (
    <ChosenPassword
      problem={unlock.trouble && troubleText(t, unlock.trouble)}
      busy={unlock.busy !== undefined}
      save={t("unlock.newPasswordSave")}
      onChoose={(next) => void unlock.choosePassword(signedIn, next)}
    />
  );
}
