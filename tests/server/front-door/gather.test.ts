// Versions of one record from two servers: what becomes of them, and when one of them may be pruned.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gathered, isNamed, type Leaf } from "#server/front-door/gather.ts";
import type { AnyRecord } from "#src/domain/record/define.ts";
import { clashesOf } from "#src/domain/record/history.ts";
import { changesBetween } from "#src/domain/record/history.ts";
import { definitions } from "#src/domain/records/index.ts";
import type { Person } from "#src/domain/records/person.ts";

let numbers = 0;
const id = () => `00000000-0000-4000-8000-${String((numbers += 1)).padStart(12, "0")}`;
const instant = (minute: number) => new Date(Date.UTC(2026, 10, 22, 8, minute)).toISOString();

const made = { createdAt: instant(0), createdBy: "an", device: "device-of-an", deviceTime: instant(0) };
const base: Person = {
  type: "person",
  version: definitions.person.version,
  id: id(),
  ...made,
  updatedAt: instant(0),
  updatedBy: "an",
  displayName: "Hòa",
  languagesRead: ["vi"],
};

type Fields = Partial<Pick<Person, "displayName" | "languagesRead" | "childrenCount">>;
interface Change {
  readonly by: string;
  readonly minute: number;
  readonly fields: Fields;
}

function edited(record: Person, { by, minute, fields }: Change): Person {
  const at = instant(minute);
  const next = { ...record, ...fields, updatedAt: at, updatedBy: by };
  const entries = changesBetween(definitions.person, record, next, () => ({ id: id(), at, by, device: "d" }));
  return entries.length === 0 ? record : { ...next, history: [...(record.history ?? []), ...entries] };
}
const branch = (from: Person, changes: readonly Change[]): Person => changes.reduce(edited, from);

const changes = fc.array(
  fc.record({
    by: fc.constantFrom("an", "binh", "lan"),
    minute: fc.integer({ min: 1, max: 50 }),
    fields: fc
      .record(
        {
          displayName: fc.constantFrom("Hòa", "Hoà", "Hương"),
          languagesRead: fc.uniqueArray(fc.constantFrom("vi" as const, "en" as const, "id" as const)),
          childrenCount: fc.integer({ min: 0, max: 3 }),
        },
        { requiredKeys: [] },
      )
      .map((fields): Fields => Object.fromEntries(Object.entries(fields))),
  }),
  { maxLength: 5 },
);
/** One version, and two made on top of it without seeing each other. */
const pair = fc.tuple(changes, changes, changes).map(([before, one, other]) => {
  const common = branch(base, before);
  return { common, winner: branch(common, one), loser: branch(common, other) };
});

const leaf = (rev: string, record: AnyRecord): Leaf => ({ rev, record });
const ids = ({ history = [] }: AnyRecord) => new Set(history.map((entry) => entry.id));

describe("versions of two servers", () => {
  it("become one that names both, and is the same wherever it is made", () => {
    fc.assert(
      fc.property(pair, ({ winner, loser }) => {
        const whole = gathered(leaf("2-b", winner), [leaf("2-a", loser)]);
        expect(ids(whole)).toEqual(new Set([...ids(winner), ...ids(loser)]));
        for (const side of [winner, loser]) expect(isNamed(whole, side)).toBe(true);
        expect(JSON.stringify(gathered(leaf("2-b", winner), [leaf("2-a", loser)]))).toBe(
          JSON.stringify(whole),
        );
        // Once: in it there is nothing left to put together.
        expect(gathered(leaf("3-c", whole), [leaf("2-a", loser)])).toBe(whole);
      }),
    );
  });

  it("of three sides become the same, in whatever order they are listed", () => {
    fc.assert(
      fc.property(pair, changes, ({ common, winner, loser }, more) => {
        const others = [leaf("2-a", loser), leaf("2-aa", branch(common, more))];
        const whole = gathered(leaf("2-b", winner), others);
        expect(gathered(leaf("2-b", winner), others.toReversed())).toEqual(whole);
        for (const { record } of others) expect(isNamed(whole, record)).toBe(true);
      }),
    );
  });

  it("made under one id without a common beginning tell both beginnings, with the same ids at both servers", () => {
    const other: Person = {
      ...base,
      createdAt: instant(1),
      createdBy: "binh",
      updatedBy: "binh",
      displayName: "Hoa",
    };
    const whole = gathered(leaf("1-b", base), [leaf("1-a", other)]);
    expect(clashesOf(definitions.person, whole).map(({ unit }) => unit.path)).toEqual(["displayName"]);
    expect(gathered(leaf("1-b", base), [leaf("1-a", other)])).toEqual(whole);
    expect(isNamed(whole, other)).toBe(true);
  });
});

describe("a version is not pruned", () => {
  it("while any entry of its history is missing, or stands there otherwise", () => {
    fc.assert(
      fc.property(pair, fc.nat(), ({ winner, loser }, at) => {
        const whole = gathered(leaf("2-b", winner), [leaf("2-a", loser)]);
        const own = [...ids(loser)];
        fc.pre(own.length > 0);
        const chosen = own[at % own.length];
        const without = whole.history?.filter((entry) => entry.id !== chosen) ?? [];
        const forged =
          whole.history?.map((entry) => (entry.id === chosen ? { ...entry, to: "x" } : entry)) ?? [];
        expect(isNamed({ ...whole, history: without }, loser)).toBe(false);
        expect(isNamed({ ...whole, history: forged }, loser)).toBe(false);
      }),
    );
  });

  it("while what it says without an entry is named nowhere", () => {
    const silent: Person = { ...base, displayName: "Tên không ai ghi lại" };
    const winner = edited(base, { by: "an", minute: 2, fields: { displayName: "Hương" } });
    expect(isNamed(winner, silent)).toBe(false);
    expect(isNamed(winner, base)).toBe(true);
    expect(isNamed(base, { ...base, laterField: 1 } as AnyRecord)).toBe(false);
  });

  it("where it never changes, is of another type, or was written by a newer version of the product", () => {
    const note = { ...made, id: base.id, type: "note", version: 1, case: base.id, text: "a" } as AnyRecord;
    const other = { ...note, text: "b" } as AnyRecord;
    expect(gathered(leaf("1-b", note), [leaf("1-a", other)])).toBe(note);
    expect(isNamed(note, other)).toBe(false);
    expect(isNamed(base, note)).toBe(false);
    const newer = { ...base, version: 99 };
    expect(gathered(leaf("2-b", newer), [leaf("2-a", base)])).toBe(newer);
    expect(isNamed(newer, base)).toBe(false);
  });

  it("where the record was erased: nothing of it comes back", () => {
    const erased = { ...base, erased: { at: instant(3) } } as AnyRecord;
    const loser = edited(base, { by: "an", minute: 2, fields: { displayName: "Hương" } });
    expect(gathered(leaf("3-b", erased), [leaf("2-a", loser)])).toBe(erased);
    expect(isNamed(erased, loser)).toBe(false);
  });
});
