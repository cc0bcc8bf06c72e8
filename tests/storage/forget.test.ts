// Forgetting proves of every row, in whatever state it is, that nothing of it would be missed.
import fc from "fast-check";
import { expect, it } from "vitest";
import type { SyncState } from "#src/domain/ports/store.ts";
import { newMemoryDisk } from "#src/storage/memory-envelopes.ts";
import type { Row } from "#src/storage/replica.ts";
import { openMemoryStore } from "./support/memory-store.ts";
import { caseOf, idOf, site } from "./support/records.ts";

const at = "2026-11-22T02:00:00.000Z";
const states: readonly SyncState[] = [
  { state: "local" },
  { state: "sent", at },
  { state: "central", at },
  { state: "refused", refusal: { kind: "other", reason: "", at } },
];

const rowKinds = fc.array(
  fc.record({
    sync: fc.constantFrom(...states),
    waits: fc.boolean(),
    editedMeanwhile: fc.boolean(),
  }),
  { maxLength: 12 },
);

it("removes exactly the rows that the centre has as they are here, also beside a save that came a moment before", async () => {
  await fc.assert(
    fc.asyncProperty(rowKinds, async (kinds) => {
      const disk = newMemoryDisk();
      const store = await openMemoryStore({ disk });
      const rows = kinds.map(({ sync, waits }, index): Row => {
        const record = caseOf(index, "here");
        return {
          database: site,
          record,
          sync,
          arrivedAt: at,
          rev: "1-a",
          ...(waits && { outbox: index + 1 }),
        };
      });
      await store.exchange(
        site,
        rows.map(({ record }) => record.id),
        (id) => rows.find(({ record }) => record.id === id),
      );
      const edits = kinds.flatMap(({ editedMeanwhile }, index) => (editedMeanwhile ? [index] : []));
      const saves = edits.map((index) =>
        store.write({ changes: [{ database: site, record: caseOf(index, "edited") }] }),
      );
      await store.forget(site);
      await Promise.all(saves);
      const gone = kinds.flatMap(({ sync, waits, editedMeanwhile }, index) =>
        sync.state === "central" && !waits && !editedMeanwhile ? [idOf(index)] : [],
      );
      const reopened = await openMemoryStore({ disk });
      for (const [index] of kinds.entries())
        expect(reopened.row(site, idOf(index)) === undefined).toBe(gone.includes(idOf(index)));
      for (const index of edits)
        expect(reopened.row(site, idOf(index))?.record).toMatchObject({ code: "edited" });
    }),
    { numRuns: 200 },
  );
});

it("removes what is kept elsewhere too, but not where it was written again since it was handed over", async () => {
  const store = await openMemoryStore();
  for (const index of [1, 2, 3])
    await store.write({ changes: [{ database: site, record: caseOf(index, "unsent") }] });
  const handedOver = new Set(store.rows(site).filter(({ record }) => record.id !== idOf(3)));
  await store.write({ changes: [{ database: site, record: caseOf(2, "edited since") }] });
  const stays = await store.forget(site, () => ({ handedOver }));
  expect(stays.ok && stays.value.length).toBe(2);
  expect(new Set(store.rows(site).map(({ record }) => record.id))).toEqual(new Set([idOf(2), idOf(3)]));
});

it("takes a single row off only where it may go as it is at that moment, though it looked so a moment before", async () => {
  const disk = newMemoryDisk();
  const store = await openMemoryStore({ disk });
  const ids = [1, 2].map(idOf);
  await store.exchange(site, ids, (id): Row => {
    const record = caseOf(ids.indexOf(id) + 1, "taken");
    return { database: site, record, sync: { state: "central", at }, arrivedAt: at, rev: "1-a" };
  });
  const saved = store.write({ changes: [{ database: site, record: caseOf(2, "edited") }] });
  await store.discard(site, [...ids, idOf(3)], ({ outbox }) => outbox === undefined);
  await saved;
  const reopened = await openMemoryStore({ disk });
  expect(reopened.rows(site).map(({ record }) => record)).toMatchObject([{ id: idOf(2), code: "edited" }]);
});
