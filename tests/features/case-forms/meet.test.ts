// An edit that meets a colleague's change: nothing of either side is lost without somebody choosing.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { person } from "#src/domain/records/person.ts";
import { answersOf, grainsOf, meet } from "#src/features/case-forms/meet.ts";

const names = (grains: readonly { readonly name: string }[]) => grains.map(({ name }) => name);
const meetPerson = (before: object, mine: object, theirs: object) => {
  const { taken, contested } = meet(person.fields, { ...before }, { ...mine }, { ...theirs });
  return { taken: names(taken), contested: names(contested) };
};

describe("an edit meeting another", () => {
  it("takes over what the other side alone changed", () => {
    expect(meetPerson({ sex: "female" }, { sex: "female" }, { sex: "female", displayName: "Mai" })).toEqual({
      taken: ["displayName"],
      contested: [],
    });
  });

  it("asks where both changed the same answer, and not where they agree", () => {
    const before = { displayName: "Mai", childrenCount: 1 };
    expect(
      meetPerson(before, { ...before, displayName: "Mai A" }, { ...before, displayName: "Mai B" }),
    ).toEqual({
      taken: [],
      contested: ["displayName"],
    });
    const same = { ...before, displayName: "Mai A" };
    expect(meetPerson(before, same, same)).toEqual({ taken: [], contested: [] });
  });

  it("takes a safe way to contact as one: half of another's is not safe", () => {
    const before = { safeContact: { way: "phone", phone: "1" } };
    const mine = { safeContact: { way: "phone", phone: "2" } };
    const theirs = { safeContact: { way: "none" } };
    expect(meetPerson(before, mine, theirs)).toEqual({ taken: [], contested: ["safeContact"] });
    const grain = grainsOf(person.fields).find(({ name }) => name === "safeContact");
    expect(answersOf([grain!], theirs)).toMatchObject({
      "safeContact.way": { value: "none" },
      "safeContact.phone": {},
    });
  });

  it("counts a reason for no answer as an answer", () => {
    expect(meetPerson({}, { sex: "female" }, { unanswered: { sex: "declined" } })).toEqual({
      taken: [],
      contested: ["sex"],
    });
  });

  it("never takes over what was typed here, and asks about each difference (property)", () => {
    const values = fc.record(
      {
        sex: fc.constantFrom("female", "male"),
        childrenCount: fc.nat(3),
        displayName: fc.constantFrom("A", "B"),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(values, values, values, (before, mine, theirs) => {
        const { taken, contested } = meetPerson(before, mine, theirs);
        for (const name of ["sex", "childrenCount", "displayName"] as const) {
          const typed = mine[name] !== before[name];
          const came = theirs[name] !== before[name];
          expect(taken.includes(name)).toBe(came && !typed && theirs[name] !== mine[name]);
          expect(contested.includes(name)).toBe(came && typed && theirs[name] !== mine[name]);
        }
      }),
    );
  });
});
