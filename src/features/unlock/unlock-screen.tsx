// The way in: who works on this device, their passphrase, or a first sign-in.
import { UserRound, UserRoundPlus } from "lucide-react";
import { useEffect, useRef } from "react";
import { useLocation } from "react-router";
import type { SignIn } from "#src/domain/ports/sign-in.ts";
import type { OpenProfile, Vault } from "#src/domain/ports/vault.ts";
import type { MessageKey } from "#src/i18n/message-key.ts";
import { useTexts } from "#src/i18n/use-texts.ts";
import { wasTakenOver } from "#src/ui/addresses.ts";
import { Button } from "#src/ui/button.tsx";
import { LanguageChoice } from "#src/ui/language-choice.tsx";
import { Notice } from "#src/ui/notice.tsx";
import { ProgressBar } from "#src/ui/progress-bar.tsx";
import { Forgotten } from "./forgotten.tsx";
import { NewPasswordForm } from "./new-password-form.tsx";
import { PassphraseForm } from "./passphrase-form.tsx";
import { SignInForm } from "./sign-in-form.tsx";
import { type Busy, type Unlock, type UnlockStep, useUnlock } from "./use-unlock.ts";
import "./unlock-screen.css";

interface UnlockScreenProps<P extends OpenProfile> {
  readonly vault: Vault<P>;
  readonly signIn: SignIn;
  readonly onOpen: (profile: P) => void;
}

const headings: Readonly<Record<UnlockStep["at"], MessageKey>> = {
  loading: "app.name",
  passphrase: "unlock.title",
  signIn: "unlock.signInTitle",
  newPassword: "unlock.newPasswordTitle",
  forgotten: "unlock.forgotten.title",
};

export function UnlockScreen<P extends OpenProfile>({ vault, signIn, onOpen }: UnlockScreenProps<P>) {
  const { t } = useTexts();
  const { search } = useLocation();
  const unlock = useUnlock(vault, signIn, onOpen);
  const { step, busy } = unlock;
  const headed = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step.at);
  useEffect(() => {
    // A button that led on is gone with its step: whoever pressed it by key goes on from the new heading.
    const isLost = shown.current !== "loading" && document.activeElement === document.body;
    if (shown.current !== step.at && isLost) headed.current?.focus();
    shown.current = step.at;
  }, [step.at]);
  return (
    <div className="unlock">
      <header className="unlock-top">
        <span className="unlock-name">{t("app.name")}</span>
        <LanguageChoice />
      </header>
      <main className="unlock-sheet stack" id="main">
        <h1 tabIndex={-1} ref={headed}>
          {t(headings[step.at])}
        </h1>
        {step.at === "passphrase" && wasTakenOver(search) && !unlock.trouble ? <TakenOver /> : null}
        {step.at === "passphrase" || step.at === "signIn" ? <People unlock={unlock} /> : null}
        <Step unlock={unlock} />
        <div role="status">{busy ? <Doing busy={busy} /> : null}</div>
      </main>
    </div>
  );
}

/** Said in the tab that lost: nobody locked it, and nothing is gone. */
function TakenOver() {
  const { t } = useTexts();
  return (
    <Notice tone="info" title={t("unlock.takenOver")}>
      {t("unlock.takenOverHint")}
    </Notice>
  );
}

function Step({ unlock }: { readonly unlock: Unlock }) {
  const { step } = unlock;
  switch (step.at) {
    case "loading":
      return null;
    case "passphrase":
      return <PassphraseForm key={step.profile.id} unlock={unlock} profile={step.profile} />;
    case "signIn":
      return <SignInForm unlock={unlock} />;
    case "newPassword":
      return <NewPasswordForm unlock={unlock} signedIn={step.signedIn} />;
    case "forgotten":
      return <Forgotten unlock={unlock} profile={step.profile} />;
  }
}

/** Neutral initials, no names, no counts: whoever looks learns nothing. */
function People({ unlock }: { readonly unlock: Unlock }) {
  const { t } = useTexts();
  const { profiles, step, go } = unlock;
  if (profiles.length === 0) return null;
  return (
    <div className="cluster" role="group" aria-label={t("unlock.who")}>
      {profiles.map((profile) => (
        <Button
          key={profile.id}
          icon={UserRound}
          aria-pressed={step.at === "passphrase" && step.profile.id === profile.id}
          onClick={() => go({ at: "passphrase", profile })}
        >
          {profile.label}
        </Button>
      ))}
      <Button
        variant="quiet"
        icon={UserRoundPlus}
        action="add-person"
        aria-pressed={step.at === "signIn"}
        onClick={() => go({ at: "signIn" })}
      >
        {t("unlock.someoneElse")}
      </Button>
    </div>
  );
}

function Doing({ busy }: { readonly busy: Busy }) {
  const { t } = useTexts();
  if (busy.done !== undefined && busy.total !== undefined && busy.total > 0) {
    return <ProgressBar label={t("unlock.busy.opening")} done={busy.done} total={busy.total} />;
  }
  return <p className="quiet">{t(`unlock.busy.${busy.what}`)}</p>;
}
