// Searching cases as people type: without marks, in any order of names, half a word, a code read out, a phone number.
import { describe, expect, it } from "vitest";
import { allCases } from "#src/data/case-queries.ts";
import { searchCases } from "#src/data/case-search.ts";
import { editPerson } from "#src/domain/commands/edit-person.ts";
import { addNote } from "#src/domain/commands/add-note.ts";
import { openDesk } from "#tests/features/support/desk.tsx";

async function deskOfThree() {
  const desk = await openDesk();
  const agreed = { consent: { decision: "given" } };
  const hoa = await desk.receive({
    ...agreed,
    person: {
      displayName: "Đào Thị Hòa",
      homeArea: { province: "vn-gso-48", commune: "Hải Vân" },
      safeContact: { way: "phone", phone: "0905 123 456" },
    },
  });
  const thuy = await desk.receive({ ...agreed, person: { displayName: "Nguyễn Văn Thủy" } });
  const nameless = await desk.receive({ urgentCheck: { lifeInDanger: false } });
  const { read } = desk.work.profile.store;
  return { desk, read, hoa, thuy, nameless };
}

describe("searching cases", () => {
  it.each([
    ["dao thi hoa"],
    ["Đào Thị Hoà"],
    ["HOA DAO"],
    ["hòa"],
    ["đà"],
    ["thi ho"],
    ["hai van"],
    ["0905123"],
    ["0905 123 456"],
    ["123456"],
  ])("finds Đào Thị Hòa of Hải Vân by “%s”", async (typed) => {
    const { read, hoa } = await deskOfThree();
    const found = searchCases(read, typed);
    if (typed === "123456") expect(found).toEqual([]);
    else expect(found).toContain(hoa);
  });

  it("finds tone marks wherever they are placed", async () => {
    const { read, thuy } = await deskOfThree();
    expect(searchCases(read, "thuỷ")).toEqual([thuy]);
    expect(searchCases(read, "Thủy".normalize("NFD"))).toEqual([thuy]);
  });

  it("finds a case by its code, whole, in part, and as somebody read it out", async () => {
    const { read, nameless } = await deskOfThree();
    const code = read.get("case", nameless)?.record.code ?? "";
    const [, , middle = ""] = code.split("-");
    expect(searchCases(read, code)).toContain(nameless);
    expect(searchCases(read, code.toLowerCase().replaceAll("-", " "))).toContain(nameless);
    expect(searchCases(read, middle.slice(0, 4))).toContain(nameless);
    expect(searchCases(read, code.replaceAll("0", "O").replaceAll("1", "I"))).toContain(nameless);
  });

  it("asks every word of what was typed", async () => {
    const { read } = await deskOfThree();
    expect(searchCases(read, "dao thi lan")).toEqual([]);
    expect(searchCases(read, "   ")).toBeUndefined();
    expect(searchCases(read, "...")).toBeUndefined();
  });

  it("never looks into notes, and follows a name that was changed", async () => {
    const { desk, read, hoa } = await deskOfThree();
    await desk.do(addNote, { caseId: hoa, note: { text: "quynh" } });
    expect(searchCases(read, "quynh")).toEqual([]);
    await desk.do(editPerson, { caseId: hoa, person: { displayName: "Lê Thị Quỳnh" } });
    expect(searchCases(read, "quynh")).toEqual([hoa]);
    expect(searchCases(read, "dao")).toEqual([]);
  });
});

describe("all cases", () => {
  it("gathers again only the file in which something changed", async () => {
    const { desk, read, hoa, thuy } = await deskOfThree();
    const before = new Map(allCases(read).map((file) => [file.case.id, file]));
    await desk.do(addNote, { caseId: hoa, note: { text: "Đã gọi" } });
    const after = new Map(allCases(read).map((file) => [file.case.id, file]));
    expect(after.get(thuy)).toBe(before.get(thuy));
    expect(after.get(hoa)).not.toBe(before.get(hoa));
    await desk.do(editPerson, { caseId: thuy, person: { displayName: "Thủy" } });
    const later = new Map(allCases(read).map((file) => [file.case.id, file]));
    expect(later.get(thuy)?.person?.record.displayName).toBe("Thủy");
    expect(later.get(hoa)).toBe(after.get(hoa));
  });
});
