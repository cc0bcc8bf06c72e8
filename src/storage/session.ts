// An unlocked profile: its store, who is signed in, and the claim that keeps other tabs out.
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import type { StoreFault } from "#src/domain/ports/store.ts";
import type { Surroundings } from "#src/domain/ports/surroundings.ts";
import type { OpenProfile, SignedIn, UnlockFault } from "#src/domain/ports/vault.ts";
import { newId } from "#src/domain/record/ids.ts";
import { deviceKeys, makeDeviceKeys, type DeviceKeys, type StoredDeviceKeys } from "./device-keys.ts";
import type { Claim } from "./ownership.ts";
import type { PlaceKind, Places } from "./places.ts";
import type { Profile } from "./profiles.ts";
import { openSealedStore, type SealedStore } from "./sealed-store.ts";
import { createSealer } from "./sealer.ts";

/** An open profile as storage hands it out: its store also serves the exchange. */
export interface OpenSealedProfile extends OpenProfile {
  readonly store: SealedStore;
  readonly place: PlaceKind;
  /** Those that this device signs and opens files with. */
  readonly keys: DeviceKeys;
}

// Names of sealed values that belong to the vault.
const accountName = "vault.account";
const deviceName = "vault.device";

/** The keys never lie apart from the id by which colleagues know them. */
interface StoredDevice {
  readonly id: string;
  readonly keys: StoredDeviceKeys;
}

const newDevice = async (
  randomBytes: (count: number) => Uint8Array,
  id = newId(randomBytes),
): Promise<StoredDevice> => ({ id, keys: await makeDeviceKeys(randomBytes) });

const nobody: SignedIn = { name: "", password: "", displayName: "", roles: [] };

export interface SessionParts {
  readonly profile: Pick<Profile, "id" | "keyId" | "place" | "recipient">;
  readonly key: CryptoKey;
  readonly claim: Claim;
  /** For a profile that is just being made. */
  readonly account?: SignedIn;
  readonly progress?: (opened: number, total: number) => void;
}

/** Opaque name of a profile's database and bucket: lower-case letters and digits. */
export const placeName = (profileId: string): string => `x${profileId.replaceAll("-", "")}`;

export async function openSession(
  parts: SessionParts,
  { places, surroundings }: { places: Places; surroundings: Surroundings },
): Promise<Result<Session, UnlockFault>> {
  const { key, claim, progress } = parts;
  const { id: profileId, keyId, place } = parts.profile;
  const envelopes = await places.open(placeName(profileId), place);
  if (!envelopes.ok) return envelopes;
  const sealer = createSealer(key, keyId, profileId, (count) => surroundings.randomBytes(count));
  const opened = await openSealedStore({
    envelopes: envelopes.value,
    sealer,
    surroundings,
    holds: () => claim.holds(),
    ...(progress && { progress }),
  });
  if (!opened.ok) {
    await envelopes.value.close();
    return opened;
  }
  const session = new Session(parts, opened.value);
  const begun = await session.begin(parts.account, (count) => surroundings.randomBytes(count));
  if (begun.ok) return ok(session);
  await session.end();
  return begun;
}

export class Session {
  readonly profileId: string;
  readonly profile: OpenSealedProfile;
  readonly lost: Promise<void>;
  readonly #store: SealedStore;
  readonly #claim: Claim;
  #account: SignedIn = nobody;
  #device = "";

  constructor({ profile, claim }: SessionParts, store: SealedStore) {
    const { id, place, recipient } = profile;
    this.profileId = id;
    this.lost = claim.lost;
    this.#store = store;
    this.#claim = claim;
    const account = () => this.#account;
    const device = () => this.#device;
    this.profile = {
      id,
      store,
      place,
      keys: deviceKeys(() => (store.local(deviceName) as StoredDevice | undefined)?.keys),
      ...(recipient !== undefined && { recoveryRecipient: recipient }),
      get account() {
        return account();
      },
      get device() {
        return device();
      },
    };
  }

  /** Reads what a session needs, and writes what is missing: all of it where the profile is new. */
  async begin(
    account: SignedIn | undefined,
    randomBytes: (count: number) => Uint8Array,
  ): Promise<Result<void, UnlockFault>> {
    // Both were written here, and authenticated. Should one of the blobs be damaged, the records still open: with other
    // keys it is another device.
    const known = this.#store.local(deviceName) as StoredDevice | string | undefined;
    // Of a profile that was made before devices had keys there is the id alone.
    const device = typeof known === "object" ? known : await newDevice(randomBytes, known);
    this.#account = account ?? (this.#store.local(accountName) as SignedIn | undefined) ?? nobody;
    this.#device = device.id;
    const written = await this.#store.write({
      setLocal: {
        ...(account && { [accountName]: account }),
        ...(device !== known && { [deviceName]: device }),
      },
    });
    return asUnlockFault(written);
  }

  /** Another id and other keys from the next opening on: colleagues know this id by keys that are not ours. */
  async becomeAnotherDevice(randomBytes: (count: number) => Uint8Array): Promise<Result<void, UnlockFault>> {
    const device = await newDevice(randomBytes);
    return asUnlockFault(await this.#store.write({ setLocal: { [deviceName]: device } }));
  }

  async update(account: SignedIn): Promise<Result<void, UnlockFault>> {
    const written = asUnlockFault(await this.#store.write({ setLocal: { [accountName]: account } }));
    if (written.ok) this.#account = account;
    return written;
  }

  /** Lets accepted writes end, forgets everything, and lets other tabs in. */
  async end(): Promise<void> {
    this.#account = nobody;
    try {
      await this.#store.close();
    } finally {
      this.#claim.release();
    }
  }
}

function asUnlockFault(written: Result<void, StoreFault>): Result<void, UnlockFault> {
  if (written.ok) return written;
  const { error } = written;
  return err(
    error.type === "StorageFull" || error.type === "StorageFailed"
      ? error
      : { type: "StorageFailed", detail: error.type },
  );
}
