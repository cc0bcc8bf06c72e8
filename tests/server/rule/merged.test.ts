// What two people made apart and a device has put together, the rule takes from whoever sends it; seeds are printed.
import fc from "fast-check";
import { expect, it } from "vitest";
import { mergeRecords } from "#src/domain/record/merge.ts";
import { person, type Person } from "#src/domain/records/person.ts";
import { day, edited, hoa, newId, scripts } from "#tests/domain/record/person-edits.ts";
import { commune, type Doc, identity, writing } from "./sample-site.ts";
import { verdict } from "./verdict.ts";

const roles = ["staff", `cadre@${commune}`];
const doc = (record: Person): Doc => ({ ...record, _id: record.id });
const saidBy = (name: string, record: Person, lies: Person | null): string =>
  verdict(writing(identity, roles, doc(record), lies && doc(lies), name));

/** As the exchange stamps it: whoever sends it is its author. */
const put = (mine: Person, theirs: Person): Person => ({
  ...mergeRecords(person, mine, theirs, newId),
  updatedAt: day(20),
  updatedBy: "an",
});

it("edits of one person, on top of what lies there", () => {
  fc.assert(
    fc.property(scripts, (script) => {
      const mine = edited(hoa, "an", script);
      expect(saidBy("an", mine, hoa)).toBe("accepted");
      expect(saidBy("an", mine, null)).toBe("accepted");
    }),
    { numRuns: 300 },
  );
});

it("edits of two people, put together by one", () => {
  fc.assert(
    fc.property(scripts, scripts, (first, second) => {
      const mine = edited(hoa, "an", first);
      const theirs = edited(hoa, "lan", second);
      expect(saidBy("an", put(mine, theirs), theirs)).toBe("accepted");
    }),
    { numRuns: 500 },
  );
});

it("edits of two people, put together twice, with more in between", () => {
  fc.assert(
    fc.property(scripts, scripts, scripts, scripts, (first, second, third, fourth) => {
      const theirs = edited(hoa, "lan", second);
      const once = put(edited(hoa, "an", first), theirs);
      const mine = edited(once, "an", third);
      const later = edited(theirs, "chi", fourth);
      expect(saidBy("an", put(mine, later), later)).toBe("accepted");
    }),
    { numRuns: 500 },
  );
});

it("two records made under one id", () => {
  fc.assert(
    fc.property(scripts, scripts, (first, second) => {
      const born = (name: string, script: Parameters<typeof edited>[2]): Person => {
        const { history: _, ...said } = edited(hoa, name, script);
        return { ...said, createdBy: name, updatedBy: name };
      };
      const theirs = born("lan", second);
      expect(saidBy("an", put(born("an", first), theirs), theirs)).toBe("accepted");
    }),
    { numRuns: 300 },
  );
});
