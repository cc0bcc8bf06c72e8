// Whether the centre names another recovery key than the one this device trusts.
import type { Reader } from "#src/domain/ports/store.ts";
import type { OpenProfile } from "#src/domain/ports/vault.ts";

/** A key that the centre names in place of the one this device wraps its own to; it is not taken over. */
export function foreignKey(read: Reader, { recoveryRecipient }: OpenProfile): string | undefined {
  const named = read.list("recovery_key")[0]?.record.recipient;
  return recoveryRecipient === undefined || named === recoveryRecipient ? undefined : named;
}
