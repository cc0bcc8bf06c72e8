// Which records hold after any number of voidings, and voidings of voidings, in whatever order they arrived.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { voidingsInForce } from "#src/domain/case-file/voided.ts";
import type { Voiding } from "#src/domain/records/voiding.ts";

const idOf = (number: number) => `0b1c5d0e-0000-4000-8000-${String(number).padStart(12, "0")}`;
const voiding = (number: number, target: number, day = 1): Voiding => ({
  id: idOf(number),
  type: "voiding",
  version: 1,
  case: idOf(999),
  createdAt: `2026-03-${String(day).padStart(2, "0")}T00:00:00.000Z`,
  createdBy: "hoa",
  device: "d",
  deviceTime: "2026-03-01T00:00:00.000Z",
  target: idOf(target),
  reason: "nhầm",
});
const nobody = () => false;
const setAside = (voidings: readonly Voiding[]) => [...voidingsInForce(voidings, nobody).keys()].toSorted();

describe("who sets a record aside", () => {
  const by = (createdBy: string, each: Voiding): Voiding => ({ ...each, createdBy });
  const lan = (name: string) => name === "lan";
  const heldBy = (...all: readonly Voiding[]) => [...voidingsInForce(all, lan).keys()].toSorted();
  const [own, first] = [voiding(1, 0), voiding(2, 1)];

  it("is its author or a supervisor; anybody else's word counts for nothing", () => {
    expect(heldBy(own, first)).toEqual([idOf(1)]);
    expect(heldBy(own, by("lan", first))).toEqual([idOf(1)]);
    expect(heldBy(own, by("stranger", first))).toEqual([idOf(0)]);
  });

  it("does not take another's word back by a word that counts for nothing, nor stand in the way of one that does", () => {
    expect(heldBy(own, by("stranger", first), by("stranger", voiding(3, 2)))).toEqual([idOf(0), idOf(2)]);
    expect(heldBy(own, by("stranger", voiding(2, 1, 1)), by("lan", voiding(3, 1, 2)))).toEqual([idOf(1)]);
  });
});

describe("a voiding", () => {
  it("sets a record aside, and is undone by voiding it", () => {
    expect(setAside([voiding(1, 0)])).toEqual([idOf(0)]);
    expect(setAside([voiding(1, 0), voiding(2, 1)])).toEqual([idOf(1)]);
    expect(setAside([voiding(1, 0), voiding(2, 1), voiding(3, 2)])).toEqual([idOf(0), idOf(2)]);
  });

  it("stands while one of several stands", () => {
    expect(setAside([voiding(1, 0), voiding(2, 0), voiding(3, 1)])).toEqual([idOf(0), idOf(1)]);
  });

  it("in a chain of any length sets aside every second record from the end", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), (length) => {
        const chain = Array.from({ length }, (_, index) => voiding(index + 1, index));
        const expected = chain.map((each) => each.target).filter((_, index) => (length - index) % 2 === 1);
        expect(setAside(chain)).toEqual(expected.toSorted());
      }),
    );
  });

  it("says the same in whatever order all arrive, down to which voiding it was", () => {
    // Each is aimed at the record (0) or at an earlier voiding: what can be made with random ids.
    const forests = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 28 })), { maxLength: 12 }).map((aims) =>
      aims.map(([aim, day], index) => voiding(index + 1, aim % (index + 1), day)),
    );
    const shuffled = forests.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(shuffled, ([all, arrived]) => {
        const inForce = voidingsInForce(arrived, nobody);
        expect(Object.fromEntries(inForce)).toEqual(Object.fromEntries(voidingsInForce(all, nobody)));
        // By the rule itself: a record is set aside when a voiding that is not set aside aims at it.
        for (const number of all.keys()) {
          const aside = all.some((each) => each.target === idOf(number) && !inForce.has(each.id));
          expect(inForce.has(idOf(number))).toBe(aside);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("in a chain longer than any stack still comes to an end", () => {
    const chain = Array.from({ length: 20_000 }, (_, index) => voiding(index + 1, index));
    expect(setAside(chain)).toHaveLength(10_000);
  });

  it("aimed at itself or in a ring comes to an end", () => {
    expect(() => voidingsInForce([voiding(1, 1), voiding(2, 3), voiding(3, 2)], nobody)).not.toThrow();
  });
}); // prettier-ignore
