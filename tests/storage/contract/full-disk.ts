// Contract: when the disk is full in the middle of a batch, nothing of it is kept, and everybody is told the truth.
import { draftOf, idOf, noteOf, site } from "#tests/storage/support/records.ts";
import { equal, openStore, type ContractCase } from "./storage-under-test.ts";

const at = "2026-11-22T02:00:00.000Z";

export const fullDisk: readonly ContractCase[] = [
  {
    name: "a disk that is full in mid-batch keeps nothing of the batch, and goes on when there is room",
    async run(storage) {
      const store = await openStore(storage);
      await store.write({
        changes: [{ database: site, record: noteOf(1, "before") }],
        putDrafts: [draftOf("d", "unsaved words")],
      });
      const { revision } = store.read;
      let heard = 0;
      store.watch(() => (heard += 1));
      const ids = Array.from({ length: 600 }, (_, index) => idOf(index + 10));
      const batch = () =>
        store.exchange(
          site,
          ids,
          (id) => ({
            database: site,
            record: { ...noteOf(1, "x".repeat(6000)), id },
            sync: { state: "central", at },
            arrivedAt: at,
            rev: "1-a",
          }),
          { checkpoint: "later" },
        );

      await storage.fill(true);
      const full = await batch();
      equal(full.ok ? "" : full.error.type, "StorageFull", "answer");
      equal([store.read.revision, heard, store.read.all().length], [revision, 0, 1], "as before");
      equal(store.local("checkpoint"), undefined, "checkpoint");

      await storage.fill(false);
      equal(
        (await store.write({ changes: [{ database: site, record: noteOf(2, "after") }] })).ok,
        true,
        "room again",
      );
      await store.close();
      const again = await openStore(storage);
      equal(
        again.read.all().map(({ record }) => record.id),
        [idOf(1), idOf(2)],
        "after reopening",
      );
      equal([again.read.drafts().length, again.read.unreadable], [1, 0], "draft kept, nothing damaged");
      await again.close();
    },
  },
];
