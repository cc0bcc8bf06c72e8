// The storage contract, kept by memory and by RxDB on Dexie over a made-up IndexedDB.
import { IDBFactory, IDBKeyRange, IDBObjectStore } from "fake-indexeddb";
import { afterEach, describe, expect, it, vi } from "vitest";
import { newMemoryDisk, openMemoryEnvelopes } from "#src/storage/memory-envelopes.ts";
import { openRxdbEnvelopes } from "#src/storage/rxdb-envelopes.ts";
import { contract } from "#tests/storage/contract/contract.ts";
import type { StorageUnderTest } from "#tests/storage/contract/storage-under-test.ts";
import { disposableName } from "#tests/storage/support/names.ts";

afterEach(() => vi.restoreAllMocks());

function inMemory(): StorageUnderTest {
  const disk = newMemoryDisk();
  return {
    open: () => Promise.resolve(openMemoryEnvelopes(disk)),
    fill(full) {
      if (full) disk.capacity = 1_000_000;
      else delete disk.capacity;
      return Promise.resolve();
    },
  };
}

function onFakeIndexedDb(): StorageUnderTest {
  const place = { indexedDB: new IDBFactory(), IDBKeyRange };
  const name = disposableName();
  return {
    async open() {
      const opened = await openRxdbEnvelopes(name, place);
      if (!opened.ok) throw new Error(opened.error.type);
      return opened.value;
    },
    fill(full) {
      if (full) abortEachBatch();
      else vi.restoreAllMocks();
      return Promise.resolve();
    },
  };
}

/** As browsers do it: the requests are taken on, then the transaction is aborted with a quota error. */
function abortEachBatch(): void {
  const put = IDBObjectStore.prototype.put;
  let puts = 0;
  vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, value) {
    puts += 1;
    if (puts === 200) queueMicrotask(() => abortForQuota(this.transaction));
    return put.call(this, value);
  });
}

function abortForQuota(transaction: IDBTransaction): void {
  // How fake-indexeddb itself ends a transaction with an error of the browser's.
  const { _abort: abort } = transaction as unknown as { _abort(errorName: string): void };
  abort.call(transaction, "QuotaExceededError");
}

describe.each([
  ["memory", inMemory],
  ["Dexie on fake-indexeddb", onFakeIndexedDb],
])("storage contract: %s", (_, make) => {
  it.each(contract)("$name", async ({ run }) => {
    await expect(run(make())).resolves.toBeUndefined();
  });
});
