// Changes somebody's own password: proves the old one, keeps the new one, ends the one-time flag.
import { CouchFault, type CouchClient } from "#server/couch-client/couch-client.ts";
import { accountPath, readAccount } from "./account.ts";
import type { CouchHandler } from "./couch-handler.ts";

export type PasswordFault =
  /** The old password is wrong. */
  | { error: "wrong_password" }
  /** Too many wrong passwords; CouchDB's own words say for how long. */
  | { error: "locked" }
  /** The new one has fewer than 12 characters (Unicode code points after NFKC), or more than 256. */
  | { error: "password_too_short" }
  | { error: "password_too_long" }
  | { error: "password_unchanged" }
  /** A server administrator of CouchDB is not an account of the product. */
  | { error: "no_account" };

export interface PasswordChange {
  name: string;
  old: string;
  new: string;
}

export interface PasswordDeps {
  couch: CouchHandler;
  admin: CouchClient;
}

const SHORTEST = 12;
const LONGEST = 256;
const TRIES = 3;

/**
 * Both passwords are taken in NFKC, as the device takes them: keyboards give the same letter in different ways (D5).
 * @returns the `Set-Cookie` lines of a new session (the old one ends with the old password), or why not
 */
export async function changePassword(
  change: PasswordChange,
  deps: PasswordDeps,
  from: { address: string; secure: boolean },
): Promise<readonly string[] | PasswordFault> {
  const old = change.old.normalize("NFKC");
  const next = change.new.normalize("NFKC");
  const length = [...next].length;
  if (length < SHORTEST) return { error: "password_too_short" };
  if (length > LONGEST) return { error: "password_too_long" };
  if (next === old) return { error: "password_unchanged" };

  const proof = await signIn(change.name, old, deps.couch, from);
  if (proof.status === 401) return { error: "wrong_password" };
  if (proof.status === 403) return { error: "locked" };
  if (proof.status !== 200) throw new CouchFault(proof.status, "The record store does not sign in.");
  if (!(await keep(change.name, next, deps.admin))) return { error: "no_account" };
  const session = await signIn(change.name, next, deps.couch, from);
  return session.headers.getSetCookie();
}

async function signIn(
  name: string,
  password: string,
  couch: CouchHandler,
  from: { address: string; secure: boolean },
): Promise<Response> {
  const request = new Request("http://couch.invalid/_session", {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      ...(from.secure ? { "X-Forwarded-Proto": "https" } : {}),
    },
    body: JSON.stringify({ name, password }),
  });
  const response = await couch(request, from);
  await response.body?.cancel();
  return response;
}

/** @returns false where there is no such account */
async function keep(name: string, password: string, admin: CouchClient): Promise<boolean> {
  for (let tries = 1; ; tries++) {
    const account = await readAccount(admin, name);
    if (account === undefined) return false;
    const { oneTimePassword: _ended, ...kept } = account;
    try {
      await admin.write("PUT", accountPath(name), { ...kept, password });
      return true;
    } catch (error) {
      // Provisioning changed the account in between: take its new form.
      if (!(error instanceof CouchFault && error.status === 409 && tries < TRIES)) throw error;
    }
  }
}
