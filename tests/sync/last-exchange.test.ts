// When a device last had everything, and when it first did: the first stays what it was.
import { expect, it } from "vitest";
import { firstExchangeName } from "#src/domain/ports/exchange.ts";
import { createLastExchange } from "#src/sync/last-exchange.ts";
import { openMemoryStore } from "#tests/storage/support/memory-store.ts";
import { testSurroundings } from "#tests/storage/support/surroundings.ts";
import { newMemoryDisk } from "#src/storage/memory-envelopes.ts";

const first = Date.parse("2026-11-22T01:00:00.000Z");
const hourMs = 3_600_000;

it("keeps the first exchange over later ones and over a restart", async () => {
  const disk = newMemoryDisk();
  const store = await openMemoryStore({ disk, surroundings: testSurroundings() });
  expect(store.local(firstExchangeName)).toBeUndefined();
  await createLastExchange(store).mark(first);
  expect(store.local(firstExchangeName)).toBe("2026-11-22T01:00:00.000Z");
  const again = await openMemoryStore({ disk, surroundings: testSurroundings() });
  const kept = createLastExchange(again);
  await kept.mark(first + hourMs);
  expect(kept.at).toBe("2026-11-22T02:00:00.000Z");
  expect(again.local(firstExchangeName)).toBe("2026-11-22T01:00:00.000Z");
});

it("is a first one too where some sites could not be exchanged; a complete one is none", async () => {
  const disk = newMemoryDisk();
  const store = await openMemoryStore({ disk, surroundings: testSurroundings() });
  await createLastExchange(store).markFirst(first);
  const kept = createLastExchange(await openMemoryStore({ disk, surroundings: testSurroundings() }));
  await kept.markFirst(first + hourMs);
  expect([kept.firstAt, kept.at]).toEqual(["2026-11-22T01:00:00.000Z", undefined]);
  await kept.mark(first + hourMs);
  expect([kept.firstAt, kept.at]).toEqual(["2026-11-22T01:00:00.000Z", "2026-11-22T02:00:00.000Z"]);
  // Written although the first one was kept by itself.
  const again = await openMemoryStore({ disk, surroundings: testSurroundings() });
  expect(createLastExchange(again).at).toBe("2026-11-22T02:00:00.000Z");
});
