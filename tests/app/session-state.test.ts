// Closing what is open, whatever the exchange is at: what was typed last is on the device, and the profile is shut.
import { expect, it } from "vitest";
import { createSessionState } from "#src/app/session-state.ts";
import { createDraftWriter } from "#src/data/draft-writer.ts";
import type { Draft } from "#src/domain/ports/store.ts";
import { memoryVault, newMemoryDevice } from "#tests/storage/support/memory-vault.ts";
import { testSurroundings } from "#tests/storage/support/surroundings.ts";
import { openDesk } from "#tests/features/support/desk.tsx";

const account = { name: "lan", password: "đường về nhà xa lắm", displayName: "Lan", roles: [] };
const draft: Draft = {
  id: "d1",
  form: "note",
  database: "s-vn-gso-20194",
  values: { note: { text: "mưa" } },
  startedAt: "2026-11-22T01:00:00.000Z",
  updatedAt: "2026-11-22T01:00:00.000Z",
};

it("keeps what was typed last although the exchange hangs in a dead connection", async () => {
  const device = newMemoryDevice();
  const vault = memoryVault({ device });
  const { exchange } = (await openDesk()).work;
  const session = createSessionState({
    vault,
    surroundings: testSurroundings(),
    startExchange: () => ({ ...exchange, stop: () => new Promise(() => undefined) }),
  });
  const made = await vault.create(account, undefined);
  if (!made.ok) throw new Error(made.error.type);
  session.open(made.value);
  const writer = createDraftWriter(made.value.store);
  // As a screen does that leaves with something in an input method.
  session.watch(() => queueMicrotask(() => writer.put(draft)));
  void session.close();
  expect(session.work).toBeUndefined();
  await expect.poll(() => made.value.account.password).toBe("");

  const again = await memoryVault({ device }).unlock(made.value.id, account.password);
  expect(again.ok && again.value.store.read.drafts()).toEqual([draft]);
});
