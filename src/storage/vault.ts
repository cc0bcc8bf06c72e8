// The profiles of this device: makes, unlocks and locks them, one open at a time.
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import type { Surroundings } from "#src/domain/ports/surroundings.ts";
import type { ProfileLabel, SignedIn, UnlockFault, Vault } from "#src/domain/ports/vault.ts";
import { newId } from "#src/domain/record/ids.ts";
import { envelopeFault } from "./envelope.ts";
import { initialsOf } from "./initials.ts";
import type { Ownership } from "./ownership.ts";
import { takeDataKey, unwrapKey, wrapKey, type Argon2Cost, type DeriveKey } from "./passphrase.ts";
import type { Places } from "./places.ts";
import type { Profile, Profiles, Unfinished } from "./profiles.ts";
import { Queue } from "./queue.ts";
import { wrapForRecovery } from "./recovery.ts";
import { openSession, placeName, type OpenSealedProfile, type Session } from "./session.ts";
import { admitTry, noTries } from "./tries.ts";

export interface VaultParts {
  readonly surroundings: Surroundings;
  readonly profiles: Profiles;
  readonly places: Places;
  readonly ownership: Ownership;
  readonly derive: DeriveKey;
  /** Of new wrappings; older ones keep theirs until the passphrase is changed. */
  readonly cost: Argon2Cost;
}

/** The vault as storage makes it: profiles come with a store that also serves the exchange. */
export interface SealedVault extends Vault {
  create(
    account: SignedIn,
    recoveryRecipient: string | undefined,
  ): Promise<Result<OpenSealedProfile, UnlockFault>>;
  unlock(
    id: string,
    passphrase: string,
    options?: UnlockOptions,
  ): Promise<Result<OpenSealedProfile, UnlockFault>>;
}

type UnlockOptions = Parameters<Vault["unlock"]>[2];

export const createVault = (parts: VaultParts): SealedVault => new OneOpenVault(parts);

const dataKeyBytes = 32;
const keyIdBytes = 6;

class OneOpenVault implements SealedVault {
  readonly #parts: VaultParts;
  readonly #queue = new Queue();
  readonly #listeners = new Set<() => void>();
  #session: Session | undefined;

  constructor(parts: VaultParts) {
    this.#parts = parts;
  }

  async profiles(): Promise<readonly ProfileLabel[]> {
    const all = await this.#parts.profiles.all();
    return all.filter(isFinished).map(({ id, label, recovery }) => ({
      id,
      label,
      recoverable: recovery !== undefined,
    }));
  }

  create(account: SignedIn, recoveryRecipient: string | undefined) {
    return this.#run(async () => {
      await this.#end();
      await this.#clearUnfinished();
      const { profiles, places, ownership } = this.#parts;
      const unfinished: Unfinished = { id: this.#newId(), place: places.kind, unfinished: true };
      const claim = await ownership.claim(unfinished.id);
      if (!claim) return err({ type: "OpenElsewhere" });
      let session: Session | undefined;
      try {
        await profiles.put(unfinished);
        const { profile, key } = await this.#makeProfile(unfinished, account, recoveryRecipient);
        const { id: profileId, keyId, place } = profile;
        const opened = await openSession({ profileId, keyId, place, key, claim, account }, this.#parts);
        if (!opened.ok) return opened;
        session = opened.value;
        // From here on it is on the unlock screen.
        await profiles.put(profile);
        void places.persist();
        return ok(this.#begin(session));
      } finally {
        if (!this.#session) {
          await session?.end();
          claim.release();
          await this.#clearUnfinished();
        }
      }
    });
  }

  unlock(id: string, passphrase: string, { takeOver = false, progress }: UnlockOptions = {}) {
    return this.#run(async () => {
      await this.#end();
      const { ownership } = this.#parts;
      let claim = await ownership.claim(id);
      if (!claim && !takeOver) return err({ type: "OpenElsewhere" });
      try {
        const tried = await this.#tryPassphrase(id, passphrase);
        if (!tried.ok) return tried;
        const { profile, dataKey } = tried.value;
        const key = await takeDataKey(dataKey);
        // Only now: who does not know the passphrase must not close another tab.
        claim ??= await ownership.takeOver(id);
        const { id: profileId, keyId, place } = profile;
        const parts = { profileId, keyId, place, key, claim, ...(progress && { progress }) };
        const opened = await openSession(parts, this.#parts);
        if (!opened.ok) return opened;
        return ok(this.#begin(opened.value));
      } finally {
        if (!this.#session) claim?.release();
      }
    });
  }

  async lock(): Promise<void> {
    await this.#queue.run(() => this.#end());
  }

  changePassphrase(old: string, next: string): Promise<Result<void, UnlockFault>> {
    return this.#run(async () => {
      const id = this.#session?.profileId;
      if (id === undefined) return notOpen;
      const tried = await this.#tryPassphrase(id, old);
      if (!tried.ok) return tried;
      const { profile, dataKey } = tried.value;
      const key = await this.#wrap(dataKey, next, profile);
      dataKey.fill(0);
      await this.#parts.profiles.change(id, (profile) => [{ ...profile, key }, undefined]);
      return ok(undefined);
    });
  }

  updateAccount(account: SignedIn): Promise<Result<void, UnlockFault>> {
    return this.#run(async () => (await this.#session?.update(account)) ?? notOpen);
  }

  onTakenOver(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** One thing at a time; what the machine causes comes back as a value. */
  #run<T>(task: () => Promise<Result<T, UnlockFault>>): Promise<Result<T, UnlockFault>> {
    return this.#queue.run(async () => {
      try {
        return await task();
      } catch (error) {
        return err(envelopeFault(error));
      }
    });
  }

  #begin(session: Session): OpenSealedProfile {
    this.#session = session;
    void session.lost.then(() => this.#takenOver(session));
    return session.profile;
  }

  async #end(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await session?.end();
  }

  async #takenOver(session: Session): Promise<void> {
    if (this.#session !== session) return;
    this.#session = undefined;
    const ended = session.end();
    for (const listener of this.#listeners) listener();
    await ended;
  }

  /** A fresh data key, wrapped; its bytes do not outlive this. */
  async #makeProfile(
    { id, place }: Unfinished,
    account: SignedIn,
    recoveryRecipient: string | undefined,
  ): Promise<{ profile: Profile; key: CryptoKey }> {
    const { surroundings, profiles } = this.#parts;
    const dataKey = Uint8Array.from(surroundings.randomBytes(dataKeyBytes));
    const keyId = hex(surroundings.randomBytes(keyIdBytes));
    const labels = (await profiles.all()).filter(isFinished).map(({ label }) => label);
    const recovery =
      recoveryRecipient === undefined
        ? undefined
        : await wrapForRecovery(dataKey, { profileId: id, keyId }, recoveryRecipient);
    const profile: Profile = {
      id,
      label: initialsOf(account.displayName, labels),
      place,
      keyId,
      key: await this.#wrap(dataKey, account.password, { id, keyId }),
      tries: noTries,
      ...(recovery !== undefined && { recovery }),
    };
    return { profile, key: await takeDataKey(dataKey) };
  }

  async #wrap(
    dataKey: Uint8Array<ArrayBuffer>,
    passphrase: string,
    { id, keyId }: Pick<Profile, "id" | "keyId">,
  ) {
    const { cost, derive, surroundings } = this.#parts;
    const randomBytes = (count: number) => surroundings.randomBytes(count);
    return wrapKey(dataKey, passphrase, { profileId: id, keyId }, { cost, derive, randomBytes });
  }

  /** The profile's data key, if the passphrase opens it and may be tried now. The try is on the disk before it is made. */
  async #tryPassphrase(
    id: string,
    passphrase: string,
  ): Promise<Result<{ profile: Profile; dataKey: Uint8Array<ArrayBuffer> }, UnlockFault>> {
    const { profiles, surroundings, derive } = this.#parts;
    const now = surroundings.now();
    const noted = await profiles.change(id, (profile) => {
      const { waitSeconds, tries } = admitTry(profile.tries, now);
      return [
        { ...profile, tries },
        { profile, waitSeconds },
      ];
    });
    if (!noted) return err({ type: "StorageFailed", detail: "no such profile" });
    const { profile, waitSeconds } = noted;
    if (waitSeconds > 0) return err({ type: "WaitBeforeTrying", seconds: waitSeconds });
    const setTries = async (tries: Profile["tries"]) =>
      profiles.change(id, (profile) => [{ ...profile, tries }, undefined]);
    try {
      const dataKey = await unwrapKey(
        profile.key,
        passphrase,
        { profileId: id, keyId: profile.keyId },
        derive,
      );
      if (!dataKey) return err({ type: "WrongPassphrase" });
      await setTries(noTries);
      return ok({ profile, dataKey });
    } catch (error) {
      // The passphrase was not really tried: no memory for Argon2, say.
      await setTries(profile.tries);
      throw error;
    }
  }

  /** What a crash in the middle of `create` left behind. */
  async #clearUnfinished(): Promise<void> {
    const { profiles, places, ownership } = this.#parts;
    for (const row of await profiles.all()) {
      if (isFinished(row)) continue;
      // Another tab may be making it just now.
      const claim = await ownership.claim(row.id);
      if (!claim) continue;
      await places.discard(placeName(row.id), row.place);
      await profiles.remove(row.id);
      claim.release();
    }
  }

  #newId(): string {
    return newId((count) => this.#parts.surroundings.randomBytes(count));
  }
}

const notOpen = err<UnlockFault>({ type: "StorageFailed", detail: "no profile is open" });

const isFinished = (row: Profile | Unfinished): row is Profile => !("unfinished" in row);

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
