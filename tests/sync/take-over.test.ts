// Versions seen at the centre against rows on the device: what replaces what, and what never may.
import { describe, expect, it } from "vitest";
import type { AnyRecord } from "#src/domain/record/define.ts";
import type { Row } from "#src/storage/replica.ts";
import { settleAccepted } from "#src/sync/settle.ts";
import { takeLoss, takeOver } from "#src/sync/take-over.ts";
import { versionOf } from "#src/sync/document.ts";

const database = "s-vn-gso-20194";
const at = "2026-11-22T08:00:00.000Z";
const id = "3f2a0000-0000-4000-8000-000000000000";

function record(owner: string, more: Partial<AnyRecord> = {}): AnyRecord {
  const stamps = { version: 1, createdAt: at, createdBy: "an", device: "d", deviceTime: at };
  return { id, type: "case", ...stamps, ...more, ...{ owner } };
}
const entry = (entryId: string, by: string, to: string) => ({
  id: entryId,
  at,
  by,
  device: "d",
  field: "owner",
  to,
  after: [],
});
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
    author: { name: "an", newId: () => crypto.randomUUID() },
    place: 99,
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

  it("a version that lacks what we know of does not stand on it: ours goes on top of it and is sent again", () => {
    // As where the centre is put back from a backup between the question which one it is and the page of changes.
    const own = entry("e1", "an", "mine");
    const known = { ...central("2-a", "mine"), record: record("mine", { history: [own] }) };
    const other = record("theirs", { history: [entry("e2", "lan", "theirs")] });
    const met = see(known, "3-b", other);
    expect(met).toMatchObject({ rev: "3-b", base: other, sync: { state: "local" }, outbox: 99 });
    expect(met?.record.history?.map((each) => each.id).toSorted()).toEqual(["e1", "e2"]);
    // What holds it all is simply taken.
    const later = record("theirs", { history: [own, { ...entry("e2", "lan", "theirs"), after: ["e1"] }] });
    expect(see(known, "3-b", later)).toMatchObject({ record: later, sync: { state: "central" } });
  });

  it("what an operator has emptied is not filled again from here", () => {
    const history = [entry("e1", "an", "mine")];
    const known = { ...central("2-a", "mine"), record: record("mine", { history }) };
    const emptied: AnyRecord = { ...record("x"), ...{ erased: true } };
    expect(see(known, "3-b", emptied)).toMatchObject({ record: emptied, sync: { state: "central" } });
    expect(see(known, "3-b", emptied)?.outbox).toBeUndefined();
  });

  it("a refused record stays refused, with what came from the centre in it", () => {
    const refusal = { kind: "forbidden", reason: "role: no", at } as const;
    const { outbox: _outbox, ...row } = edited("1-a", "mine");
    const refused: Row = { ...row, sync: { state: "refused", refusal } };
    const theirs = record("theirs", { history: [entry("e1", "lan", "theirs")] });
    const mine = { ...refused, record: record("mine", { history: [entry("e2", "an", "mine")] }) };
    const met = see(mine, "2-b", theirs);
    expect(met).toMatchObject({ sync: { state: "refused", refusal }, rev: "2-b", base: theirs });
    expect(met?.record.history).toHaveLength(2);
  });

  it("what never changes is not merged: another record under its id leaves ours here, with the reason", () => {
    const note = (text: string) => ({ ...record("x"), type: "note", case: id, text });
    const mine: Row = { ...edited("1-a", "x"), record: note("mine") };
    expect(see(mine, "2-b", note("theirs"))).toMatchObject({
      record: { text: "mine" },
      sync: { state: "refused", refusal: { kind: "other", reason: "sameId" } },
    });
  });

  it("what a newer version of the product has changed meanwhile leaves ours here until the update", () => {
    const met = see(edited("1-a", "mine"), "2-b", record("theirs", { version: 99 }));
    expect(met).toMatchObject({
      record: { owner: "mine" },
      sync: { state: "refused", refusal: { reason: "newerAtCentre" } },
    });
    expect(met?.outbox).toBeUndefined();
  });

  it("a version without news is only a new ground for what is unsent", () => {
    const row = see(edited("1-a", "mine"), "2-b", record("base"));
    expect(row).toMatchObject({ rev: "2-b", record: { owner: "mine" }, outbox: 7, sync: { state: "local" } });
    expect(row?.base).toEqual(record("base"));
  });

  it("an erasure takes nothing away here, but nothing of it is sent again: not what is unsent either", () => {
    for (const row of [edited("1-a", "mine"), central("1-a", "mine")]) {
      const erased = see(row, "2-b", undefined);
      expect(erased).toMatchObject({
        record: { owner: "mine" },
        rev: "2-b",
        sync: { state: "refused", refusal: { kind: "other", reason: "erased" } },
      });
      expect(erased?.outbox).toBeUndefined();
      expect(see(erased, "2-b", undefined)).toBeUndefined();
    }
    expect(see(undefined, "2-b", undefined)).toBeUndefined();
  });

  it("an answer to what was sent does not end what was merged since", () => {
    const mine = {
      ...edited("1-a", "mine"),
      record: record("mine", { history: [entry("e2", "an", "mine")] }),
    };
    const merged = see(mine, "2-b", record("theirs", { history: [entry("e1", "lan", "theirs")] }));
    expect(merged).toMatchObject({ rev: "2-b", outbox: 7, sync: { state: "local" } });
    expect(settleAccepted(merged, mine, "2-a", at)).toBeUndefined();
  });

  it("another's edit on top of ours, seen before the answer to ours, is theirs alone", () => {
    const own = entry("e2", "an", "mine");
    const sent = {
      ...edited("1-a", "mine"),
      record: record("mine", { updatedAt: at, updatedBy: "an", history: [own] }),
    };
    const theirs = record("theirs", { history: [own, entry("e3", "lan", "theirs")] });
    const met = see(sent, "3-c", theirs);
    expect(met).toMatchObject({ rev: "3-c", record: { owner: "theirs" }, sync: { state: "central" } });
    expect(met?.outbox).toBeUndefined();
    expect(settleAccepted(met, sent, "2-b", at)).toBeUndefined();
  });
});

describe("a mark that the case has moved", () => {
  const marked = (row: Row, rev: string, anew?: boolean) =>
    takeOver(row, {
      database,
      version: { id, rev, moved: true },
      at,
      state: "central",
      attempts: [],
      author: { name: "an", newId: () => crypto.randomUUID() },
      place: 99,
      ...(anew && { anew }),
    });
  const said = (by: string, ...entries: ReturnType<typeof entry>[]): Row => ({
    ...central("5-e", by),
    record: record(by, { createdBy: "binh", history: entries, updatedBy: by }),
  });

  it("of a centre that has forgotten nothing takes the row as told", () => {
    expect(marked(said("binh"), "6-f")).toEqual({ ...said("binh"), rev: "6-f", moved: true });
  });

  it("of a centre that was put back lets nothing go: own words are brought, others' looked for", () => {
    const others = marked(said("binh", entry("e1", "binh", "x")), "3-c", true);
    expect(others).toMatchObject({ rev: "3-c", moved: true, sync: { state: "local" } });
    expect(others?.outbox).toBeUndefined();
    const below = marked(said("binh", entry("e1", "an", "x"), entry("e2", "binh", "y")), "3-c", true);
    expect(below).toMatchObject({ rev: "3-c", moved: true, outbox: 99, sync: { state: "local" } });
    // On ground that may be lost with the rest.
    const unsent = marked(edited("5-e", "mine"), "3-c", true);
    expect(unsent).toMatchObject({ moved: true, outbox: 7, record: { owner: "mine" } });
    expect(unsent).not.toHaveProperty("base");
  });

  it("of what the front door itself has written is believed", () => {
    const stub: Row = { ...central("2-b", "x"), record: { ...record("x"), type: "moved_case" } };
    expect(marked(stub, "3-c", true)).toMatchObject({ moved: true, sync: { state: "central" } });
  });

  it("counts no more where the centre knows neither it nor the record", () => {
    const row: Row = { ...central("5-e", "mine"), moved: true };
    const lost = takeLoss(row, { name: "an", newId: () => crypto.randomUUID() }, 99);
    expect(lost).toMatchObject({ outbox: 99, sync: { state: "local" } });
    expect(lost).not.toHaveProperty("moved");
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
