// Takes over another password of the account: proven at the centre first, then this device is sealed with it. Records,
// drafts and what waits to be sent are not touched, whatever happens on the way.
import { useSession } from "#src/data/session.tsx";
import { useWork } from "#src/data/work.tsx";
import { type PasswordFault, samePassphrase } from "#src/domain/ports/sign-in.ts";
import type { MessageKey } from "#src/i18n/message-key.ts";
import type { TextParams } from "#src/i18n/use-texts.ts";

/** What is asked for now, and what stood in the way. */
export type Outcome = (
  | { readonly type: "type" }
  /** The password was handed out: choose one in its place. */
  | { readonly type: "choose"; readonly handedOut: string }
) & { readonly problem?: MessageKey; readonly params?: TextParams };

export function useAnotherPassword() {
  const { vault, signIn } = useSession();
  const { profile, exchange } = useWork();

  /** The old password opens this device until the new one does. */
  async function seal(password: string): Promise<Outcome> {
    const { account } = profile;
    const wrapped = await vault.changePassphrase(account.password, password);
    const kept = wrapped.ok ? await vault.updateAccount({ ...account, password }) : wrapped;
    if (!kept.ok) return { type: "type", problem: "sync.passwordNotKept" };
    void exchange.resume(password);
    return { type: "type" };
  }

  return {
    async use(typed: string): Promise<Outcome> {
      const signed = await signIn.first(profile.account.name, typed);
      if (!signed.ok) return { type: "type", ...wordsOf(signed.error) };
      const { account, oneTimePassword } = signed.value;
      return oneTimePassword ? { type: "choose", handedOut: account.password } : seal(account.password);
    },

    async choose(handedOut: string, next: string): Promise<Outcome> {
      const changed = await signIn.changePassword(profile.account.name, handedOut, next);
      if (changed.ok) return seal(samePassphrase(next));
      const { type } = changed.error;
      // It was changed meanwhile, or handed out anew: only the one that holds now leads on.
      const isOver = type === "SessionEnded" || type === "WrongPassword";
      return isOver
        ? { type: "type", problem: "unlock.fault.SessionEnded" }
        : { type: "choose", handedOut, ...wordsOf(changed.error) };
    },
  };
}

function wordsOf(fault: PasswordFault): { problem: MessageKey; params?: TextParams } {
  // Here nobody typed a name.
  if (fault.type === "WrongPassword") return { problem: "sync.passwordWrong" };
  return fault.type === "CentreFault"
    ? { problem: "unlock.fault.CentreFault", params: { status: fault.status } }
    : { problem: `unlock.fault.${fault.type}` };
}
