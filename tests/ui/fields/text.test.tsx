// @vitest-environment jsdom
// Typing a text: reported as it is typed, never inside a composition, cleaned, never rewritten under the hands.
import { fireEvent, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { ask } from "#tests/support/on-screen.tsx";

const box = () => screen.getByRole<HTMLInputElement>("textbox");

describe("a text", () => {
  it("is labelled, named by its path, and never remembered or corrected by the browser", async () => {
    await ask("person", "displayName");
    const input = screen.getByLabelText("Tên gọi");
    expect(input.getAttribute("name")).toBe("person.displayName");
    expect(input.getAttribute("autocomplete")).toBe("off");
    expect(input.getAttribute("spellcheck")).toBe("false");
    expect(document.getElementById(input.getAttribute("aria-describedby")!)?.textContent).toContain(
      "Anh/chị muốn được gọi là gì?",
    );
  });

  it("is reported with every letter", async () => {
    const { answers } = await ask("person", "displayName");
    await userEvent.type(box(), "Lan");
    expect(answers).toEqual([{ value: "L" }, { value: "La" }, { value: "Lan" }]);
  });

  it("keeps the space one has just typed in sight, and reports the name without it", async () => {
    const { kept } = await ask("person", "displayName");
    await userEvent.type(box(), " Đào ");
    expect(box().value).toBe(" Đào ");
    expect(kept.values).toEqual({ displayName: "Đào" });
    await userEvent.tab();
    expect(box().value).toBe("Đào");
  });

  it("is stored as NFC, whatever the keyboard gives", async () => {
    const { kept } = await ask("person", "displayName");
    fireEvent.change(box(), { target: { value: "Hòa".normalize("NFD") } });
    expect(kept.values).toEqual({ displayName: "Hòa".normalize("NFC") });
  });

  it("is not asked any more when it is emptied", async () => {
    const { kept } = await ask("person", "displayName", { start: { displayName: "Lan", sex: "female" } });
    await userEvent.clear(box());
    expect(kept.values).toEqual({ sex: "female" });
  });

  it("says nothing in the middle of a composition, and the whole word after it", async () => {
    const { answers } = await ask("person", "displayName");
    fireEvent.compositionStart(box());
    for (const half of ["D", "Dd", "Đ", "Đa", "Đaf"]) fireEvent.change(box(), { target: { value: half } });
    expect(box().value).toBe("Đaf");
    expect(answers).toEqual([]);
    fireEvent.change(box(), { target: { value: "Đào" } });
    fireEvent.compositionEnd(box());
    expect(answers).toEqual([{ value: "Đào" }]);
  });

  it("loses no word to a phone that is put away in the middle of it", async () => {
    const { kept } = await ask("person", "displayName");
    fireEvent.compositionStart(box());
    fireEvent.change(box(), { target: { value: "Lan" } });
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    fireEvent(document, new Event("visibilitychange"));
    Reflect.deleteProperty(document, "visibilityState");
    expect(kept.values).toEqual({ displayName: "Lan" });
  });

  it("that is too long is kept, and says what to do", async () => {
    const { kept } = await ask("person", "paperNumber");
    fireEvent.change(box(), { target: { value: "1".repeat(41) } });
    expect(kept.values).toEqual({ paperNumber: "1".repeat(41) });
    expect(screen.getByRole("alert").textContent).toBe("Dài quá 40 ký tự, hãy rút gọn bớt.");
    expect(box().getAttribute("aria-invalid")).toBe("true");
  });

  it("of several lines keeps its lines", async () => {
    const { kept } = await ask("followup", "personsView");
    await userEvent.type(box(), "Chị thấy yên tâm.{Enter}Muốn học may.");
    expect(kept.values).toEqual({ personsView: "Chị thấy yên tâm.\nMuốn học may." });
  });

  it("shows what came from elsewhere while nobody is typing", async () => {
    await ask("person", "displayName", { start: { displayName: "Lan" } });
    expect(box().value).toBe("Lan");
  });
});

describe("a number", () => {
  it("is understood with the points people write, and shown with them", async () => {
    const { kept } = await ask("planItem", "amount");
    await userEvent.type(box(), "1.500.000");
    expect(kept.values).toEqual({ amount: 1_500_000 });
    await userEvent.clear(box());
    await userEvent.type(box(), "2000000");
    await userEvent.tab();
    expect(box().value).toBe("2.000.000");
  });

  it("out of its bounds or made of words is not taken, and says so", async () => {
    const { kept } = await ask("person", "ageYears");
    await userEvent.type(box(), "17 tuổi");
    expect(kept.values).toEqual({ typed: { ageYears: "17 tuổi" } });
    expect(screen.getByRole("alert").textContent).toBe("Ghi bằng chữ số, từ 0 đến 120.");
    expect(box().value).toBe("17 tuổi");
  });
});
