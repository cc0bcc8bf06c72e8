// The agency's side of a recovery file: opens it with the private key that provisioning wrote.
import { Decrypter } from "age-encryption";
import { base64ToBytes } from "#src/storage/base64.ts";

/** @param identity `AGE-SECRET-KEY-1…`; rejects where the file was made for another */
export async function openRecovery(file: string, identity: string): Promise<unknown> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return JSON.parse(await decrypter.decrypt(base64ToBytes(file) ?? new Uint8Array(), "text"));
}
