// Which recovery key this device trusts, and whether the centre names another one now.
import type { Reader } from "#src/domain/ports/store.ts";
import type { OpenProfile } from "#src/domain/ports/vault.ts";

/** The agency's public key as the directory has it, `age1…`. */
export const keyAtCentre = (read: Reader): string | undefined =>
  read.list("recovery_key")[0]?.record.recipient;

/** A key that the centre names in place of the one this device wraps its own to; it is not taken over. */
export function foreignKey(read: Reader, { recoveryRecipient }: OpenProfile): string | undefined {
  const named = keyAtCentre(read);
  return recoveryRecipient === undefined || named === recoveryRecipient ? undefined : named;
}
