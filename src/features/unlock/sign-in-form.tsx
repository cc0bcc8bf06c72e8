// The first sign-in on this device; needs the network once.
import { LogIn } from "lucide-react";
import { useId, useState } from "react";
import { useTexts } from "#src/i18n/use-texts.ts";
import { Button } from "#src/ui/button.tsx";
import { Notice } from "#src/ui/notice.tsx";
import { SecretInput } from "#src/ui/secret-input.tsx";
import { troubleText } from "./trouble-text.ts";
import type { Unlock } from "./use-unlock.ts";

export function SignInForm({ unlock }: { readonly unlock: Unlock }) {
  const { t } = useTexts();
  const id = useId();
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
      <div className="field field-row">
        <label className="field-label" htmlFor={id}>
          {t("unlock.accountName")}
        </label>
        <input
          className="control"
          id={id}
          name="account.name"
          value={name}
          required
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </div>
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
        action="signIn"
        busy={unlock.busy !== undefined}
      >
        {t("unlock.signIn")}
      </Button>
    </form>
  );
}
