// A store in memory for tests and simulations: the real one in everything but the disk and, unless asked for, the sealing.
import type { Surroundings } from "#src/domain/ports/surroundings.ts";
import { newMemoryDisk, openMemoryEnvelopes, type MemoryDisk } from "#src/storage/memory-envelopes.ts";
import { openSealedStore, type SealedStore } from "#src/storage/sealed-store.ts";
import type { Sealer } from "#src/storage/sealer.ts";
import { testSurroundings } from "./surroundings.ts";

/** Seals nothing and needs no other thread, so that a run with a seed always takes the same turns. */
const clearSealer: Sealer = {
  seal: (id, text) => Promise.resolve({ id, v: 1, k: "clear", b: text }),
  open: ({ k, b }) => Promise.resolve(k === "clear" ? b : undefined),
};

/** Hand the same `disk` again to reopen what an earlier store left, ended or not. */
export async function openMemoryStore(
  options: { disk?: MemoryDisk; surroundings?: Surroundings; sealer?: Sealer } = {},
): Promise<SealedStore> {
  const { disk = newMemoryDisk(), surroundings = testSurroundings(), sealer = clearSealer } = options;
  const opened = await openSealedStore({ envelopes: openMemoryEnvelopes(disk), sealer, surroundings });
  if (!opened.ok) throw new Error(opened.error.type);
  return opened.value;
}
