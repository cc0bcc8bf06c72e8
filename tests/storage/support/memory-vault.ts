// A vault in memory for tests and pages that must leave nothing behind: real keys and sealing, no disk, no browser.
import { ok } from "#src/domain/ports/result.ts";
import type { Surroundings } from "#src/domain/ports/surroundings.ts";
import { argon2 } from "#src/storage/argon2.ts";
import { newMemoryDisk, openMemoryEnvelopes, type MemoryDisk } from "#src/storage/memory-envelopes.ts";
import type { Ownership } from "#src/storage/ownership.ts";
import type { Argon2Cost } from "#src/storage/passphrase.ts";
import type { Places } from "#src/storage/places.ts";
import type { Profile, Profiles, Unfinished } from "#src/storage/profiles.ts";
import { createVault, type SealedVault, type VaultParts } from "#src/storage/vault.ts";
import { testSurroundings } from "./surroundings.ts";

/** The least that Argon2 takes: for tests only. */
const cheapCost: Argon2Cost = { memoryKiB: 8, passes: 1, lanes: 1 };

/** All that a device keeps: vaults made over the same one are tabs of one browser, or the same one started again. */
export interface MemoryDevice {
  readonly rows: Map<string, Profile | Unfinished>;
  readonly disks: Map<string, MemoryDisk>;
  readonly owners: Map<string, () => void>;
  /** Whether nothing more can be written about people; what lies there can be read. */
  isFull: boolean;
}

export const newMemoryDevice = (): MemoryDevice => ({
  rows: new Map(),
  disks: new Map(),
  owners: new Map(),
  isFull: false,
});

export function memoryVault(
  options: { device?: MemoryDevice; surroundings?: Surroundings; parts?: Partial<VaultParts> } = {},
): SealedVault {
  const { device = newMemoryDevice(), surroundings = testSurroundings(), parts } = options;
  return createVault({
    surroundings,
    profiles: memoryProfiles(device),
    places: memoryPlaces(device),
    ownership: memoryOwnership(device),
    derive: argon2,
    cost: cheapCost,
    ...parts,
  });
}

function memoryProfiles(device: MemoryDevice): Profiles {
  const { rows } = device;
  const write = (profile: Profile | Unfinished) => {
    if (device.isFull) return Promise.reject(new DOMException("no room", "QuotaExceededError"));
    rows.set(profile.id, profile);
    return Promise.resolve();
  };
  return {
    all: () => Promise.resolve([...rows.values()]),
    put: write,
    async change(id, step) {
      const profile = rows.get(id);
      if (!profile || "unfinished" in profile) return undefined;
      const [next, answer] = step(profile);
      await write(next);
      return answer;
    },
    remove(id) {
      rows.delete(id);
      return Promise.resolve();
    },
  };
}

function memoryPlaces({ disks }: MemoryDevice): Places {
  return {
    kind: "origin",
    open(name) {
      const disk = disks.get(name) ?? newMemoryDisk();
      disks.set(name, disk);
      return Promise.resolve(ok(openMemoryEnvelopes(disk)));
    },
    discard(name) {
      disks.delete(name);
      return Promise.resolve();
    },
    persist: () => Promise.resolve(),
  };
}

function memoryOwnership({ owners }: MemoryDevice): Ownership {
  const hold = (name: string) => {
    let lose: () => void = () => undefined;
    const lost = new Promise<void>((resolve) => (lose = resolve));
    owners.set(name, lose);
    const release = () => {
      if (owners.get(name) === lose) owners.delete(name);
    };
    return { lost, holds: () => Promise.resolve(owners.get(name) === lose), release };
  };
  return {
    claim: (name) => Promise.resolve(owners.has(name) ? undefined : hold(name)),
    takeOver(name) {
      owners.get(name)?.();
      return Promise.resolve(hold(name));
    },
  };
}
