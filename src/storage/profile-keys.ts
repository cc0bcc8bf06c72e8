// Makes a profile's data key, wraps it, and gets it back from whoever knows the passphrase.
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import type { SignedIn, UnlockFault } from "#src/domain/ports/vault.ts";
import { initialsOf } from "./initials.ts";
import { takeDataKey, unwrapKey, wrapKey } from "./passphrase.ts";
import { isFinished, type Profile, type Unfinished } from "./profiles.ts";
import { wrapForRecovery } from "./recovery.ts";
import { noTries } from "./tries.ts";
import type { TryNotes } from "./try-notes.ts";
import type { VaultParts } from "./vault.ts";

const dataKeyBytes = 32;
const keyIdBytes = 6;

/** A fresh data key, wrapped by the account's password and, where there is one, the recovery key; its bytes do not outlive this. */
export async function makeProfile(
  { id, place }: Unfinished,
  account: SignedIn,
  recoveryRecipient: string | undefined,
  parts: VaultParts,
): Promise<{ profile: Profile; key: CryptoKey }> {
  const dataKey = Uint8Array.from(parts.surroundings.randomBytes(dataKeyBytes));
  const keyId = hex(parts.surroundings.randomBytes(keyIdBytes));
  const others = (await parts.profiles.all()).filter(isFinished);
  const labels = others.map(({ label }) => label);
  // Whoever exchanges the key at the centre must not get the devices that know the right one.
  const trusted = others.map(({ recipient }) => recipient).find((each) => each !== undefined);
  const recipient = trusted ?? recoveryRecipient;
  const recovery =
    recipient === undefined ? undefined : await wrapForRecovery(dataKey, { profileId: id, keyId }, recipient);
  const profile: Profile = {
    id,
    label: initialsOf(account.displayName, labels),
    place,
    keyId,
    key: await wrapDataKey(dataKey, account.password, { id, keyId }, parts),
    tries: noTries,
    ...(recipient !== undefined && recovery !== undefined && { recovery, recipient }),
  };
  return { profile, key: await takeDataKey(dataKey) };
}

export function wrapDataKey(
  dataKey: Uint8Array<ArrayBuffer>,
  passphrase: string,
  { id, keyId }: Pick<Profile, "id" | "keyId">,
  { cost, derive, surroundings }: VaultParts,
) {
  const randomBytes = (count: number) => surroundings.randomBytes(count);
  return wrapKey(dataKey, passphrase, { profileId: id, keyId }, { cost, derive, randomBytes });
}

/** The data key's bytes, if the passphrase opens them and may be tried now. The try is noted before it is made. */
export async function tryPassphrase(
  id: string,
  passphrase: string,
  { surroundings, derive }: VaultParts,
  notes: TryNotes,
): Promise<Result<{ profile: Profile; dataKey: Uint8Array<ArrayBuffer> }, UnlockFault>> {
  const noted = await notes.note(id, surroundings.now());
  if (!noted) return err({ type: "StorageFailed", detail: "no such profile" });
  const { profile, waitSeconds: seconds, isFull } = noted;
  if (seconds > 0) return err({ type: isFull ? "WaitWhileFull" : "WaitBeforeTrying", seconds });
  try {
    const dataKey = await unwrapKey(profile.key, passphrase, { profileId: id, keyId: profile.keyId }, derive);
    if (!dataKey) return err({ type: "WrongPassphrase" });
    await notes.proved(id);
    return ok({ profile, dataKey });
  } catch (error) {
    // No memory for Argon2, say.
    await notes.takeBack(noted);
    throw error;
  }
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
