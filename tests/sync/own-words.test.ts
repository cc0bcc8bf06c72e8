// What of a version beside the centre's a device brings on, and what it leaves alone.
import { describe, expect, it } from "vitest";
import type { AnyRecord, HistoryEntry } from "#src/domain/record/define.ts";
import { erasedAtCentre } from "#src/domain/ports/store.ts";
import type { Row } from "#src/storage/replica.ts";
import { withOwnWords } from "#src/sync/own-words.ts";
import { createSaid } from "./support/said.ts";

const at = "2026-11-22T08:00:00.000Z";
const { newId, said } = createSaid(at);
const author = { name: "an", newId };

const version = (entries: readonly HistoryEntry[], more: object = {}): AnyRecord => ({
  ...{ id: "3f2a0000-0000-4000-8000-000000000000", type: "case", version: 1, device: "d", deviceTime: at },
  ...{ createdAt: at, createdBy: "binh", updatedAt: at, updatedBy: entries.at(-1)?.by ?? "binh" },
  ...Object.fromEntries(entries.map(({ field, to }) => [field, to])),
  ...(entries.length > 0 && { history: entries }),
  ...more,
});
const central = (record: AnyRecord): Row => ({
  ...{ database: "s-vn-gso-20194", arrivedAt: at, rev: "3-c" },
  record,
  sync: { state: "central", at },
});
const bring = (row: Row, ...versions: readonly AnyRecord[]) => withOwnWords(row, versions, author, 9);

const theirs = said("binh", "owner", "binh");
const mine = said("an", "riskLevel", "high");
const winner = central(version([theirs]));

describe("withOwnWords", () => {
  it("brings what this person said, on top of what the centre has", () => {
    expect(bring(winner, version([mine]))).toMatchObject({
      record: { owner: "binh", riskLevel: "high", updatedBy: "an", history: [theirs, mine] },
      ...{ base: winner.record, rev: "3-c", sync: { state: "local" }, outbox: 9 },
    });
  });

  it("of several, and of one with another's words beside", () => {
    const code = said("an", "code", "HVG-26-000001-1");
    const another = said("lan", "channel", "ngo");
    const row = bring(winner, version([mine]), version([code, another]));
    expect(row?.record).toMatchObject({ owner: "binh", riskLevel: "high", code: code.to });
    expect(row?.record.history).toHaveLength(3);
    expect(row?.record).not.toHaveProperty("channel");
  });

  it.each([
    ["another's words alone", winner, version([said("lan", "riskLevel", "high")])],
    ["what is there already", central(version([theirs, mine])), version([mine])],
    ["the very version of the centre", winner, winner.record],
    ["a record that was erased", winner, version([mine], { erased: { at } })],
    ["a row that was erased", { ...winner, sync: { state: "refused", refusal: { kind: "other", reason: erasedAtCentre, at } } }, version([mine])],
    ["what a newer version of the product wrote", winner, version([mine], { version: 99 })],
    ["what never changes", central(version([], { type: "note", text: "a" })), version([], { type: "note", text: "b", createdBy: "an" })],
    ["a case that has moved", { ...winner, moved: true }, version([mine])],
  ] as const)("leaves %s alone", (_what, row, beside) => {
    expect(bring(row, beside)).toBeUndefined();
  }); // prettier-ignore

  it("takes it into what is unsent here, which keeps its ground and its place", () => {
    const owner = said("an", "owner", "an");
    const unsent: Row = { ...winner, record: version([theirs, owner]), base: winner.record, sync: { state: "local" }, outbox: 4 }; // prettier-ignore
    expect(bring(unsent, version([mine]))).toMatchObject({
      record: { owner: "an", riskLevel: "high" },
      ...{ base: winner.record, outbox: 4, sync: { state: "local" } },
    });
  });
});
