// The password holds no more at the centre: type the one that does, choose another if it was handed out (D5).
import { useState } from "react";
import { useWork } from "#src/data/work.tsx";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { ChosenPassword } from "#src/ui/chosen-password.tsx";
import { useFocusAfter } from "#src/ui/focus-content.ts";
import { SecretInput } from "#src/ui/secret-input.tsx";
import { type Outcome, useAnotherPassword } from "./use-another-password.ts";

/** @param oneTime the password that this device knows was handed out; else the centre does not take it any more */
export function PasswordForm({ oneTime }: { readonly oneTime: boolean }) {
  const { t } = useTexts();
  const { account } = useWork().profile;
  const another = useAnotherPassword();
  const [password, setPassword] = useState("");
  const [outcome, setOutcome] = useState<Outcome>(
    oneTime ? { type: "choose", handedOut: account.password } : { type: "type" },
  );
  const [busy, setBusy] = useState(false);
  const problem = outcome.problem && t(outcome.problem, outcome.params);
  const pressed = useFocusAfter();
  const during = (work: Promise<Outcome>) => {
    setBusy(true);
    pressed();
    void work.then(setOutcome).finally(() => setBusy(false));
  };
  if (outcome.type === "choose") {
    const { handedOut } = outcome;
    return (
      <ChosenPassword
        problem={problem}
        busy={busy}
        save={t("sync.choosePassword")}
        onChoose={(next) => during(another.choose(handedOut, next))}
      />
    );
  }
  return (
    <form
      className="stack"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        during(another.use(password));
      }}
    >
      <SecretInput
        name="account.password"
        label={t("sync.newPassword")}
        value={password}
        onChange={setPassword}
        problem={problem}
      />
      <Button variant="primary" type="submit" action="use-password" busy={busy}>
        {t("sync.usePassword")}
      </Button>
    </form>
  );
}
