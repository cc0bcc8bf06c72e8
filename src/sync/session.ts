// Who we are at the centre: signs in with the sealed password when the ten-minute cookie is gone (D5).
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import { z } from "zod";
import type { Asked, CouchClient } from "./couch-client.ts";
import type { Trouble } from "./trouble.ts";

export interface Session {
  /** Makes sure that the requests carry our own cookie, signing in where they do not. */
  confirm(signal: AbortSignal): Promise<Result<Confirmed, Trouble>>;
  /** The request, and once more after signing in again when the centre does not know us any more. */
  ask<T>(request: () => Asked<T>, signal: AbortSignal): Asked<T>;
  /** Another password from now on. */
  renew(password: string): void;
  /** How often this account has signed in: since an earlier count, requests may have gone under another's cookie. */
  readonly signIns: number;
  /** The centre refused the password: nothing is asked until there is a new one. */
  readonly refused: boolean;
}

export interface Confirmed {
  readonly roles: readonly string[];
  /** The cookie was gone, or somebody else's. */
  readonly anew: boolean;
}

const whoAmI = z.object({ userCtx: z.object({ name: z.string().nullable(), roles: z.array(z.string()) }) });
const signedIn = z.object({ ok: z.literal(true), roles: z.array(z.string()) });

function asLockedOut(answer: { readonly ok: false; readonly error: Trouble }): Result<never, Trouble> {
  const { error } = answer;
  if (error.kind !== "status" || error.status !== 403) return answer;
  return err({ kind: "lockedOut", ...(error.waitMs !== undefined && { waitMs: error.waitMs }) });
}

export function createSession(
  client: CouchClient,
  account: { readonly name: string; readonly password: string },
  onSignIn: () => void,
): Session {
  let { password } = account;
  let refused = false;
  let signIns = 0;
  let signingIn: Promise<Result<Confirmed, Trouble>> | undefined;

  /** One at a time: five wrong passwords lock the account, so each costs. */
  function signIn(signal: AbortSignal): Promise<Result<Confirmed, Trouble>> {
    signingIn ??= trySignIn(signal).finally(() => {
      signingIn = undefined;
    });
    return signingIn;
  }

  async function trySignIn(signal: AbortSignal): Promise<Result<Confirmed, Trouble>> {
    if (refused) return err({ kind: "passwordChanged" });
    const body = JSON.stringify({ name: account.name, password });
    const answer = await client.ask({ method: "POST", path: "/_session", body, schema: signedIn }, signal);
    if (answer.ok) {
      signIns += 1;
      onSignIn();
      return ok({ roles: answer.value.body.roles, anew: true });
    }
    if (answer.error.kind !== "status") return answer;
    if (answer.error.status === 401) {
      refused = true;
      return err({ kind: "passwordChanged" });
    }
    return asLockedOut(answer);
  }

  async function confirm(signal: AbortSignal): Promise<Result<Confirmed, Trouble>> {
    if (refused) return err({ kind: "passwordChanged" });
    const answer = await client.ask({ method: "GET", path: "/_session", schema: whoAmI }, signal);
    if (!answer.ok) {
      // With `require_valid_user`, CouchDB answers 401 to nobody.
      const unknown = answer.error.kind === "status" && answer.error.status === 401;
      return unknown ? signIn(signal) : asLockedOut(answer);
    }
    const { name, roles } = answer.value.body.userCtx;
    // The browser's cookie may be that of another person who works on this device.
    return name === account.name ? ok({ roles, anew: false }) : signIn(signal);
  }

  return {
    confirm,

    async ask(request, signal) {
      if (refused) return err({ kind: "passwordChanged" });
      const before = signIns;
      const answer = await request();
      if (answer.ok) return answer;
      const { error } = answer;
      if (error.kind !== "oneTimePassword" && !(error.kind === "status" && error.status === 401))
        return answer;
      // The cookie may be gone, or another person's, to whom a password was handed out. Where it is ours and good, whoever
      // refuses does so for a reason that no sign-in ends, and each costs the centre a password hash.
      const confirmed = await confirm(signal);
      if (!confirmed.ok) return confirmed;
      // Another request may have signed in meanwhile.
      return confirmed.value.anew || signIns !== before ? request() : answer;
    },

    renew(next) {
      password = next;
      refused = false;
    },

    get signIns() {
      return signIns;
    },

    get refused() {
      return refused;
    },
  };
}
