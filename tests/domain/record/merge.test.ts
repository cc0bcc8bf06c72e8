// Two versions of one record made apart: what holds, what waits for a person, and that nothing said is lost.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { amended } from "#src/domain/commands/command.ts";
import { checkRecord } from "#src/domain/record/check.ts";
import type { AnyRecord } from "#src/domain/record/define.ts";
import { deepEqual, textOfEquals } from "#src/domain/record/equal.ts";
import { clashesOf, contentAfter } from "#src/domain/record/history.ts";
import { mergeRecords } from "#src/domain/record/merge.ts";
import { valueAt } from "#src/domain/record/schema.ts";
import { contentOf, sameContent, unitsOf } from "#src/domain/record/unit.ts";
import { case_ } from "#src/domain/records/case.ts";
import { person, type Person } from "#src/domain/records/person.ts";
import type { Case } from "#src/domain/records/case.ts";
import { acting, day, edit, edited, hoa, newId, scripts, stamps, updated } from "./person-edits.ts";

const file: Case = {
  id: newId(),
  type: "case",
  ...stamps,
  ...updated,
  code: "HVG-26-7K3QXM-5",
  receivedAt: day(1),
  riskLevel: "medium",
};

const merge = (mine: Person, theirs: Person) => mergeRecords(person, mine, theirs, newId);
const clashing = (record: Person) => clashesOf(person, record).map(({ unit }) => unit.path);

describe("two edits of one record made apart", () => {
  it("of different questions both hold, and nobody is asked", () => {
    const merged = merge(edit(hoa, "an", 2, { sex: "female" }), edit(hoa, "lan", 3, { childrenCount: 2 }));
    expect(merged).toMatchObject({ displayName: "Hòa", sex: "female", childrenCount: 2 });
    expect(merged.history).toHaveLength(2);
    expect(clashing(merged)).toEqual([]);
  });

  it("of the same question to different answers: the centre's holds, both stay with who and when", () => {
    const merged = merge(
      edit(hoa, "an", 3, { displayName: "Hoà Đào" }),
      edit(hoa, "lan", 2, { displayName: "Đào Thị Hòa" }),
    );
    expect(merged.displayName).toBe("Đào Thị Hòa");
    const [clash] = clashesOf(person, merged);
    expect(clash?.sides.map(({ by, at, to }) => [by, at, to])).toEqual([
      ["lan", day(2), "Đào Thị Hòa"],
      ["an", day(3), "Hoà Đào"],
    ]);
  });

  it("of which each of two others has made one, with another answer standing: nothing is said anew", () => {
    const [one, other] = [
      edit(hoa, "an", 2, { displayName: "Hoà" }),
      edit(hoa, "lan", 3, { displayName: "Hoa" }),
    ];
    const [here, there] = [merge(one, other), merge(other, one)];
    expect([here.displayName, there.displayName]).toEqual(["Hoa", "Hoà"]);
    const merged = merge(here, there);
    expect(merged).toEqual(there);
    expect(clashing(merged)).toEqual(["displayName"]);
  });

  it("of which the centre has chosen one that its author has given up since: the later word stands until somebody decides", () => {
    const [one, other] = [
      edit(hoa, "an", 2, { displayName: "Hoà" }),
      edit(hoa, "lan", 3, { displayName: "Hoa" }),
    ];
    const again = edit(other, "lan", 4, { displayName: "Hoa Đào" });
    const centre = merge(one, other);
    expect(centre).toMatchObject({ displayName: "Hoa" });
    const merged = merge(again, centre);
    expect(merged).toMatchObject({ displayName: "Hoa Đào" });
    expect(clashing(merged)).toEqual(["displayName"]);
    // The other answer had been chosen: it is nobody's to replace.
    expect(merge(again, merge(other, one))).toMatchObject({ displayName: "Hoà" });
  });

  it("of the same question to the same answer is no clash", () => {
    const merged = merge(edit(hoa, "an", 2, { sex: "female" }), edit(hoa, "lan", 3, { sex: "female" }));
    expect(merged.sex).toBe("female");
    expect(clashing(merged)).toEqual([]);
  });

  it("an answer and a reason for none are two contents of one question, never both at once", () => {
    const declined = edit(hoa, "an", 2, { unanswered: { ethnicity: "declined" } });
    const merged = merge(declined, edit(hoa, "lan", 3, { ethnicity: "vn-01" }));
    expect(merged.ethnicity).toBe("vn-01");
    expect(merged.unanswered).toBeUndefined();
    expect(clashing(merged)).toEqual(["ethnicity"]);
    const [first] = clashesOf(person, merged)[0]?.sides ?? [];
    expect(first && contentAfter(first)).toEqual({ unanswered: { ethnicity: "declined" } });
  });

  it("sets of codes take what either added and lose what either took out", () => {
    const both = { ...hoa, languagesRead: ["vi", "en"] as const };
    const merged = merge(
      edit(both, "an", 2, { languagesRead: ["vi", "ja"] }),
      edit(both, "lan", 3, { languagesRead: ["vi", "en", "zh"] }),
    );
    expect(merged.languagesRead).toEqual(["vi", "zh", "ja"]);
    expect(clashing(merged)).toEqual([]);
  });

  it("of sets of a size that nobody writes: each item is looked at a few times, not once for each other", () => {
    let looks = 0;
    const many = Array.from({ length: 300 }, (_, index) => `x${String(index)}`);
    const get: ProxyHandler<string[]>["get"] = (target, key) => {
      looks += 1;
      return Reflect.get(target, key);
    };
    const watched = new Proxy(many, { get });
    const [entry] = edit(hoa, "an", 2, { languagesRead: ["vi", "ja"] }).history ?? [];
    const mine = { ...hoa, ...{ languagesRead: watched }, history: [{ ...entry, to: watched }] } as Person;
    const merged = merge(mine, edit(hoa, "lan", 3, { languagesRead: ["vi", "en"] }));
    expect(merged.languagesRead).toEqual(["en", ...many]);
    expect(looks).toBeLessThan(20 * many.length);
  });

  it("the safe way to contact is one: halves of two are never put together", () => {
    const phone = edit(hoa, "an", 2, { safeContact: { way: "phone", phone: "0901" } });
    const visit = edit(hoa, "lan", 3, { safeContact: { way: "visit", hours: "sáng" } });
    const merged = merge(phone, visit);
    expect(merged.safeContact).toEqual({ way: "visit", hours: "sáng" });
    expect(clashing(merged)).toEqual(["safeContact"]);
  });

  it("parts of a group that is no unit are questions of their own", () => {
    const province = edit(hoa, "an", 2, { homeArea: { province: "vn-gso-48" } });
    const merged = merge(province, edit(hoa, "lan", 3, { homeArea: { commune: "Hòa Khương" } }));
    expect(merged.homeArea).toEqual({ province: "vn-gso-48", commune: "Hòa Khương" });
    expect(clashing(merged)).toEqual([]);
  });

  it.each([
    ["high", "low"],
    ["low", "high"],
  ] as const)("risk %s here and %s at the centre: the stricter holds until it is decided", (mine, theirs) => {
    const merged = mergeRecords(
      case_,
      amended(case_, file, { riskLevel: mine }, acting("an", 2)),
      amended(case_, file, { riskLevel: theirs }, acting("lan", 3)),
      newId,
    );
    expect(merged.riskLevel).toBe("high");
    expect(clashesOf(case_, merged).map(({ unit }) => unit.path)).toEqual(["riskLevel"]);
  });

  it("two records made under one id keep both what they said at first", () => {
    const other: Person = {
      ...hoa,
      createdBy: "lan",
      createdAt: day(2),
      updatedBy: "lan",
      displayName: "Hoa",
    };
    const merged = merge(hoa, other);
    expect(merged.displayName).toBe("Hoa");
    expect(clashesOf(person, merged)[0]?.sides.map(({ by, to }) => [by, to])).toEqual([
      ["an", "Hòa"],
      ["lan", "Hoa"],
    ]);
  });

  it("keeps fields that only a newer version knows", () => {
    const newer: Person = Object.assign({ ...hoa }, { scars: ["x"] });
    expect(valueAt(merge(newer, edit(hoa, "lan", 2, { sex: "male" })), "scars")).toEqual(["x"]);
  });
});

describe("a clash", () => {
  const apart = () =>
    merge(edit(hoa, "an", 2, { displayName: "Hoà" }), edit(hoa, "lan", 3, { displayName: "Hoa" }));

  it("ends with whoever writes the field in sight of both, and stays ended when an older version comes back", () => {
    const open = apart();
    const decided = edit(open, "binh", 4, { displayName: "Đào Thị Hòa" });
    expect(clashing(decided)).toEqual([]);
    const again = merge(open, decided);
    expect(again.displayName).toBe("Đào Thị Hòa");
    expect(clashing(again)).toEqual([]);
    expect(clashing(merge(edit(hoa, "lan", 3, { sex: "female" }), decided))).toEqual([]);
  });

  it("decided twice apart is a clash of the two decisions", () => {
    const open = apart();
    const merged = merge(
      edit(open, "binh", 4, { displayName: "Hoà B" }),
      edit(open, "chi", 5, { displayName: "Hoà C" }),
    );
    expect(clashesOf(person, merged)[0]?.sides.map(({ by }) => by)).toEqual(["binh", "chi"]);
  });

  it("of more sides than an entry can follow ends after as many decisions as it takes", () => {
    const beside = Array.from({ length: 60 }, (_, index) => ({ id: newId(), at: day(2), by: "x", device: "d", field: "owner", to: `chi-${index}`, after: [] })); // prettier-ignore
    const crowded: Case = { ...file, owner: "chi-0", history: beside };
    const decide = (record: Case, owner: string) => amended(case_, record, { owner }, acting("binh", 4));
    const once = decide(crowded, "lan");
    expect(checkRecord("s-vn-gso-48", once, crowded)).toEqual([]);
    expect(clashesOf(case_, once)).toHaveLength(1);
    const twice = decide(once, "an");
    expect(clashesOf(case_, twice)).toEqual([]);
  });

  it("is not ended by a change of another question", () => {
    expect(clashing(edit(apart(), "binh", 4, { sex: "female" }))).toEqual(["displayName"]);
  });
});

const entriesOf = (...versions: readonly AnyRecord[]) =>
  new Set(versions.flatMap(({ history = [] }) => history.map(({ id }) => id)));
const shown = (record: Person) =>
  unitsOf(person).map((unit) => [unit.path, JSON.stringify(contentOf(record, unit))]);

describe("merging, whatever was written", () => {
  it("loses no change; a question that one alone has changed has that answer", () => {
    fc.assert(
      fc.property(scripts, scripts, (first, second) => {
        const mine = edited(hoa, "an", first);
        const theirs = edited(hoa, "lan", second);
        const merged = merge(mine, theirs);
        expect(entriesOf(merged)).toEqual(entriesOf(mine, theirs));
        for (const unit of unitsOf(person)) {
          const touched = (version: Person) => version.history?.some(({ field }) => field === unit.path);
          const content = contentOf(merged, unit);
          if (!touched(theirs)) expect(content).toEqual(contentOf(mine, unit));
          if (!touched(mine)) expect(content).toEqual(contentOf(theirs, unit));
          expect(
            Object.keys(content.unanswered ?? {}).every((path) => valueAt(merged, path) === undefined),
          ).toBe(true);
        }
      }),
    );
  });

  it("says the same whichever side does it, but for what it says to be undecided", () => {
    fc.assert(
      fc.property(scripts, scripts, (first, second) => {
        const mine = edited(hoa, "an", first);
        const theirs = edited(hoa, "lan", second);
        const [one, other] = [merge(mine, theirs), merge(theirs, mine)];
        expect(one.history).toEqual(other.history);
        expect(clashing(one)).toEqual(clashing(other));
        const open = new Set(clashing(one));
        for (const unit of unitsOf(person)) {
          if (open.has(unit.path)) continue;
          const [a, b] = [contentOf(one, unit), contentOf(other, unit)];
          const isSet = unit.field.kind === "codes";
          if (isSet) expect(new Set(listOf(a.value))).toEqual(new Set(listOf(b.value)));
          else expect(sameContent(a, b)).toBe(true);
        }
      }),
    );
  });

  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(scripts, scripts, (first, second) => {
        const mine = edited(hoa, "an", first);
        const theirs = edited(hoa, "lan", second);
        const merged = merge(mine, theirs);
        for (const again of [merge(merged, theirs), merge(mine, merged), merge(merged, merged)]) {
          expect(shown(again)).toEqual(shown(merged));
          expect(again.history).toEqual(merged.history);
        }
      }),
    );
  });

  it("of three devices in a row ends the same in any order, but for what it says to be undecided", () => {
    fc.assert(
      fc.property(scripts, scripts, scripts, (first, second, third) => {
        const [a, b, c] = [edited(hoa, "an", first), edited(hoa, "lan", second), edited(hoa, "chi", third)];
        const one = merge(merge(a, b), c);
        const other = merge(a, merge(c, b));
        expect(one.history).toEqual(other.history);
        expect(clashing(one)).toEqual(clashing(other));
      }),
    );
  });
});

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

describe("equal values", () => {
  it("have equal texts, others have not, whatever the order of their members", () => {
    const values = fc.jsonValue({ maxDepth: 3 });
    const turned = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(turned);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([key, inner]) => [key, turned(inner)]),
      );
    };
    fc.assert(
      fc.property(values, values, (a, b) => {
        expect(textOfEquals(a)).toBe(textOfEquals(turned(a)));
        expect(textOfEquals(a) === textOfEquals(b)).toBe(deepEqual(a, b));
      }),
    );
  });

  it("of a record with two thousand different answers to one question are each a side, once", () => {
    const { id, ...entry } = { id: "", at: day(2), by: "x", device: "d", field: "riskLevel", after: [] };
    const history = Array.from({ length: 2000 }, (_, index) => ({
      ...entry,
      id: `${id}${index}`,
      to: [...Array.from({ length: 140 }, () => 7), index % 1000],
    }));
    expect(clashesOf(case_, { ...file, history })[0]?.sides).toHaveLength(1000);
  });
});
