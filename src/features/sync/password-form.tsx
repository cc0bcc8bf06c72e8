// The password was changed at the centre: try the new one there, then seal this device with it (D5).
import { useState } from "react";
import { useSession } from "#src/data/session.tsx";
import { useWork } from "#src/data/work.tsx";
import type { MessageKey } from "#src/i18n/message-key.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { SecretInput } from "#src/ui/secret-input.tsx";

export function PasswordForm() {
  const { t } = useTexts();
  const { vault, signIn } = useSession();
  const { profile, exchange } = useWork();
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<MessageKey>();
  const [busy, setBusy] = useState(false);
  const tryIt = async () => {
    const { account } = profile;
    const signed = await signIn.first(account.name, password);
    if (!signed.ok) {
      setProblem(
        signed.error.type === "CentreFault"
          ? "exchange.hint.centreFault"
          : `unlock.fault.${signed.error.type}`,
      );
      return;
    }
    // The old password still opens this device; only after the re-wrapping does the new one.
    const wrapped = await vault.changePassphrase(account.password, signed.value.account.password);
    const kept = wrapped.ok ? await vault.updateAccount(signed.value.account) : wrapped;
    if (kept.ok) void exchange.resume(signed.value.account.password);
    else setProblem("sync.passwordNotKept");
  };
  return (
    <form
      className="stack"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        setBusy(true);
        void tryIt().finally(() => setBusy(false));
      }}
    >
      <SecretInput
        name="account.password"
        label={t("sync.newPassword")}
        value={password}
        onChange={setPassword}
        problem={problem && t(problem)}
      />
      <Button variant="primary" type="submit" action="usePassword" busy={busy}>
        {t("sync.usePassword")}
      </Button>
    </form>
  );
}
