// Places in a real browser.
import { err } from "#src/domain/ports/result.ts";
import type { Places } from "./places.ts";

/** The part of the Storage Buckets API (https://wicg.github.io/storage-buckets/) that is used here. */
interface StorageBuckets {
  open(name: string, options: { persisted: boolean; durability: "strict" }): Promise<StorageBucket>;
  delete(name: string): Promise<void>;
}
interface StorageBucket {
  readonly indexedDB: IDBFactory;
}

export function browserPlaces(): Places {
  const buckets = storageBuckets();
  return {
    kind: buckets ? "bucket" : "origin",

    async open(name, kind) {
      const { openRxdbEnvelopes } = await import("./rxdb-envelopes.ts");
      if (kind === "origin") return openRxdbEnvelopes(name, { indexedDB, IDBKeyRange });
      if (!buckets)
        return err({ type: "StorageFailed", detail: "this browser has no storage buckets any more" });
      const bucket = await buckets.open(name, { persisted: true, durability: "strict" });
      return openRxdbEnvelopes(name, { indexedDB: bucket.indexedDB, IDBKeyRange });
    },

    async discard(name, kind) {
      if (kind === "bucket") {
        await buckets?.delete(name);
        return;
      }
      const databases = await indexedDB.databases();
      for (const database of databases) {
        if (database.name?.startsWith(`rxdb-dexie-${name}--`)) await deleteDatabase(database.name);
      }
    },

    async persist() {
      await navigator.storage.persist().catch(() => false);
    },
  };
}

function storageBuckets(): StorageBuckets | undefined {
  // TypeScript's DOM library does not know the interface.
  return Reflect.get(navigator, "storageBuckets") as StorageBuckets | undefined;
}

async function deleteDatabase(name: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.addEventListener("success", () => resolve());
    request.addEventListener("error", () => reject(request.error ?? new Error("not deleted")));
  });
}
