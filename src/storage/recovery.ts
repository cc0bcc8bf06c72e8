// Wraps a data key to the agency's recovery key, so that a forgotten passphrase does not cost unsent intakes (D5).
import { bytesToBase64 } from "./base64.ts";
import type { KeyPurpose } from "./passphrase.ts";

/**
 * Inside is JSON: `profileId`, `keyId`, and `key`, the data key as base64.
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
