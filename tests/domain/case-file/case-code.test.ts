// A case code read out over the phone or copied by hand: read as it was meant, or not at all.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newCaseCode, readCaseCode } from "#src/domain/case-file/case-code.ts";

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const codes = fc
  .tuple(fc.stringMatching(/^[A-Z]{2,6}$/), fc.integer({ min: 2020, max: 2119 }), fc.uint8Array({ minLength: 6, maxLength: 6 }))
  .map(([place, year, random]) => newCaseCode(place, year, random)); // prettier-ignore

describe("a case code", () => {
  it("is read back as printed, and looks as promised", () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(code).toMatch(/^[A-Z]{2,6}-\d\d-[0-9A-HJKMNP-TV-Z]{6}-[0-9A-HJKMNP-TV-Z*~$=U]$/);
        expect(readCaseCode(code)).toBe(code);
        expect(readCaseCode(`  ${code.toLowerCase().replaceAll("-", " ")} `)).toBe(code);
      }),
    );
  });

  it("is read with O for 0 and I or L for 1, wherever a digit may stand", () => {
    fc.assert(
      fc.property(codes, fc.constantFrom("I", "L", "i", "l"), fc.constantFrom("O", "o"), (code, one, zero) => {
        const [place = "", ...rest] = code.split("-");
        const typed = rest.map((part) => part.replaceAll("1", one).replaceAll("0", zero));
        expect(readCaseCode([place, ...typed].join("-"))).toBe(code);
      }),
      { numRuns: 500 },
    );
  });

  it("is not read with one character wrong", () => {
    fc.assert(
      fc.property(codes, (code) => {
        for (const [index, right] of [...code].entries()) {
          if (right === "-") continue;
          for (const other of `${alphabet}ILOU*~$=`) {
            const typed = code.slice(0, index) + other + code.slice(index + 1);
            const read = readCaseCode(typed);
            // A letter that stands for the digit it looks like is no mistake.
            expect(read === undefined || read === code, typed).toBe(true);
            if (read === code) expect([right, "O0", "I1", "L1"]).toContain(other === right ? right : other + right);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it("is not read with two neighbours swapped", () => {
    fc.assert(
      fc.property(codes, (code) => {
        const swapped = Array.from(code.slice(1), (_, index) =>
          [code.slice(0, index), code.charAt(index + 1), code.charAt(index), code.slice(index + 2)].join(""),
        );
        expect(swapped.filter((typed) => typed !== code && readCaseCode(typed) !== undefined)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it("is nothing else", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readCaseCode(text)).toBeUndefined();
      }),
    );
    for (const text of ["HVG-26-7K3QXM", "HVG-26-7K3QXM-5-5", "H-26-7K3QXM-5", "HVG-2026-7K3QXM-5", ""])
      expect(readCaseCode(text)).toBeUndefined();
  });

  it("has each character as often as any other", () => {
    const counts = new Map<string, number>();
    for (let byte = 0; byte < 256; byte++) {
      const drawn = newCaseCode("HVG", 2026, new Uint8Array(6).fill(byte)).slice(7, 13);
      expect(new Set(drawn).size).toBe(1);
      counts.set(drawn.charAt(0), (counts.get(drawn.charAt(0)) ?? 0) + 1);
    }
    expect([...counts.keys()].toSorted().join("")).toBe(alphabet);
    expect(new Set(counts.values())).toEqual(new Set([8]));
  });
}); // prettier-ignore
