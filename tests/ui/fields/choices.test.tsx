// @vitest-environment jsdom
// Choosing: real radios and checkboxes, one tap each, honest ways not to answer, all of it by keyboard.
import { screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { ask } from "#tests/support/on-screen.tsx";

const control = (name: string, value: string) =>
  document.querySelector<HTMLInputElement>(`input[name="${name}"][value="${value}"]`)!;
const choice = (label: string) => screen.getByRole<HTMLInputElement>("radio", { name: label });

describe("a single choice", () => {
  it("is a radio named by its path, in a group that carries the question", async () => {
    const { kept } = await ask("person", "sex");
    const group = screen.getByRole("radiogroup", { name: "Giới tính" });
    expect(within(group).getAllByRole("radio", { name: /^(Nữ|Nam|Khác)$/ })).toHaveLength(3);
    await userEvent.click(control("person.sex", "female"));
    expect(kept.values).toEqual({ sex: "female" });
  });

  it("lets the form go on when it is tapped, and again when the chosen one is tapped", async () => {
    const onChosen = vi.fn<() => void>();
    const { kept } = await ask("person", "sex", { onChosen });
    await userEvent.click(choice("Nam"));
    expect(onChosen).toHaveBeenCalledTimes(1);
    await userEvent.click(choice("Nam"));
    expect(onChosen).toHaveBeenCalledTimes(2);
    expect(kept.values).toEqual({ sex: "male" });
  });

  it("by arrow keys answers without going on; Enter goes on", async () => {
    const onChosen = vi.fn<() => void>();
    const { kept } = await ask("person", "sex", { onChosen });
    await userEvent.tab();
    await userEvent.keyboard("{ArrowDown}{ArrowDown}");
    expect(kept.values).toHaveProperty("sex");
    expect(onChosen).not.toHaveBeenCalled();
    await userEvent.keyboard("{Enter}");
    expect(onChosen).toHaveBeenCalledTimes(1);
  });
});

describe("not answering", () => {
  it.each([
    ["Không muốn trả lời", "declined"],
    ["Hỏi sau", "later"],
    ["Không rõ", "unknown"],
  ])("%s is one tap, and a second tap takes it back", async (label, reason) => {
    const { kept } = await ask("person", "sex");
    await userEvent.click(choice(label));
    expect(kept.values).toEqual({ unanswered: { sex: reason } });
    expect(control("person.sex.unanswered", reason).checked).toBe(true);
    await userEvent.click(choice(label));
    expect(kept.values).toEqual({});
  });

  it("is taken back by keyboard too", async () => {
    const { kept } = await ask("person", "sex", { start: { unanswered: { sex: "later" } } });
    choice("Hỏi sau").focus();
    await userEvent.keyboard(" ");
    expect(kept.values).toEqual({});
  });

  it("takes the place of an answer, and an answer takes its place", async () => {
    const { kept } = await ask("person", "sex", { start: { sex: "female" } });
    await userEvent.click(choice("Hỏi sau"));
    expect(kept.values).toEqual({ unanswered: { sex: "later" } });
    expect(choice("Nữ").checked).toBe(false);
    await userEvent.click(choice("Nữ"));
    expect(kept.values).toEqual({ sex: "female" });
  });

  it("empties what was typed", async () => {
    const { kept } = await ask("person", "homeArea.commune", {
      start: { homeArea: { commune: "Sín Thầu" } },
    });
    await userEvent.click(choice("Không muốn trả lời"));
    expect(kept.values).toEqual({ unanswered: { "homeArea.commune": "declined" } });
    expect(screen.getByRole<HTMLInputElement>("textbox").value).toBe("");
  });

  it("is not offered where a record cannot be without the field", async () => {
    await ask("followup", "outcome");
    expect(screen.queryByRole("radio", { name: "Hỏi sau" })).toBeNull();
  });
});

describe("yes or no", () => {
  it("offers not knowing beside it, once", async () => {
    const { kept } = await ask("urgentCheck", "lifeInDanger");
    await userEvent.click(control("urgentCheck.lifeInDanger", "yes"));
    expect(kept.values).toEqual({ lifeInDanger: true });
    await userEvent.click(control("urgentCheck.lifeInDanger", "unknown"));
    expect(kept.values).toEqual({ unanswered: { lifeInDanger: "unknown" } });
    await userEvent.click(control("urgentCheck.lifeInDanger", "no"));
    expect(kept.values).toEqual({ lifeInDanger: false });
    expect(screen.getAllByRole("radio", { name: "Không rõ" })).toHaveLength(1);
  });
});

describe("several choices", () => {
  it("are checkboxes; the last one unchosen leaves the question not asked", async () => {
    const { kept } = await ask("followup", "newNeeds");
    await userEvent.click(screen.getByRole("checkbox", { name: "Khám, chữa bệnh" }));
    await userEvent.click(screen.getByRole("checkbox", { name: "Giấy tờ tùy thân" }));
    expect(kept.values).toEqual({ newNeeds: ["medical", "papers"] });
    await userEvent.click(screen.getByRole("checkbox", { name: "Khám, chữa bệnh" }));
    await userEvent.click(screen.getByRole("checkbox", { name: "Giấy tờ tùy thân" }));
    expect(kept.values).toEqual({});
  });

  it("beyond the number asked for say so, and are kept", async () => {
    const { kept } = await ask("followup", "newNeeds", { atMost: 1, start: { newNeeds: ["medical"] } });
    await userEvent.click(screen.getByRole("checkbox", { name: "Giấy tờ tùy thân" }));
    expect(screen.getByRole("alert").textContent).toBe("Chọn nhiều nhất 1 mục.");
    expect(kept.values).toEqual({ newNeeds: ["medical", "papers"] });
  });
});

describe("a long list", () => {
  it("offers the frequent ones, and finds the others without marks", async () => {
    const { kept } = await ask("person", "citizenship");
    expect(control("person.citizenship", "VN")).not.toBeNull();
    expect(control("person.citizenship", "JP")).toBeNull();
    await userEvent.type(screen.getByRole("combobox"), "nhat ban");
    await userEvent.click(screen.getByRole("option", { name: "Nhật Bản" }));
    expect(kept.values).toEqual({ citizenship: "JP" });
    expect(control("person.citizenship", "JP").checked).toBe(true);
  });

  it.each([
    ["quang nam", "Đà Nẵng"],
    ["Nam Định", "Ninh Bình"],
    ["ha tay", "Hà Nội"],
    ["vung tau", "Thành phố Hồ Chí Minh"],
    ["thừa thiên", "Huế"],
    ["dak nong", "Lâm Đồng"],
  ])("finds the province that %s has become part of: %s", async (typed, now) => {
    await ask("person", "homeArea.province", { first: ["vn-gso-48"] });
    await userEvent.type(screen.getByRole("combobox"), typed);
    const hits = screen.getAllByRole("option").map(({ firstChild }) => firstChild?.textContent);
    expect(hits).toContain(now);
  });

  it("lists before anything is typed only what does not stand as a choice", async () => {
    await ask("person", "homeArea.province", { first: ["vn-gso-48"] });
    await userEvent.click(screen.getByRole("combobox"));
    const hits = screen.getAllByRole("option").map(({ textContent }) => textContent);
    expect(hits).not.toContain("Đà Nẵng");
    expect(hits).toContain("Hà Nội");
  });

  it("is searched by keyboard alone, and reports what is chosen like a tap", async () => {
    const onChosen = vi.fn<() => void>();
    const { kept } = await ask("person", "homeArea.province", { onChosen });
    const search = screen.getByRole("combobox");
    await userEvent.click(search);
    await userEvent.keyboard("d");
    await userEvent.keyboard("{ArrowDown}");
    const active = document.getElementById(search.getAttribute("aria-activedescendant")!)!;
    expect(active.getAttribute("aria-selected")).toBe("true");
    await userEvent.keyboard("{Enter}");
    expect(kept.values).toEqual({ homeArea: { province: active.dataset["value"] } });
    expect(onChosen).toHaveBeenCalledTimes(1);
    expect(search.getAttribute("aria-expanded")).toBe("false");
  });

  it("offers the codes of the country whose rules hold", async () => {
    await ask("person", "homeArea.province");
    await userEvent.click(screen.getByRole("combobox"));
    expect(screen.queryByRole("option", { name: "Aceh" })).toBeNull();
    expect(screen.getByRole("option", { name: "Nơi khác, ngoài nước này" })).not.toBeNull();
  });

  it("says when nothing is found, and closes with Escape", async () => {
    await ask("person", "citizenship");
    const search = screen.getByRole("combobox");
    await userEvent.type(search, "xyz");
    expect(screen.getByRole("status").textContent).toContain("Không thấy lựa chọn nào");
    await userEvent.keyboard("{Escape}");
    expect(search.getAttribute("aria-expanded")).toBe("false");
  });
});
