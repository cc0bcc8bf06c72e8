// Another passphrase: changed at the centre first, then this device is sealed with it; records stay as they are.
import { useState } from "react";
import { useSession } from "#src/data/session.tsx";
import { useWork } from "#src/data/work.tsx";
import { minimumPassphraseLength, samePassphrase } from "#src/domain/ports/sign-in.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
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
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);

  const change = async () => {
    const { account } = profile;
    if (samePassphrase(old) !== account.password) return t("unlock.fault.WrongPassphrase");
    const signed = await signIn.first(account.name, old);
    const changed = signed.ok ? await signIn.changePassword(old, next) : signed;
    if (!changed.ok) {
      const { error } = changed;
      return error.type === "CentreFault"
        ? t("unlock.fault.CentreFault", { status: error.status })
        : t(`unlock.fault.${error.type}`);
    }
    const password = samePassphrase(next);
    const wrapped = await vault.changePassphrase(account.password, password);
    const kept = wrapped.ok ? await vault.updateAccount({ ...account, password }) : wrapped;
    // The centre has the new one already: the old still opens this device, and the exchange will ask.
    if (!kept.ok) return t("sync.passwordNotKept");
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
            label={t("unlock.passphrase")}
            value={old}
            onChange={setOld}
            problem={problem}
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
