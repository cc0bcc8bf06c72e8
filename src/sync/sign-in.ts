// The first sign-in of somebody on this device: who they are, whether the password must change, the agency's key.
import { z } from "zod";
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import {
  type FirstSignIn,
  minimumPassphraseLength,
  oneTimePasswordWord,
  type PasswordFault,
  samePassphrase,
  type SignIn,
  type SignInFault,
} from "#src/domain/ports/sign-in.ts";
import { parseRole } from "#src/domain/roles.ts";
import type { Fetch } from "./couch-client.ts";

const session = z.object({ ok: z.literal(true), roles: z.array(z.string()) });
const about = z.object({ oneTimePassword: z.boolean() });
const accountDoc = z.object({ displayName: z.string() });
const recoveryDoc = z.object({ recipient: z.string() });
const refusal = z.object({ error: z.string() });

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** `base` is the CouchDB address (`/db`), `api` that of the front door (`/api`), which may be absent (D4). */
export function createSignIn({ base, api, fetch }: { base: string; api: string; fetch: Fetch }): SignIn {
  /** The status and JSON body of an answer; undefined body for anything that is not JSON. */
  async function ask(method: string, url: string, body?: object): Promise<Answer | undefined> {
    try {
      const answer = await fetch(url, {
        method,
        credentials: "same-origin",
        cache: "no-store",
        redirect: "error",
        headers: { accept: "application/json", ...(body ? { "content-type": "application/json" } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      const text = await answer.text();
      const isJson = answer.headers.get("content-type")?.includes("json") ?? false;
      return { status: answer.status, body: isJson ? JSON.parse(text) : undefined };
    } catch {
      return undefined;
    }
  }

  function faultOf(answer: Answer | undefined): SignInFault {
    if (!answer) return { type: "NoConnection" };
    // A captive portal answers with a page, often with status 200.
    if (!refusal.safeParse(answer.body).success) return { type: "NotTheCentre" };
    if (answer.status === 401) return { type: "WrongPassword" };
    if (answer.status === 403) return { type: "LockedOut" };
    return { type: "CentreFault", status: answer.status };
  }

  async function first(name: string, typed: string): Promise<Result<FirstSignIn, SignInFault>> {
    const password = samePassphrase(typed);
    const answer = await ask("POST", `${base}/_session`, { name, password });
    const signed = session.safeParse(answer?.body);
    if (!signed.success) return err(faultOf(answer));
    const { roles } = signed.data;
    if (!roles.some((role) => parseRole(role))) {
      await signOut();
      return err({ type: "NoRole" });
    }
    const [front, account, recovery] = await Promise.all([
      ask("GET", `${api}/session`),
      ask("GET", `${base}/directory/${encodeURIComponent(`account:${name}`)}`),
      ask("GET", `${base}/directory/${encodeURIComponent("recovery_key:agency")}`),
    ]);
    // The network went away between two questions: begin again rather than make a profile without recovery.
    if (!front || !account || !recovery) return err({ type: "NoConnection" });
    // The same for a centre that is in trouble: "no" is said with 404, and a one-time password must not slip through.
    const isHeld = isOneTime(account) || isOneTime(recovery);
    const unsure = [front, account, recovery].find(({ status }) => status === 429 || status >= 500);
    if (unsure) return err(faultOf(unsure));
    // Who is refused here would get a profile that nobody could recover.
    const refused = [account, recovery].find(({ status }) => status === 401 || status === 403);
    if (refused && !isHeld) return err(uncertain(refused));
    const displayName = accountDoc.safeParse(account.body);
    const recipient = recoveryDoc.safeParse(recovery.body);
    const oneTime = about.safeParse(front.body);
    return ok({
      account: {
        name,
        password,
        roles,
        displayName: displayName.success ? displayName.data.displayName : name,
      },
      oneTimePassword: isHeld || (oneTime.success && oneTime.data.oneTimePassword),
      recoveryRecipient: recipient.success ? recipient.data.recipient : undefined,
    });
  }

  const isOneTime = ({ body }: Answer) => refusal.safeParse(body).data?.error === oneTimePasswordWord;

  /** A refusal that says nothing of the password. */
  const uncertain = (answer: Answer): SignInFault =>
    refusal.safeParse(answer.body).success
      ? { type: "CentreFault", status: answer.status }
      : { type: "NotTheCentre" };

  async function changePassword(
    name: string,
    oldTyped: string,
    nextTyped: string,
  ): Promise<Result<void, PasswordFault>> {
    const old = samePassphrase(oldTyped);
    const next = samePassphrase(nextTyped);
    if (Array.from(next).length < minimumPassphraseLength) return err({ type: "PasswordTooShort" });
    if (next === old) return err({ type: "PasswordUnchanged" });
    const change = () => ask("POST", `${api}/password`, { name, old, new: next });
    let answer = await change();
    // Ten minutes are soon over while somebody thinks of a phrase, and another person may sign in on this device.
    if (answer?.status === 401) {
      const again = await ask("POST", `${base}/_session`, { name, password: old });
      if (again?.status === 401) return err({ type: "SessionEnded" });
      if (!session.safeParse(again?.body).success) return err(faultOf(again));
      answer = await change();
    }
    if (answer?.status === 200 && answer.body !== undefined) return ok(undefined);
    if (answer?.status === 404 || answer?.status === 405) return err({ type: "CannotChangeHere" });
    return err(passwordFaultOf(answer));
  }

  /** The front door tells by `error` what is wrong: one status stands for several reasons. */
  function passwordFaultOf(answer: Answer | undefined): PasswordFault {
    const refused = refusal.safeParse(answer?.body);
    switch (refused.data?.error) {
      case "session_ended":
        return { type: "SessionEnded" };
      case "wrong_password":
        return { type: "WrongPassword" };
      case "locked":
        return { type: "LockedOut" };
      case "password_too_short":
        return { type: "PasswordTooShort" };
      case "password_too_long":
        return { type: "PasswordTooLong" };
      case "password_unchanged":
        return { type: "PasswordUnchanged" };
      case "no_account":
        return { type: "CannotChangeHere" };
      default:
        // 403 without any of these words is no lock-out: another site's page, or rights that changed.
        return refused.success && answer?.status === 403
          ? { type: "CentreFault", status: 403 }
          : faultOf(answer);
    }
  }

  async function signOut(): Promise<void> {
    await ask("DELETE", `${base}/_session`);
  }

  return { first, changePassword, signOut };
}
