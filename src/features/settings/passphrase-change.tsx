// Another passphrase: changed at the centre first, then this device is sealed with it; records stay as they are.
import { useState } from "react";
import { useSession } from "#src/data/session.tsx";
import { useWork } from "#src/data/work.tsx";
import { minimumPassphraseLength, samePassphrase } from "#src/domain/ports/sign-in.ts";
import type { MessageKey } from "#src/i18n/message-key.ts";
import { type TextParams, useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { Disclosure } from "#src/ui/disclosure.tsx";
import { SecretInput } from "#src/ui/secret-input.tsx";
import { Sheet } from "#src/ui/sheet.tsx";
import { useToast } from "#src/ui/toast.tsx";

export function PassphraseChange() {
  const { t } = useTexts();
  const { vault, signIn } = useSession();
  const { profile, exchange } = useWork();
  const say = useToast();
  const [old, setOld] = useState("");
  const [next, setNext] = useState("");
  const [problem, setProblem] = useState<{ readonly text: MessageKey; readonly params?: TextParams }>();
  const [busy, setBusy] = useState(false);

  const change = async () => {
    const { account } = profile;
    if (samePassphrase(old) !== account.password) return { text: "unlock.fault.WrongPassphrase" } as const;
    const changed = await signIn.changePassword(account.name, old, next);
    if (!changed.ok) {
      const { error } = changed;
      return error.type === "CentreFault"
        ? ({ text: "unlock.fault.CentreFault", params: { status: error.status } } as const)
        : ({ text: `unlock.fault.${error.type}` } as const);
    }
    const password = samePassphrase(next);
    const wrapped = await vault.changePassphrase(account.password, password);
    const kept = wrapped.ok ? await vault.updateAccount({ ...account, password }) : wrapped;
    // The centre has the new one already: the old still opens this device, and the exchange will ask.
    if (!kept.ok) return { text: "sync.passwordNotKept" } as const;
    void exchange.resume(password);
    setOld("");
    setNext("");
    say(t("settings.passphraseChanged"));
    return undefined;
  };

  return (
    <Sheet title={t("settings.passphrase")}>
      <Disclosure summary={t("settings.passphraseChange")}>
        <form
          className="stack"
          autoComplete="off"
          onSubmit={(event) => {
            event.preventDefault();
            setBusy(true);
            void change()
              .then(setProblem)
              .finally(() => setBusy(false));
          }}
        >
          <p>{t("settings.passphraseHint", { count: minimumPassphraseLength })}</p>
          <SecretInput
            name="account.password"
            label={t("settings.passphraseOld")}
            value={old}
            onChange={setOld}
            problem={problem && t(problem.text, problem.params)}
          />
          <SecretInput
            name="account.newPassword"
            label={t("unlock.newPassword")}
            value={next}
            onChange={setNext}
          />
          <Button variant="primary" type="submit" action="save" busy={busy}>
            {t("settings.passphraseSave")}
          </Button>
        </form>
      </Disclosure>
    </Sheet>
  );
}
