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
  | { readonly type: "PasswordTooShort" }
  | { readonly type: "PasswordTooLong" }
  | { readonly type: "PasswordUnchanged" }
  /** The app works directly on a CouchDB, where passwords are changed by its administrator (D4). */
  | { readonly type: "CannotChangeHere" };

export interface SignIn {
  first(name: string, password: string): Promise<Result<FirstSignIn, SignInFault>>;
  /** Changes the password of whoever `first` signed in. */
  changePassword(old: string, next: string): Promise<Result<void, PasswordFault>>;
  signOut(): Promise<void>;
}

/** NFC or NFD, as keyboards happen to give, become one (D5). */
export const samePassphrase = (typed: string): string => typed.normalize("NFKC");

/** A phrase: long enough to withstand guessing on a stolen phone. */
export const minimumPassphraseLength = 12;
