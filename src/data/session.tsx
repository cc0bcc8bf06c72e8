// What a screen may ask of the session around it: lock, cover, and the people on this device.
import { createContext, type ReactNode, use } from "react";
import type { SignIn } from "#src/domain/ports/sign-in.ts";
import type { Vault } from "#src/domain/ports/vault.ts";

export interface Session {
  readonly vault: Vault;
  readonly signIn: SignIn;
  /** Forgets key and records in memory and goes to the unlock screen; drafts are already saved. */
  lock(): void;
  /** Hides everything at once; nothing is forgotten. */
  cover(): void;
}

const SessionContext = createContext<Session | undefined>(undefined);

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error("no session here");
  return session;
}
