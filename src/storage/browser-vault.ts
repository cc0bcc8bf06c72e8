// The vault of the product, put together for a real browser.
import type { Surroundings } from "#src/domain/ports/surroundings.ts";
import { browserPlaces } from "./browser-places.ts";
import { deriveInWorker } from "./derive-in-worker.ts";
// Only an address: the worker's code is fetched when it is started.
// oxlint-disable-next-line import/default -- made by Vite
import workerAddress from "./passphrase-worker.ts?worker&url";
import { productCost } from "./passphrase.ts";
import { dexieProfiles } from "./profiles.ts";
import { createVault, type SealedVault } from "./vault.ts";
import { webLocks } from "./web-locks.ts";

/** Script address of the worker that runs Argon2id: the page's Trusted Types policy must let it through. */
export const passphraseWorkerAddress: string = workerAddress;

/** Loads RxDB, Dexie and age only when they are needed. */
export function createBrowserVault(surroundings: Surroundings): SealedVault {
  return createVault({
    surroundings,
    profiles: dexieProfiles(),
    places: browserPlaces(),
    ownership: webLocks(navigator.locks),
    derive: deriveInWorker(() => new Worker(workerAddress, { type: "module" })),
    cost: productCost,
  });
}
