// What lies on the disk in the clear about the people of this device, so that the unlock screen can be shown.
import type { Table } from "dexie";
import type { WrappedKey } from "./passphrase.ts";
import type { PlaceKind } from "./places.ts";
import type { Tries } from "./tries.ts";

export interface Profile {
  readonly id: string;
  readonly label: string;
  readonly place: PlaceKind;
  readonly keyId: string;
  readonly key: WrappedKey;
  /** An age file as base64; absent where there was no recovery key when the profile was made. */
  readonly recovery?: string;
  /** The public key for which that file is: what this device trusts from then on. It says whose device this is, no more. */
  readonly recipient?: string;
  readonly tries: Tries;
}

/** Noted before anything of a profile is made, so that what a crash leaves behind can be found and cleared away. */
export interface Unfinished {
  readonly id: string;
  readonly place: PlaceKind;
  readonly unfinished: true;
}

export const isFinished = (row: Profile | Unfinished): row is Profile => !("unfinished" in row);

export interface Profiles {
  all(): Promise<readonly (Profile | Unfinished)[]>;
  put(profile: Profile | Unfinished): Promise<void>;
  /** Read, change and write in one transaction; undefined where there is no such profile. */
  change<T>(
    id: string,
    step: (profile: Profile) => readonly [next: Profile, answer: T],
  ): Promise<T | undefined>;
  remove(id: string): Promise<void>;
}

/** In IndexedDB, under names that say nothing. Dexie is loaded with the first question. */
export function dexieProfiles(place?: { indexedDB: IDBFactory; IDBKeyRange: typeof IDBKeyRange }): Profiles {
  let opened: Promise<Table<Profile | Unfinished, string>> | undefined;
  const table = () => (opened ??= open());

  async function open() {
    const { Dexie } = await import("dexie");
    const database = new Dexie("p", { ...place, chromeTransactionDurability: "strict", cache: "disabled" });
    database.version(1).stores({ p: "id" });
    return database.table<Profile | Unfinished, string>("p");
  }

  return {
    all: async () => (await table()).toArray(),
    async put(profile) {
      await (await table()).put(profile);
    },
    async change(id, step) {
      const rows = await table();
      return rows.db.transaction("rw", rows, async () => {
        const profile = await rows.get(id);
        if (!profile || !isFinished(profile)) return undefined;
        const [next, answer] = step(profile);
        await rows.put(next);
        return answer;
      });
    },
    async remove(id) {
      await (await table()).delete(id);
    },
  };
}
