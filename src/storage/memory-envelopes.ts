// Envelopes in memory: for tests, the simulation of many devices, and pages that must leave nothing behind.
import { err, ok } from "#src/domain/ports/result.ts";
import type { Envelope, EnvelopeStore } from "./envelope.ts";

/** What outlives a store: hand the same disk to the next one to reopen it. */
export interface MemoryDisk {
  readonly envelopes: Map<string, Envelope>;
  /** Characters of sealed text that fit; absent: no limit. */
  capacity?: number;
}

export const newMemoryDisk = (): MemoryDisk => ({ envelopes: new Map() });

export function openMemoryEnvelopes(disk: MemoryDisk): EnvelopeStore {
  return {
    all: () => Promise.resolve(ok([...disk.envelopes.values()])),
    write(puts, drops) {
      if (sizeAfter(disk, puts, drops) > (disk.capacity ?? Infinity))
        return Promise.resolve(err({ type: "StorageFull" }));
      for (const envelope of puts) disk.envelopes.set(envelope.id, envelope);
      for (const id of drops) disk.envelopes.delete(id);
      return Promise.resolve(ok(undefined));
    },
    close: () => Promise.resolve(),
  };
}

function sizeAfter(disk: MemoryDisk, puts: readonly Envelope[], drops: readonly string[]): number {
  if (disk.capacity === undefined) return 0;
  const after = new Map(disk.envelopes);
  for (const envelope of puts) after.set(envelope.id, envelope);
  for (const id of drops) after.delete(id);
  return [...after.values()].reduce((size, { b }) => size + b.length, 0);
}
