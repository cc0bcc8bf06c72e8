// @vitest-environment jsdom
// Today on the real screen: each case once, whose turn it is, the way to each thing, and drafts that are dropped.
import { waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { changeStage } from "#src/domain/commands/change-stage.ts";
import { recordStatus } from "#src/domain/commands/record-status.ts";
import { recordVisit } from "#src/domain/commands/record-visit.ts";
import type { Case } from "#src/domain/records/case.ts";
import { TodayScreen } from "#src/features/today/today-screen.tsx";
import { type Locale, localeCodes } from "#src/i18n/locales.ts";
import { addressOf, paths } from "#src/ui/addresses.ts";
import { laterOn } from "#tests/features/support/colleagues.ts";
import { allNo, type Desk, openDesk, openScreen } from "#tests/features/support/desk.tsx";

vi.setConfig({ testTimeout: 60_000 });

const day = 86_400_000;
const open = (desk: Desk, locale: Locale = "vi") =>
  openScreen(desk, { screen: <TodayScreen />, path: paths.today, at: "/", locale });
const cards = (id: string) => [...document.querySelectorAll<HTMLElement>(`li[data-record="${id}"]`)];
const sheetOf = (id: string) => cards(id)[0]?.closest(".sheet")?.querySelector("h2")?.textContent;
const ownedBy = (record: Case, owner: string): Case => ({ ...record, owner });
const notice = { to: "notified", responsibleBody: "Sở Y tế Đà Nẵng", how: "Gọi điện" };
const mai = { consent: { decision: "given" }, person: { displayName: "Đào Thị Mai" } } as const;

describe("a case with several things to do", () => {
  it.each(localeCodes)("stands once, with all of them on its card, in %s", async (locale) => {
    const desk = await openDesk();
    const id = await desk.receive({
      ...mai,
      urgentCheck: { ...allNo, suicidal: true, urgentMedical: true },
      case: { nextContactOn: "2026-11-23" },
    });
    laterOn(desk, 20 * day);
    const screen = await open(desk, locale);
    await screen.find(".today-case");
    expect(cards(id)).toHaveLength(1);
    // Two flags, the notice, the plan, the visit.
    expect(cards(id)[0]?.querySelectorAll(".today-task")).toHaveLength(5);
    expect(cards(id)[0]?.querySelector(".today-task")?.textContent).not.toBe("");
    expect(document.querySelector(".sheet-urgent")?.contains(cards(id)[0] ?? null)).toBe(true);
  });

  it("is called by the masked name, which leads to it; without one by its code", async () => {
    const desk = await openDesk();
    const named = await desk.receive(mai);
    const nameless = await desk.receive({ case: { riskLevel: "low" } });
    laterOn(desk, 2 * day);
    const screen = await open(desk);
    const link = await screen.find(`li[data-record="${named}"] a[href="${addressOf.case(named)}"]`);
    expect(link.textContent).toBe("Đ•• T•• M••");
    expect(document.body.textContent).not.toContain("Đào Thị Mai");
    await screen.tap(`li[data-record="${named}"] [data-action="reveal"]`);
    expect(document.body.textContent).toContain("Đào Thị Mai");
    const code = desk.work.profile.store.read.get("case", nameless)?.record.code;
    const other = await screen.find(`li[data-record="${nameless}"] a[href="${addressOf.case(nameless)}"]`);
    expect(other.textContent).toBe(code);
  });

  it("keeps the ground of a term behind a tap", async () => {
    const desk = await openDesk();
    const id = await desk.receive(mai);
    laterOn(desk, 2 * day);
    const screen = await open(desk);
    const ground = await screen.find(`li[data-record="${id}"] details`);
    expect(ground.hasAttribute("open")).toBe(false);
    expect(ground.textContent).toContain("53/2024");
  });

  it("leads from each flag to the form of that flag", async () => {
    const desk = await openDesk();
    const id = await desk.receive({ urgentCheck: { suicidal: true, urgentMedical: true } });
    const check = desk.work.profile.store.read.list("urgent_check")[0]?.record.id ?? "";
    const screen = await open(desk);
    await screen.find('[data-action="flag"]');
    const links = cards(id)[0]?.querySelectorAll('[data-action="flag"]') ?? [];
    expect([...links].map((link) => link.getAttribute("href"))).toEqual([
      addressOf.flag(id, check, "suicidal"),
      addressOf.flag(id, check, "urgentMedical"),
    ]);
  });
});

describe("whose turn it is", () => {
  async function waitingForOthers() {
    const desk = await openDesk();
    const id = await desk.receive({ urgentCheck: allNo, case: { riskLevel: "low" } });
    await desk.do(recordStatus, { caseId: id, statusEvent: notice });
    await desk.do(recordVisit, {
      caseId: id,
      followup: { outcome: "contact_made", nextOn: "2027-03-01" },
    });
    laterOn(desk, 8 * day);
    return { desk, id };
  }

  it("what a cadre can only wait for stands apart, says for whom, who records it, and has no button", async () => {
    const { desk, id } = await waitingForOthers();
    const screen = await open(desk);
    await screen.find(".today-case");
    expect(sheetOf(id)).toBe("Đang chờ nơi khác");
    expect(cards(id)[0]?.textContent).toContain("Chờ Sở Y tế Đà Nẵng trả lời");
    expect(cards(id)[0]?.textContent).toMatch(/giám sát/i);
    expect(cards(id)[0]?.querySelector('[data-action="status"]')).toBeNull();
  });

  it("a supervisor has the button that records the answer, and sees it as overdue", async () => {
    const { desk, id } = await waitingForOthers();
    const supervising = await openDesk({ disk: desk.disk, roles: ["supervisor@vn-gso-48"] });
    laterOn(supervising, 8 * day);
    const screen = await open(supervising);
    await screen.find(".today-case");
    expect(sheetOf(id)).toBe("Quá hạn");
    const button = await screen.find(`li[data-record="${id}"] [data-action="status"]`);
    expect(button.getAttribute("href")).toBe(addressOf.caseForm(id, "status"));
  });

  it("one's own comes before what is a colleague's", async () => {
    const desk = await openDesk();
    const colleagues = await desk.receive({ case: { riskLevel: "low" } });
    const { record, database } = desk.work.profile.store.read.get("case", colleagues)!;
    await desk.work.profile.store.write({ changes: [{ database, record: ownedBy(record, "hoa") }] });
    const own = await desk.receive({ case: { riskLevel: "low" } });
    laterOn(desk, 3 * day);
    const screen = await open(desk);
    await screen.find(".today-case");
    const order = [...document.querySelectorAll<HTMLElement>(".today-case")].map(
      (card) => card.dataset["record"],
    );
    expect(order).toEqual([own, colleagues]);
    expect(cards(own)[0]?.textContent).toContain("Việc của anh/chị");
    expect(cards(colleagues)[0]?.textContent).toContain("Việc của hoa");
  });

  it("a request to close is the supervisor's", async () => {
    const desk = await openDesk();
    const id = await desk.receive({ case: { riskLevel: "low" } });
    await desk.do(changeStage, { caseId: id, stageEvent: { to: "closure_requested", reason: "Ổn định" } });
    laterOn(desk, 8 * day);
    const screen = await open(desk);
    await screen.find(".today-case");
    expect(cards(id)[0]?.textContent).toContain("Việc của cán bộ giám sát");
  });
});

describe("a draft that is dropped", () => {
  const rows = () => [...document.querySelectorAll<HTMLElement>(".row-link")];

  async function withDrafts(count: number) {
    const desk = await openDesk();
    const id = await desk.receive(mai);
    const putDrafts = Array.from({ length: count }, (_, index) => ({
      id: `0190f3a0-0000-7000-8000-00000000000${String(index)}`,
      form: "note",
      database: "s-vn-gso-20194",
      case: id,
      values: { note: { text: "dở" } },
      startedAt: "2026-11-22T01:00:00.000Z",
      updatedAt: `2026-11-22T01:0${String(index)}:00.000Z`,
    }));
    await desk.work.profile.store.write({ putDrafts });
    return open(desk);
  }

  it("leaves the focus at the one in its place, and at it again when it is put back", async () => {
    const screen = await withDrafts(3);
    await screen.find('[data-action="drop-draft"]');
    const [, second] = document.querySelectorAll<HTMLElement>('[data-action="drop-draft"]');
    await screen.user.click(second!);
    await waitFor(() => expect(rows()).toHaveLength(2));
    await waitFor(() => expect(document.activeElement).toBe(rows()[1]));
    await screen.tap('[data-action="undo"]');
    await waitFor(() => expect(rows()).toHaveLength(3));
    await waitFor(() => expect(rows()).toContain(document.activeElement));
  });

  it("leaves it at the last one, then at the heading when none is left", async () => {
    const screen = await withDrafts(2);
    await screen.find('[data-action="drop-draft"]');
    const [, last] = document.querySelectorAll<HTMLElement>('[data-action="drop-draft"]');
    await screen.user.click(last!);
    await waitFor(() => expect(document.activeElement).toBe(rows()[0]));
    await screen.tap('[data-action="drop-draft"]');
    await waitFor(() => expect(document.activeElement).toBe(document.querySelector("h1")));
  });
});

it("shows the first of very many, says how many there are, and brings more on asking", async () => {
  const desk = await openDesk();
  for (let count = 0; count < 37; count++) await desk.receive({ case: { riskLevel: "low" } });
  laterOn(desk, 40 * day);
  const screen = await open(desk);
  await screen.find(".today-case");
  const shown = () => document.querySelectorAll(".sheet-due .today-case").length;
  expect(shown()).toBe(30);
  expect(document.querySelector(".sheet-due h2 ~ *")?.textContent).toContain("37");
  await screen.tap('.sheet-due [data-action="more"]');
  await waitFor(() => expect(shown()).toBe(37));
  expect(document.querySelector('.sheet-due [data-action="more"]')).toBeNull();
});
