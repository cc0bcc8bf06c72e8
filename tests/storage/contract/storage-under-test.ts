// What the contract needs to know of a kind of storage; no test framework, since it also runs inside a page.
import { createSealer } from "#src/storage/sealer.ts";
import { openSealedStore, type SealedStore } from "#src/storage/sealed-store.ts";
import type { Envelope, EnvelopeStore } from "#src/storage/envelope.ts";
import { testSurroundings } from "#tests/storage/support/surroundings.ts";

export interface StorageUnderTest {
  /** Opens the envelopes of this test, again and again; the ones before have been closed. */
  open(): Promise<EnvelopeStore>;
  /** From now on no batch of a megabyte fits any more; or all do again. */
  fill(full: boolean): Promise<void>;
}

export interface ContractCase {
  readonly name: string;
  run(storage: StorageUnderTest): Promise<void>;
}

const profileId = "3f2a5a0e-0000-4000-8000-000000000001";

/** The sealed store over it, always with the same key. */
export async function openStore(storage: StorageUnderTest): Promise<SealedStore> {
  const key = await crypto.subtle.importKey("raw", new Uint8Array(32).fill(7), "AES-GCM", false, [
    "encrypt",
    "decrypt",
  ]);
  const surroundings = testSurroundings();
  const sealer = createSealer(key, "k1", profileId, (count) => surroundings.randomBytes(count));
  const opened = await openSealedStore({ envelopes: await storage.open(), sealer, surroundings });
  if (!opened.ok) throw new Error(`did not open: ${opened.error.type}`);
  return opened.value;
}

/** The envelopes as they lie there, between two openings. */
export async function envelopesOf(storage: StorageUnderTest): Promise<readonly Envelope[]> {
  const envelopes = await storage.open();
  const all = await envelopes.all();
  await envelopes.close();
  if (!all.ok) throw new Error(all.error.type);
  return all.value;
}

/** Writes these over those with the same ids, as somebody with the disk in hand could. */
export async function tamper(storage: StorageUnderTest, changed: readonly Envelope[]): Promise<void> {
  const envelopes = await storage.open();
  await envelopes.all();
  const written = await envelopes.write(changed, []);
  await envelopes.close();
  if (!written.ok) throw new Error(written.error.type);
}

/** Compares as JSON: what lies in a store is JSON. */
export function equal(actual: unknown, expected: unknown, what: string): void {
  const [is, should] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== should) throw new Error(`${what}: is ${is}, should be ${should}`);
}
