// Versions seen at the centre against rows on the device: what replaces what, and what never may.
import { describe, expect, it } from "vitest";
import type { AnyRecord } from "#src/domain/record/define.ts";
import type { Row } from "#src/storage/replica.ts";
import { settleAccepted } from "#src/sync/settle.ts";
import { takeOver } from "#src/sync/take-over.ts";
import { versionOf } from "#src/sync/document.ts";

const database = "s-vn-gso-20194";
const at = "2026-11-22T08:00:00.000Z";
const id = "3f2a0000-0000-4000-8000-000000000000";

function record(owner: string, more: Partial<AnyRecord> = {}): AnyRecord {
  const stamps = { version: 1, createdAt: at, createdBy: "an", device: "d", deviceTime: at };
  return { id, type: "case", ...stamps, ...more, ...{ owner } };
}
const central = (rev: string, owner: string): Row => ({
  database,
  record: record(owner),
  sync: { state: "central", at },
  arrivedAt: at,
  rev,
});
const edited = (rev: string, owner: string): Row => ({
  ...central(rev, owner),
  sync: { state: "local" },
  base: record("base"),
  outbox: 7,
});
const see = (row: Row | undefined, rev: string, seen: AnyRecord | undefined) =>
  takeOver(row, {
    database,
    version: { id, rev, ...(seen && { record: seen }) },
    at: "2026-11-22T09:00:00.000Z",
    state: "central",
    attempts: [],
  });

describe("takeOver", () => {
  it("an older answer than what is known changes nothing, sent or not", () => {
    expect(see(central("3-c", "mine"), "2-b", record("old"))).toBeUndefined();
    expect(see(edited("3-c", "mine"), "2-b", record("old"))).toBeUndefined();
    expect(see(central("3-c", "mine"), "2-b", undefined)).toBeUndefined();
  });

  it("the same revision again changes nothing", () => {
    expect(see(central("3-c", "mine"), "3-c", record("mine"))).toBeUndefined();
    expect(see(edited("3-c", "mine"), "3-c", record("base"))).toBeUndefined();
  });

  it("of two servers' revisions of one generation the centre's winner is taken where nothing is unsent", () => {
    expect(see(central("2-a", "mine"), "2-b", record("theirs"))).toMatchObject({
      rev: "2-b",
      record: { owner: "theirs" },
    });
  });

  it("a refused record keeps what was refused; a newer version at the centre stands beside it", () => {
    const refusal = { kind: "forbidden", reason: "role: no", at } as const;
    const { outbox: _outbox, ...row } = edited("1-a", "mine");
    const refused: Row = { ...row, sync: { state: "refused", refusal } };
    expect(see(refused, "2-b", record("theirs"))).toMatchObject({
      record: { owner: "mine" },
      sync: { state: "refused", refusal },
      theirs: { rev: "2-b", record: { owner: "theirs" } },
    });
  });

  it("a version without news is only a new ground for what is unsent", () => {
    const row = see(edited("1-a", "mine"), "2-b", record("base"));
    expect(row).toMatchObject({ rev: "2-b", record: { owner: "mine" }, outbox: 7, sync: { state: "local" } });
    expect(row?.theirs).toBeUndefined();
  });

  it("a deletion takes nothing away: not what is unsent, and not what can be read", () => {
    expect(see(edited("1-a", "mine"), "2-b", undefined)).toBeUndefined();
    expect(see(central("1-a", "mine"), "2-b", undefined)).toMatchObject({
      record: { owner: "mine" },
      rev: "2-b",
      sync: { state: "refused", refusal: { kind: "other", reason: "deleted" } },
    });
    expect(see(undefined, "2-b", undefined)).toBeUndefined();
  });

  it("another's edit on top of ours, seen before the answer to ours, is no clash", () => {
    const sent = edited("1-a", "mine");
    const clashing = see(sent, "3-c", record("theirs"));
    expect(clashing?.theirs?.rev).toBe("3-c");
    const settled = settleAccepted(clashing, sent, "2-b", at);
    expect(settled).toMatchObject({ rev: "3-c", record: { owner: "theirs" }, sync: { state: "central" } });
    expect(settled?.theirs).toBeUndefined();
  });
});

describe("versionOf", () => {
  const document = { _id: id, _rev: "1-a", ...record("x") };

  it("takes records of unknown types and newer versions as they are", () => {
    expect(versionOf({ ...document, type: "stay", version: 9, beds: [1] })).toEqual({
      id,
      rev: "1-a",
      record: { ...record("x"), type: "stay", version: 9, beds: [1] },
    });
  });

  it.each([
    ["a design document", { ...document, _id: "_design/neo-ve" }],
    ["a foreign id", { ...document, _id: "hello" }],
    ["an id that differs from its own", { ...document, id: "3f2a0000-0000-4000-8000-000000000001" }],
    ["a document without stamps", { _id: id, _rev: "1-a", id, type: "case" }],
    ["a document whose stamps are no text", { ...document, createdAt: 7 }],
  ])("skips %s", (_name, strange) => {
    expect(versionOf(strange as typeof document)).toBeUndefined();
  });
});
