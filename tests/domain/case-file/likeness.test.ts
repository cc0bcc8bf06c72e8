// Who may be the same person: names as people write them, birth years, papers.
import { describe, expect, it } from "vitest";
import { likenessOf } from "#src/domain/case-file/likeness.ts";

const known = { displayName: "Đào Thị Hòa", birthDate: "1998-03", paperNumber: "048 198 000123" };

describe("a possible duplicate", () => {
  it.each(["Đào Thị Hòa", "dao thi hoa", "HOA DAO", "Đào Thị Hoà", "hòa đ", "Đào Thị Hòa Bình"])(
    "is seen in “%s”",
    (displayName) => expect(likenessOf({ displayName }, known)).toBeGreaterThan(0),
  );

  it.each(["", "h", "Lan", "Đào Văn Hùng", "Hoa Lý"])("is not seen in “%s”", (displayName) =>
    expect(likenessOf({ displayName }, known)).toBe(0),
  );

  it("is seen by a shared given name with the same year of birth, whichever way the age was told", () => {
    const name = "Nguyễn Hòa";
    expect(likenessOf({ displayName: name }, known)).toBe(0);
    expect(likenessOf({ displayName: name, birthDate: "1998" }, known)).toBeGreaterThan(0);
    const byAge = { displayName: "Trần Hòa", ageYears: 28, ageAsOf: "2026-11-22" };
    expect(likenessOf({ displayName: name, birthDate: "1998" }, byAge)).toBeGreaterThan(0);
    expect(likenessOf({ birthDate: "1998" }, known)).toBe(0);
  });

  it("is seen by the number of a paper, spaces or not, and that weighs most", () => {
    const paper = likenessOf({ displayName: "Lan", paperNumber: "048198000123" }, known);
    expect(paper).toBeGreaterThan(likenessOf({ displayName: "Đào Thị Hòa", birthDate: "1998" }, known));
  });

  it("is nobody without a name and papers", () => {
    expect(likenessOf({ displayName: "Hòa" }, undefined)).toBe(0);
    expect(likenessOf({ displayName: "Hòa" }, {})).toBe(0);
  });
});
