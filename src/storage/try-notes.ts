// Where each try of a passphrase is noted before it is made: on the disk, or in this page where the disk takes nothing more.
import { envelopeFault } from "./envelope.ts";
import { isFinished, type Profile, type Profiles } from "./profiles.ts";
import { admitTry, noTries, slowTries, type Tries } from "./tries.ts";

export interface NotedTry {
  readonly profile: Profile;
  /** What counted before this try. */
  readonly before: Tries;
  /** None where the try may be made now. */
  readonly waitSeconds: number;
  /** The disk is full: the note is gone with this page, so it begins with a wait. */
  readonly isFull: boolean;
}

export class TryNotes {
  readonly #profiles: Profiles;
  readonly #unwritten = new Map<string, Tries>();

  constructor(profiles: Profiles) {
    this.#profiles = profiles;
  }

  /** Undefined where there is no such profile. A wait is not a try. */
  async note(id: string, now: number): Promise<NotedTry | undefined> {
    const step = (profile: Profile): readonly [Profile, NotedTry] => {
      const before = this.#known(profile);
      const { waitSeconds, tries } = admitTry(before, now);
      return [
        { ...profile, tries },
        { profile, before, waitSeconds, isFull: false },
      ];
    };
    try {
      const noted = await this.#profiles.change(id, step);
      this.#unwritten.delete(id);
      return noted;
    } catch (error) {
      if (envelopeFault(error).type !== "StorageFull") throw error;
      return this.#noteHere(id, now);
    }
  }

  /** The passphrase was right: nothing before it counts. */
  async proved(id: string): Promise<void> {
    await this.#set(id, noTries);
  }

  /** The passphrase was not really tried. */
  async takeBack({ profile, before, isFull }: NotedTry): Promise<void> {
    if (isFull) this.#unwritten.set(profile.id, before);
    else await this.#set(profile.id, before);
  }

  /** Whatever is worse of what lies on the disk and what could not be written there. */
  #known({ id, tries }: Profile): Tries {
    const unwritten = this.#unwritten.get(id);
    return unwritten && unwritten.failed >= tries.failed ? unwritten : tries;
  }

  async #noteHere(id: string, now: number): Promise<NotedTry | undefined> {
    const all = await this.#profiles.all();
    const profile = all.filter(isFinished).find((each) => each.id === id);
    if (!profile) return undefined;
    const before = this.#unwritten.get(id) ?? slowTries(profile.tries, now);
    const { waitSeconds, tries } = admitTry(before, now);
    this.#unwritten.set(id, tries);
    return { profile, before, waitSeconds, isFull: true };
  }

  async #set(id: string, tries: Tries): Promise<void> {
    this.#unwritten.delete(id);
    try {
      await this.#profiles.change(id, (profile) => [{ ...profile, tries }, undefined]);
    } catch (error) {
      // A full disk keeps the older count, which is never lower. Nobody is kept out for it.
      if (envelopeFault(error).type !== "StorageFull") throw error;
    }
  }
}
