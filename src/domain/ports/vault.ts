// What the rest of the product asks of the place where keys and people's profiles on this device are kept.
import type { Result } from "./result.ts";
import type { Store } from "./store.ts";

/** Somebody who works on this device, as the unlock screen may show it: no name, no counts. */
export interface ProfileLabel {
  readonly id: string;
  /** Neutral initials. */
  readonly label: string;
  /** Whether the data key is also wrapped to the agency's recovery key. */
  readonly recoverable: boolean;
}

/** Who is signed in, sealed inside the profile together with the password that renews the session (D5). */
export interface SignedIn {
  readonly name: string;
  readonly password: string;
  readonly displayName: string;
  readonly roles: readonly string[];
}

export type UnlockFault =
  | { readonly type: "WrongPassphrase" }
  /** Too many wrong tries: wait, nothing is erased. */
  | { readonly type: "WaitBeforeTrying"; readonly seconds: number }
  /** The device is so full that tries cannot be counted there: each waits, the first one too. */
  | { readonly type: "WaitWhileFull"; readonly seconds: number }
  /** Open in another tab or window of this browser. */
  | { readonly type: "OpenElsewhere" }
  | { readonly type: "StorageFull" }
  | { readonly type: "StorageFailed"; readonly detail: string };

/** An open profile; `store` and `account` end with `lock`. */
export interface OpenProfile {
  readonly id: string;
  readonly store: Store;
  readonly account: SignedIn;
  /** Random id of this device's profile, in every record as `device`. */
  readonly device: string;
  /** The agency's public recovery key (`age1…`) to which the data key is also wrapped; none where there was none. */
  readonly recoveryRecipient?: string;
}

export interface Vault<P extends OpenProfile = OpenProfile> {
  profiles(): Promise<readonly ProfileLabel[]>;
  /**
   * Makes a profile for somebody who has just signed in online; the password becomes the passphrase. The first recovery
   * key of a device is trusted; another one later is not taken over, in no profile.
   */
  create(account: SignedIn, recoveryRecipient: string | undefined): Promise<Result<P, UnlockFault>>;
  unlock(
    id: string,
    passphrase: string,
    options?: { takeOver?: boolean; progress?: (opened: number, total: number) => void },
  ): Promise<Result<P, UnlockFault>>;
  /** Forgets the key and everything in memory. */
  lock(): Promise<void>;
  /** Re-wraps the data key; records are not touched. The old passphrase proves the right to. */
  changePassphrase(old: string, next: string): Promise<Result<void, UnlockFault>>;
  /** The signed-in account as it is now: roles can change at the centre. */
  updateAccount(account: SignedIn): Promise<Result<void, UnlockFault>>;
  /** Told when another tab took the profile over. */
  onTakenOver(listener: () => void): () => void;
}
