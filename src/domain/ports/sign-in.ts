// What the unlock screen asks of the centre: the first sign-in, and another password.
import type { Result } from "./result.ts";
import type { SignedIn } from "./vault.ts";

export interface FirstSignIn {
  readonly account: SignedIn;
  /** The password was handed out by somebody: a new one must be chosen before anything is kept here (D5). */
  readonly oneTimePassword: boolean;
  /** The agency's public key, if the directory has one. */
  readonly recoveryRecipient: string | undefined;
}

/** Each is a text key, `signIn.<type>`. */
export type SignInFault =
  | { readonly type: "NoConnection" }
  | { readonly type: "NotTheCentre" }
  | { readonly type: "WrongPassword" }
  | { readonly type: "LockedOut" }
  /** The account exists but holds no role of the product. */
  | { readonly type: "NoRole" }
  | { readonly type: "CentreFault"; readonly status: number };

export type PasswordFault =
  | SignInFault
  /** The session is over and the old password does not open another: sign in again with the one that holds now. */
  | { readonly type: "SessionEnded" }
  | { readonly type: "PasswordTooShort" }
  | { readonly type: "PasswordTooLong" }
  | { readonly type: "PasswordUnchanged" }
  /** The app works directly on a CouchDB, where passwords are changed by its administrator (D4). */
  | { readonly type: "CannotChangeHere" };

export interface SignIn {
  first(name: string, password: string): Promise<Result<FirstSignIn, SignInFault>>;
  /** Changes the account's password; where the session has ended meanwhile, it signs in with the old one once more. */
  changePassword(name: string, old: string, next: string): Promise<Result<void, PasswordFault>>;
  signOut(): Promise<void>;
}

/** The centre's word for: this password was handed out, and opens nothing until it is changed (status 403). */
export const oneTimePasswordWord = "one_time_password";

/** NFC or NFD, as keyboards happen to give, become one (D5). */
export const samePassphrase = (typed: string): string => typed.normalize("NFKC");

/** A phrase: long enough to withstand guessing on a stolen phone. */
export const minimumPassphraseLength = 12;
