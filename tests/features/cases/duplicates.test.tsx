// @vitest-environment jsdom
// One person received twice: both files are kept and linked, by a supervisor's word, which can be taken back.
import { waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { allTasks, likelyDuplicates, oneCase, twinsOf } from "#src/data/case-queries.ts";
import { judgeDuplicate } from "#src/domain/commands/judge-duplicate.ts";
import { voidRecord } from "#src/domain/commands/void-record.ts";
import { CaseFormScreen } from "#src/features/case-forms/case-form-screen.tsx";
import { CaseScreen } from "#src/features/cases/case-screen.tsx";
import { CasesScreen } from "#src/features/cases/cases-screen.tsx";
import { TodayScreen } from "#src/features/today/today-screen.tsx";
import { localeCodes } from "#src/i18n/locales.ts";
import { addressOf, paths } from "#src/ui/addresses.ts";
import { laterOn } from "#tests/features/support/colleagues.ts";
import { allNo, type Desk, hoaVang, openDesk, openScreen } from "#tests/features/support/desk.tsx";

vi.setConfig({ testTimeout: 60_000 });

const both = ["cadre@vn-gso-20194", "supervisor@vn-gso-20194"];
const hoa = { displayName: "Đào Thị Hòa", birthDate: "1998" };

/** Received by two people on one day, and somebody else with another name. */
async function received(roles: readonly string[] = both) {
  const desk = await openDesk({ sites: [hoaVang], roles });
  type Form = Readonly<Record<string, unknown>>;
  const open = async (person: Form, urgentCheck: Form = allNo) =>
    desk.receive({ consent: { decision: "given" }, person, urgentCheck });
  const first = await open(hoa);
  const second = await open({ ...hoa, displayName: "dao thi hoa" });
  const other = await open({ displayName: "Lê Văn Nam", birthDate: "1990" });
  laterOn(desk, 60_000);
  return { desk, first, second, other, open };
}

const fileOf = (desk: Desk, id: string) => {
  const file = oneCase(desk.work.profile.store.read, id);
  if (!file) throw new Error("no case");
  return file;
};
const tasksOfCase = (desk: Desk, id: string) =>
  allTasks(desk.work.profile.store.read, desk.work.surroundings.now())
    .filter(({ file }) => file.case.id === id)
    .map(({ kind }) => kind);
const pairs = (desk: Desk) =>
  likelyDuplicates(desk.work.profile.store.read).map((pair) => pair.map((file) => file.case.id));
const judge = (desk: Desk, caseId: string, other: string, same = true) =>
  desk.do(judgeDuplicate, { caseId, duplicate: { other, same, reason: "Cùng người, gọi hỏi rồi." } });
const caseOf = (desk: Desk, id: string, locale: (typeof localeCodes)[number] = "vi") =>
  openScreen(desk, { screen: <CaseScreen />, path: paths.case, at: addressOf.case(id), locale });

describe("two files about one person", () => {
  it.each(localeCodes)("are held against each other on Today and on both, in %s", async (locale) => {
    const { desk, first, second, other } = await received();
    expect(pairs(desk)).toEqual([[first, second]]);
    const word = { vi: "Có thể trùng hồ sơ", en: "Possible duplicates", id: "Mungkin duplikasi" }[locale];
    const today = await openScreen(desk, { screen: <TodayScreen />, path: paths.today, at: "/", locale });
    await today.find(`[data-record="${second}"]`);
    expect(document.body.textContent).toContain(word);
    for (const id of [first, second]) {
      const screen = await caseOf(desk, id, locale);
      const way = await screen.find('[data-action="judge-twin"]');
      expect(way.getAttribute("href")).toBe(addressOf.caseForm(second, "duplicate", first));
    }
    await (await caseOf(desk, other, locale)).find(".case-page");
    expect(document.querySelector('[data-action="judge-twin"]')).toBeNull();
  });

  it("are linked with a reason in the form, and the work goes on in one of them", async () => {
    const { desk, first, second } = await received();
    expect(tasksOfCase(desk, second)).toContain("visit");
    const form = await openScreen(desk, {
      screen: <CaseFormScreen />,
      path: paths.caseForm,
      at: addressOf.caseForm(second, "duplicate", first),
    });
    await form.find(`[name="duplicate.other"][value="${first}"]`);
    await form.tap('[data-action="save"]');
    await form.find(".field-problem, [role=alert]");
    await form.tap('[name="duplicate.same"][value="yes"]');
    await form.type("duplicate.reason", "Chị ấy nói đã đến đây hôm qua.");
    await form.tap('[data-action="save"]');
    await waitFor(() => expect(tasksOfCase(desk, second)).toEqual([]));
    expect(tasksOfCase(desk, first)).toContain("visit");
    expect(pairs(desk)).toEqual([]);
    const screen = await caseOf(desk, second);
    expect((await screen.find('[data-action="open-twin"]')).getAttribute("href")).toBe(addressOf.case(first));
    expect(document.body.textContent).toContain("Chị ấy nói đã đến đây hôm qua.");
    const main = await caseOf(desk, first);
    expect((await main.find('[data-action="open-twin"]')).getAttribute("href")).toBe(addressOf.case(second));
  });

  it("say the day of the place on which they were linked, and nothing of the file that gave way is overdue", async () => {
    const { desk, first, second } = await received();
    // An hour after midnight in Vietnam, when the day before still goes on in UTC.
    const day = 86_400_000;
    const now = desk.work.surroundings.now();
    laterOn(desk, day * 30 - (now % day) + 18 * 3_600_000);
    const [word] = await judge(desk, second, first);
    const [, month, utcDay] = /^\d+-(\d+)-(\d+)T18:/u.exec(word?.createdAt ?? "") ?? [];
    expect(utcDay).toBeDefined();
    const screen = await caseOf(desk, second);
    const notice = (await screen.find('[data-action="open-twin"]')).closest(".notice");
    expect(notice?.textContent).not.toContain(`${utcDay}/${month}/`);
    expect(document.querySelector('.case-page [data-action="visit"].button-primary')).toBeNull();
    expect(document.body.textContent).not.toContain("quá hạn");
  });

  it("stand in the list as what they are: the one that gave way is not overdue, and comes last", async () => {
    const { desk, first, second } = await received();
    laterOn(desk, 86_400_000 * 30);
    await judge(desk, second, first);
    const list = await openScreen(desk, { screen: <CasesScreen />, path: paths.cases, at: paths.cases });
    const row = await list.find(`li[data-record="${second}"]`);
    expect(row.textContent).toContain("Trùng hồ sơ");
    expect(row.textContent).not.toContain("quá hạn");
    expect((await list.find(`li[data-record="${first}"]`)).textContent).toContain("quá hạn");
    const rows = [...document.querySelectorAll<HTMLElement>("li[data-record]")];
    expect(rows.map(({ dataset }) => dataset["record"]).at(-1)).toBe(second);
  });

  it("are separated again by voiding the word", async () => {
    const { desk, first, second } = await received();
    const [word] = await judge(desk, second, first);
    await desk.do(voidRecord, { caseId: second, voiding: { target: word?.id, reason: "Nhầm người." } });
    expect(tasksOfCase(desk, second)).toContain("visit");
    expect(twinsOf(desk.work.profile.store.read, fileOf(desk, first)).given).toEqual([]);
  });

  it.each(localeCodes)("are separated in a form that speaks of the two files, in %s", async (locale) => {
    const { desk, first, second } = await received();
    await judge(desk, second, first);
    const way = (await (
      await caseOf(desk, second, locale)
    ).find('[data-action="untwin"]')) as HTMLAnchorElement;
    const form = await openScreen(desk, {
      screen: <CaseFormScreen />,
      path: paths.caseForm,
      at: way.getAttribute("href") ?? "",
      locale,
    });
    const save = await form.find('[data-action="save"]');
    const separate = { vi: "Tách hai hồ sơ", en: "Separate the two files", id: "Pisahkan kedua kasus" }[
      locale
    ];
    expect(save.textContent).toBe(separate);
    expect(document.querySelector("h1")?.textContent).toBe(separate);
    const said = document.querySelector("form")?.textContent;
    for (const id of [first, second]) expect(said).toContain(fileOf(desk, id).case.code);
    expect(said).toContain("Cùng người, gọi hỏi rồi.");
    // The words for a record that was written by mistake: nobody crosses anything out here.
    expect(said).not.toContain({ vi: "gạch ngang", en: "struck through", id: "dicoret" }[locale]);
    expect(said).not.toMatch(/lý do hủy/iu);
    await form.tap("button.shortcut");
    const headings = new Set<string>();
    const watch = new MutationObserver(() => headings.add(document.querySelector("h1")?.textContent ?? ""));
    watch.observe(document.body, { childList: true, subtree: true, characterData: true });
    await form.tap('[data-action="save"]');
    await waitFor(() => expect(tasksOfCase(desk, second)).toContain("visit"));
    watch.disconnect();
    // Once the word is set aside nothing yields any more: the form stays what it was until it is left.
    expect(headings).not.toContain(
      { vi: "Hủy mục ghi nhầm", en: "Void a record", id: "Batalkan catatan" }[locale],
    );
    expect(twinsOf(desk.work.profile.store.read, fileOf(desk, first)).given).toEqual([]);
  });

  it("are two people, where somebody has looked and says so", async () => {
    const { desk, first, second } = await received();
    await judge(desk, second, first, false);
    expect(pairs(desk)).toEqual([]);
    expect(tasksOfCase(desk, second)).toContain("visit");
  });

  it("never lose a sign of danger", async () => {
    const { desk, first, open } = await received();
    const inDanger = await open(hoa, { ...allNo, lifeInDanger: true });
    await judge(desk, inDanger, first);
    expect(tasksOfCase(desk, inDanger)).toEqual(["urgent"]);
  });

  it("never each give way to the other, nor to one that is not here", async () => {
    const { desk, first, second, other } = await received();
    const [word] = await judge(desk, second, first);
    await expect(judge(desk, first, second)).rejects.toThrow("GivesWayAlready");
    await expect(judge(desk, second, second)).rejects.toThrow("OtherFileMissing");
    await expect(judge(desk, second, "00000000-0000-4000-8000-000000000000")).rejects.toThrow(
      "OtherFileMissing",
    );
    await expect(judge(desk, second, first)).rejects.toThrow("AlreadyJudged");
    // Two supervisors who did not see each other's word.
    if (!word) throw new Error("no word");
    const crossed = { ...word, id: "11111111-1111-4111-8111-111111111111", case: first, other: second };
    const database = `s-${hoaVang.siteId}`;
    await desk.work.profile.store.write({ changes: [{ database, record: crossed }] });
    for (const id of [first, second, other]) expect(tasksOfCase(desk, id)).toContain("visit");
  });

  it("are a supervisor's to judge: a cadre reads who decides", async () => {
    const { desk, first, second } = await received(["cadre@vn-gso-20194"]);
    await expect(judge(desk, second, first)).rejects.toThrow("NotAllowed");
    await (await caseOf(desk, second)).find('[data-action="open-twin"]');
    expect(document.querySelector('[data-action="judge-twin"]')).toBeNull();
    expect(document.body.textContent).toContain("Cán bộ giám sát xem và quyết định");
  });
});
