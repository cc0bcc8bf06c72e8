// Holds back whoever still has the password that was handed out: until it is changed, their session opens nothing (D5).
import { oneTimePasswordWord } from "#src/domain/ports/sign-in.ts";
import type { CouchClient } from "#server/couch-client/couch-client.ts";
import { hasOneTimePassword, readAccount } from "#server/couch-client/account.ts";
import type { CouchHandler } from "./couch-handler.ts";
import { refuse } from "./headers.ts";
import type { PathKind } from "./path-kind.ts";
import { whoAsks } from "./who-asks.ts";

export type Standing =
  | { is: "free" }
  /** The password of this account was handed out and not changed yet. */
  | { is: "held"; name: string }
  /** The session is nobody's: not to be passed on, so that what is nobody's now is not somebody's a moment later. */
  | { is: "nobody" };

/** Asks how the owner of a session stands. */
export type PasswordGate = (cookie: string, from: { address: string; secure: boolean }) => Promise<Standing>;

interface GateDeps {
  couch: CouchHandler;
  admin: CouchClient;
  /** Unix time in milliseconds. */
  now: () => number;
}

/**
 * How long a session that was found free stays so without asking again. A password that is handed out ends every
 * session of its account by itself; only a flag that an operator sets by hand takes as long to be noticed.
 */
const FREE_MS = 30_000;
const MOST_REMEMBERED = 10_000;

/** The store says whose a session is, and the account says how its owner stands: what the cookie claims counts for nothing. */
export function passwordGate({ couch, admin, now }: GateDeps): PasswordGate {
  const freeUntil = new Map<string, number>();
  const remember = (cookie: string) => {
    freeUntil.delete(cookie);
    const [oldest] = freeUntil.keys();
    if (freeUntil.size >= MOST_REMEMBERED && oldest !== undefined) freeUntil.delete(oldest);
    freeUntil.set(cookie, now() + FREE_MS);
  };
  return async (cookie, from) => {
    const left = (freeUntil.get(cookie) ?? 0) - now();
    if (left > 0 && left <= FREE_MS) return { is: "free" };
    const caller = await whoAsks(couch, cookie, from);
    if (caller === undefined) return { is: "nobody" };
    if (hasOneTimePassword(await readAccount(admin, caller.name))) return { is: "held", name: caller.name };
    remember(cookie);
    return { is: "free" };
  };
}

/** What somebody with a one-time password may ask for: the session, signing out, another password. */
export const isBeforeTheGate = ({ part, endpoint = "" }: PathKind): boolean =>
  part === "db" ? endpoint === "_session" : ["session", "password", "health"].includes(endpoint);

/** The client knows the word, and asks for a password of the person's own. */
export const refuseOneTimePassword = () =>
  refuse(403, oneTimePasswordWord, "Change the password that was handed out before anything else.");
