// Unlocks the profile of somebody who works on this device; needs no network.
import { LockKeyholeOpen } from "lucide-react";
import { useState } from "react";
import type { ProfileLabel } from "#src/domain/ports/vault.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { Notice } from "#src/ui/notice.tsx";
import { SecretInput } from "#src/ui/secret-input.tsx";
import { troubleText } from "./trouble-text.ts";
import type { Unlock } from "./use-unlock.ts";

export function PassphraseForm({
  unlock,
  profile,
}: {
  readonly unlock: Unlock;
  readonly profile: ProfileLabel;
}) {
  const { t } = useTexts();
  const [passphrase, setPassphrase] = useState("");
  const { trouble, busy } = unlock;
  const elsewhere = trouble?.type === "OpenElsewhere";
  return (
    <form
      className="stack"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void unlock.unlock(profile, passphrase);
      }}
    >
      <SecretInput
        key={profile.id}
        first
        name="profile.passphrase"
        label={t("unlock.passphrase")}
        value={passphrase}
        onChange={setPassphrase}
        problem={trouble && !elsewhere ? troubleText(t, trouble) : undefined}
      />
      {elsewhere ? (
        <Notice
          tone="info"
          announce
          title={t("unlock.elsewhere")}
          actions={
            <Button
              variant="primary"
              action="take-over"
              onClick={() => void unlock.unlock(profile, passphrase, true)}
            >
              {t("unlock.takeOver")}
            </Button>
          }
        >
          {t("unlock.elsewhereHint")}
        </Notice>
      ) : null}
      <Button
        variant={elsewhere ? "secondary" : "primary"}
        type="submit"
        wide
        icon={LockKeyholeOpen}
        action="unlock"
        busy={busy !== undefined}
      >
        {t("unlock.open")}
      </Button>
      <Button variant="quiet" action="forgotten" onClick={() => unlock.go({ at: "forgotten", profile })}>
        {t("unlock.forgotten")}
      </Button>
    </form>
  );
}
