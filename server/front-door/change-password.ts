// Changes somebody's own password: proves the old one, keeps the new one, ends the one-time flag.
import { CouchFault, type CouchClient } from "#server/couch-client/couch-client.ts";
import { readAccount, writeAccount } from "#server/couch-client/account.ts";
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

  for (let tries = 1; ; tries++) {
    // Read before the proof and written on top of that revision: what is replaced is the password that was proven, and
    // not one that an operator has given the account meanwhile.
    const account = await readAccount(deps.admin, change.name);
    const proof = await signIn(change.name, old, deps.couch, from);
    if (proof.status === 401) return { error: "wrong_password" };
    if (proof.status === 403) return { error: "locked" };
    if (proof.status !== 200) throw new CouchFault(proof.status, "The record store does not sign in.");
    if (account === undefined) return { error: "no_account" };
    const { oneTimePassword: _ended, ...kept } = account;
    if (await writeAccount(deps.admin, change.name, { ...kept, password: next })) break;
    if (tries === TRIES) throw new CouchFault(409, "The account is being changed again and again.");
  }
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
