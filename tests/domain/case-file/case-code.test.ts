// A case code read out over the phone or copied by hand: read as it was meant, or not at all.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newCaseCode, readCaseCode } from "#src/domain/case-file/case-code.ts";

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const place = fc.stringMatching(/^[A-Z]{2,6}$/);
const codes = fc
  .tuple(place, fc.integer({ min: 2020, max: 2119 }), fc.infiniteStream(fc.integer({ min: 0, max: 255 })))
  .map(([site, year, bytes]) => newCaseCode(site, year, (count) => Uint8Array.from(bytes.take(count))));

describe("a case code", () => {
  it("is read back as printed, and looks as promised", () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(code).toMatch(/^[A-Z]{2,6}-\d\d-[0-9A-HJKMNP-TV-Z]{6}-[0-9A-HJKMNP-Z]$/);
        expect(readCaseCode(code)).toBe(code);
        expect(readCaseCode(`  ${code.toLowerCase().replaceAll("-", " ")} `)).toBe(code);
      }),
    );
  });

  it.each(["HVG-26-YZQ8XC-$", "HVG-26-4MK5QY-=", "HVG-26-B37EYF-*", "HVG-26-KZ7Z9X-~"])(
    "given out before codes became letters and digits alone is still read: %s",
    (code) => {
      expect(readCaseCode(code)).toBe(code);
      expect(readCaseCode(code.toLowerCase())).toBe(code);
    },
  );

  it("is read with O for 0 and I or L for 1, wherever a digit may stand", () => {
    fc.assert(
      fc.property(
        codes,
        fc.constantFrom("I", "L", "i", "l"),
        fc.constantFrom("O", "o"),
        (code, one, zero) => {
          const [place = "", ...rest] = code.split("-");
          const typed = rest.map((part) => part.replaceAll("1", one).replaceAll("0", zero));
          expect(readCaseCode([place, ...typed].join("-"))).toBe(code);
        },
      ),
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
            if (read === code)
              expect([right, "O0", "I1", "L1"]).toContain(other === right ? right : other + right);
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
      // The others change from draw to draw, until the check can be said.
      let other = 0;
      const code = newCaseCode("HVG", 2026, (count) => new Uint8Array(count).fill(other++).fill(byte, 0, 1));
      const drawn = code.charAt(7);
      counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
    }
    expect([...counts.keys()].toSorted().join("")).toBe(alphabet);
    expect(new Set(counts.values())).toEqual(new Set([8]));
  });
});
