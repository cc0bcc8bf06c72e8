// The profiles of this device: makes, unlocks and locks them, one open at a time.
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import type { Surroundings } from "#src/domain/ports/surroundings.ts";
import type { ProfileLabel, SignedIn, UnlockFault, Vault } from "#src/domain/ports/vault.ts";
import { newId } from "#src/domain/record/ids.ts";
import { envelopeFault } from "./envelope.ts";
import type { Ownership } from "./ownership.ts";
import { takeDataKey, type Argon2Cost, type DeriveKey } from "./passphrase.ts";
import type { Places } from "./places.ts";
import { makeProfile, tryPassphrase, wrapDataKey } from "./profile-keys.ts";
import { isFinished, type Profiles, type Unfinished } from "./profiles.ts";
import { Queue } from "./queue.ts";
import { openSession, placeName, type OpenSealedProfile, type Session } from "./session.ts";
import { TryNotes } from "./try-notes.ts";

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
  /** Other keys and another id for this device's open profile, from its next opening on. */
  becomeAnotherDevice(): Promise<Result<void, UnlockFault>>;
}

type UnlockOptions = Parameters<Vault["unlock"]>[2];

export const createVault = (parts: VaultParts): SealedVault => new OneOpenVault(parts);

class OneOpenVault implements SealedVault {
  readonly #parts: VaultParts;
  readonly #queue = new Queue();
  readonly #tries: TryNotes;
  readonly #listeners = new Set<() => void>();
  #session: Session | undefined;

  constructor(parts: VaultParts) {
    this.#parts = parts;
    this.#tries = new TryNotes(parts.profiles);
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
        const { profile, key } = await makeProfile(unfinished, account, recoveryRecipient, this.#parts);
        const opened = await openSession({ profile, key, claim, account }, this.#parts);
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
        const tried = await tryPassphrase(id, passphrase, this.#parts, this.#tries);
        if (!tried.ok) return tried;
        const { profile, dataKey } = tried.value;
        const key = await takeDataKey(dataKey);
        // Only now: who does not know the passphrase must not close another tab.
        claim ??= await ownership.takeOver(id);
        const parts = { profile, key, claim, ...(progress && { progress }) };
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
      const tried = await tryPassphrase(id, old, this.#parts, this.#tries);
      if (!tried.ok) return tried;
      const { profile, dataKey } = tried.value;
      const key = await wrapDataKey(dataKey, next, profile, this.#parts);
      dataKey.fill(0);
      await this.#parts.profiles.change(id, (profile) => [{ ...profile, key }, undefined]);
      return ok(undefined);
    });
  }

  updateAccount(account: SignedIn): Promise<Result<void, UnlockFault>> {
    return this.#run(async () => (await this.#session?.update(account)) ?? notOpen);
  }

  becomeAnotherDevice(): Promise<Result<void, UnlockFault>> {
    const randomBytes = (count: number) => this.#parts.surroundings.randomBytes(count);
    return this.#run(async () => (await this.#session?.becomeAnotherDevice(randomBytes)) ?? notOpen);
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
