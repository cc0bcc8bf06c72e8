// The path from a closed app to an open profile, as one state and the steps that lead on.
import { useCallback, useEffect, useState } from "react";
import type { FirstSignIn, PasswordFault, SignIn, SignInFault } from "#src/domain/ports/sign-in.ts";
import type { OpenProfile, ProfileLabel, UnlockFault, Vault } from "#src/domain/ports/vault.ts";

/** Where the person stands on the way in. */
export type UnlockStep =
  | { readonly at: "loading" }
  /** Somebody of this device: type the passphrase. */
  | { readonly at: "passphrase"; readonly profile: ProfileLabel }
  | { readonly at: "signIn" }
  /** The password was a one-time one: choose another first. */
  | { readonly at: "newPassword"; readonly signedIn: FirstSignIn }
  | { readonly at: "forgotten"; readonly profile: ProfileLabel };

export type Busy = {
  readonly what: "asking" | "sealing" | "opening";
  readonly done?: number;
  readonly total?: number;
};
export type UnlockTrouble = UnlockFault | SignInFault | PasswordFault;

export interface Unlock {
  readonly step: UnlockStep;
  readonly profiles: readonly ProfileLabel[];
  readonly busy: Busy | undefined;
  readonly trouble: UnlockTrouble | undefined;
  go(step: UnlockStep): void;
  unlock(profile: ProfileLabel, passphrase: string, takeOver?: boolean): Promise<void>;
  signIn(name: string, password: string): Promise<void>;
  choosePassword(signedIn: FirstSignIn, next: string): Promise<void>;
}

export function useUnlock<P extends OpenProfile>(
  vault: Vault<P>,
  centre: SignIn,
  onOpen: (profile: P) => void,
): Unlock {
  const [step, setStep] = useState<UnlockStep>({ at: "loading" });
  const [profiles, setProfiles] = useState<readonly ProfileLabel[]>([]);
  const [busy, setBusy] = useState<Busy>();
  const [trouble, setTrouble] = useState<UnlockTrouble>();

  useEffect(() => {
    let gone = false;
    void vault.profiles().then((found) => {
      if (gone) return;
      const [only] = found;
      setProfiles(found);
      setStep(only ? { at: "passphrase", profile: only } : { at: "signIn" });
    });
    return () => {
      gone = true;
    };
  }, [vault]);

  const go = useCallback((next: UnlockStep) => {
    setTrouble(undefined);
    setStep(next);
  }, []);

  async function during(what: Busy, work: () => Promise<UnlockTrouble | undefined>): Promise<void> {
    setTrouble(undefined);
    setBusy(what);
    setTrouble(await work());
    setBusy(undefined);
  }

  const create = async (signedIn: FirstSignIn): Promise<UnlockTrouble | undefined> => {
    setBusy({ what: "sealing" });
    const made = await vault.create(signedIn.account, signedIn.recoveryRecipient);
    if (!made.ok) return made.error;
    onOpen(made.value);
    return undefined;
  };

  return {
    step,
    profiles,
    busy,
    trouble,
    go,
    unlock: (profile, passphrase, takeOver = false) =>
      during({ what: "opening" }, async () => {
        const opened = await vault.unlock(profile.id, passphrase, {
          takeOver,
          progress: (done, total) => setBusy({ what: "opening", done, total }),
        });
        if (!opened.ok) return opened.error;
        onOpen(opened.value);
        return undefined;
      }),
    signIn: (name, password) =>
      during({ what: "asking" }, async () => {
        const signed = await centre.first(name.trim(), password);
        if (!signed.ok) return signed.error;
        if (!signed.value.oneTimePassword) return create(signed.value);
        setStep({ at: "newPassword", signedIn: signed.value });
        return undefined;
      }),
    choosePassword: (signedIn, next) =>
      during({ what: "asking" }, async () => {
        const { name, password } = signedIn.account;
        const changed = await centre.changePassword(name, password, next);
        if (!changed.ok) {
          const { type } = changed.error;
          if (type !== "SessionEnded" && type !== "WrongPassword") return changed.error;
          // The password that was handed out holds no more: begin again with the one that does.
          setStep({ at: "signIn" });
          return { type: "SessionEnded" };
        }
        // The session ended with the old password: sign in with the new one, which becomes the passphrase.
        const again = await centre.first(signedIn.account.name, next);
        return again.ok ? create(again.value) : again.error;
      }),
  };
}
