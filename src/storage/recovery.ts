// Wraps a data key to the agency's recovery key, so that a forgotten passphrase does not cost unsent intakes (D5).
import { base64ToBytes, bytesToBase64 } from "./base64.ts";
import type { KeyPurpose } from "./passphrase.ts";

/** What the agency finds inside the age file (https://age-encryption.org/v1) when it opens it. */
export interface RecoveredKey extends KeyPurpose {
  readonly key: Uint8Array<ArrayBuffer>;
}

/**
 * @param recipient `age1…`
 * @returns an age file as base64
 * @throws for a recipient that is none
 */
export async function wrapForRecovery(
  dataKey: Uint8Array,
  purpose: KeyPurpose,
  recipient: string,
): Promise<string> {
  const { Encrypter } = await import("age-encryption");
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const { profileId, keyId } = purpose;
  const file = await encrypter.encrypt(JSON.stringify({ profileId, keyId, key: bytesToBase64(dataKey) }));
  return bytesToBase64(file);
}

/**
 * The agency's side of it.
 * @param identity `AGE-SECRET-KEY-1…`
 * @throws where the file was not made for this identity, or is damaged
 */
export async function openRecovery(blob: string, identity: string): Promise<RecoveredKey> {
  const { Decrypter } = await import("age-encryption");
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const file = base64ToBytes(blob);
  if (!file) throw new Error("not base64");
  // The file is authenticated only in so far as somebody who knows the public key made it: nothing is trusted.
  const inside: unknown = JSON.parse(await decrypter.decrypt(file, "text"));
  const read = (name: string): string => {
    const value: unknown = inside instanceof Object ? Reflect.get(inside, name) : undefined;
    if (typeof value !== "string") throw new Error(`no ${name} in the recovery file`);
    return value;
  };
  const key = base64ToBytes(read("key"));
  if (key?.length !== 32) throw new Error("no key in the recovery file");
  return { profileId: read("profileId"), keyId: read("keyId"), key };
}
