// The first sign-in on this device; needs the network once.
import { LogIn } from "lucide-react";
import { useState } from "react";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { LineInput } from "#src/ui/line-input.tsx";
import { Notice } from "#src/ui/notice.tsx";
import { SecretInput } from "#src/ui/secret-input.tsx";
import { troubleText } from "./trouble-text.ts";
import type { Unlock } from "./use-unlock.ts";

export function SignInForm({ unlock }: { readonly unlock: Unlock }) {
  const { t } = useTexts();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  return (
    <form
      className="stack"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void unlock.signIn(name, password);
      }}
    >
      <p>{t("unlock.signInHint")}</p>
      <LineInput name="account.name" label={t("unlock.accountName")} value={name} onChange={setName} />
      <SecretInput
        name="account.password"
        label={t("unlock.password")}
        value={password}
        onChange={setPassword}
      />
      {unlock.trouble ? (
        <Notice tone="due" announce title={t("unlock.notSignedIn")}>
          {troubleText(t, unlock.trouble)}
        </Notice>
      ) : null}
      <Button
        variant="primary"
        type="submit"
        wide
        icon={LogIn}
        action="sign-in"
        busy={unlock.busy !== undefined}
      >
        {t("unlock.signIn")}
      </Button>
    </form>
  );
}
