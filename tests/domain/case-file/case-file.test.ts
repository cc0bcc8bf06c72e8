// A case's file holds what was written at its own site, and nothing that somebody elsewhere hangs onto it.
import { expect, it } from "vitest";
import { caseFileOf } from "#src/domain/case-file/case-file.ts";
import type { AnyRecord } from "#src/domain/record/define.ts";
import { openMemoryStore } from "#tests/storage/support/memory-store.ts";
import { caseOf, idOf, noteOf, site } from "#tests/storage/support/records.ts";

it("leaves out records of another site that name the case", async () => {
  const store = await openMemoryStore();
  const at = "2026-11-22T02:00:00.000Z";
  const arrive = (database: string, record: AnyRecord) =>
    store.exchange(database, [record.id], () => ({
      database,
      record,
      sync: { state: "central", at },
      arrivedAt: at,
    }));
  await arrive(site, caseOf(1, "HVN-26-7G0H7N-1"));
  await arrive(site, noteOf(2, "ours"));
  await arrive("s-vn-gso-20320", noteOf(3, "from elsewhere"));
  const voiding = { target: idOf(2), reason: "gone" };
  const { text: _text, ...stamps } = noteOf(4, "");
  await arrive("s-vn-gso-20320", { ...stamps, ...voiding, type: "voiding" });

  const entry = store.read.get("case", idOf(1));
  const file = entry && caseFileOf(store.read, entry);
  expect(file?.entries.map(({ record }) => record.id)).toEqual([idOf(1), idOf(2)]);
  expect(file?.voided.size).toBe(0);
});
