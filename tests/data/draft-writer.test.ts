// What is typed reaches the device although a lock or a full disk comes between two writes.
import { expect, it, vi } from "vitest";
import { createDraftWriter, draftWriterFor, forgetDraft, openDrafts } from "#src/data/draft-writer.ts";
import type { Draft } from "#src/domain/ports/store.ts";
import { newMemoryDisk } from "#src/storage/memory-envelopes.ts";
import { openMemoryStore } from "#tests/storage/support/memory-store.ts";

const draftOf = (text: string): Draft => ({
  id: "d1",
  form: "note",
  database: "s-vn-gso-20194",
  values: { note: { text } },
  startedAt: "2026-11-22T01:00:00.000Z",
  updatedAt: "2026-11-22T01:00:00.000Z",
});

it("keeps the last of many quick changes when the store is closed at once", async () => {
  const disk = newMemoryDisk();
  const store = await openMemoryStore({ disk });
  const writer = createDraftWriter(store);
  for (const text of ["m", "mư", "mưa"]) writer.put(draftOf(text));
  await store.close();
  const reopened = await openMemoryStore({ disk });
  expect(reopened.read.drafts()).toEqual([draftOf("mưa")]);
});

it("says that a draft did not fit, keeps it, and writes it when there is room", async () => {
  const disk = newMemoryDisk();
  const store = await openMemoryStore({ disk });
  const writer = createDraftWriter(store);
  disk.capacity = 10;
  writer.put(draftOf("mưa"));
  expect(await writer.settled()).toEqual({ type: "StorageFull" });
  delete disk.capacity;
  expect(await writer.settled()).toBe("saved");
  expect(store.read.drafts()).toEqual([draftOf("mưa")]);
});

it("has no last words once everything is written", async () => {
  const disk = newMemoryDisk();
  const store = await openMemoryStore({ disk });
  const writer = createDraftWriter(store);
  writer.put(draftOf("mưa"));
  await writer.settled();
  await store.write({ dropDrafts: ["d1"] });
  await store.close();
  expect((await openMemoryStore({ disk })).read.drafts()).toEqual([]);
});

it("writes what comes in the very moment in which it says that all is saved", async () => {
  const store = await openMemoryStore({ disk: newMemoryDisk() });
  const writer = createDraftWriter(store);
  let more: string | undefined = "mưa rào";
  writer.watch(() => {
    const text = more;
    if (writer.state !== "saved" || text === undefined) return;
    more = undefined;
    writer.put(draftOf(text));
  });
  writer.put(draftOf("mưa"));
  await writer.settled();
  expect(store.read.drafts()).toEqual([draftOf("mưa rào")]);
});

it("tries again by itself what did not fit, and says all the while that it is not saved", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const disk = newMemoryDisk();
  const store = await openMemoryStore({ disk });
  const writer = createDraftWriter(store);
  disk.capacity = 10;
  writer.put(draftOf("mưa"));
  await writer.settled();
  const told: unknown[] = [];
  writer.watch(() => told.push(writer.state));
  await vi.advanceTimersByTimeAsync(60_000);
  writer.put(draftOf("mưa"));
  await writer.settled();
  expect(told).toEqual([]);
  delete disk.capacity;
  await vi.advanceTimersByTimeAsync(10_000);
  vi.useRealTimers();
  await writer.settled();
  expect(writer.state).toBe("saved");
  expect(store.read.drafts()).toEqual([draftOf("mưa")]);
});

it("keeps what did not fit for whoever opens the form again, and brings none back that was saved meanwhile", async () => {
  const disk = newMemoryDisk();
  const store = await openMemoryStore({ disk });
  await draftWriterFor(store, "d1").settled();
  const first = draftWriterFor(store, "d1");
  disk.capacity = 10;
  first.put(draftOf("mưa"));
  await first.settled();
  expect(openDrafts(store)).toEqual([draftOf("mưa")]);
  const second = draftWriterFor(store, "d1");
  second.put(draftOf("mưa rào"));
  await second.settled();
  expect(openDrafts(store)).toEqual([draftOf("mưa rào")]);
  forgetDraft(store, "d1");
  delete disk.capacity;
  await second.settled();
  await store.close();
  expect((await openMemoryStore({ disk })).read.drafts()).toEqual([]);
});
