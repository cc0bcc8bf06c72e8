// The way by file on a device without a centre: files are made and opened there as in the product.
import type { Bundles } from "#src/domain/ports/bundles.ts";
import type { Surroundings } from "#src/domain/ports/surroundings.ts";
import type { OpenSealedProfile } from "#src/storage/session.ts";
import { createBundles } from "#src/sync/bundles.ts";
import { createServerClock } from "#src/sync/server-clock.ts";

export const bundlesHere = (
  { account, device: id, keys, store }: OpenSealedProfile,
  surroundings: Surroundings,
): Bundles =>
  createBundles({
    replica: store,
    read: store.read,
    keys,
    account,
    device: id,
    recoveryRecipient: undefined,
    author: { name: account.name, newId: () => "" },
    clock: createServerClock(
      () => surroundings.now(),
      () => 0,
    ),
    surroundings,
    onHeld: () => undefined,
  });
