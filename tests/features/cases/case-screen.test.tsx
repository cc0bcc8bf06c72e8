// @vitest-environment jsdom
// One case on the real screen: who, how to contact safely, what is next, what happened; for a cadre and a supervisor.
import { waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { oneCase } from "#src/data/case-queries.ts";
import { isNewOrChanged } from "#src/data/case-seen.ts";
import { addNote } from "#src/domain/commands/add-note.ts";
import { editCase } from "#src/domain/commands/edit-case.ts";
import { editPerson } from "#src/domain/commands/edit-person.ts";
import { recordVisit } from "#src/domain/commands/record-visit.ts";
import { recordStatus } from "#src/domain/commands/record-status.ts";
import { voidRecord } from "#src/domain/commands/void-record.ts";
import { identityDatabase, siteDatabase } from "#src/domain/record/databases.ts";
import type { Reception } from "#src/domain/commands/receive-person.ts";
import { CaseScreen } from "#src/features/cases/case-screen.tsx";
import { type Locale, localeCodes } from "#src/i18n/locales.ts";
import { addressOf, paths } from "#src/ui/addresses.ts";
import { arrives, centreSays, hoa, laterOn } from "#tests/features/support/colleagues.ts";
import { accountOf, type Desk, hoaVang, openDesk, openScreen } from "#tests/features/support/desk.tsx";

vi.setConfig({ testTimeout: 60_000 });

const open = (desk: Desk, id: string, locale: Locale = "vi") =>
  openScreen(desk, { screen: <CaseScreen />, path: paths.case, at: addressOf.case(id), locale });
const fileOf = (desk: Desk, id: string) => oneCase(desk.work.profile.store.read, id)!;
const text = () => document.querySelector(".case-page")?.textContent ?? "";
const told = (id: string | undefined) => document.querySelector<HTMLElement>(`li[data-record="${id ?? ""}"]`);

const mai: Omit<Reception, "siteId"> = {
  consent: { decision: "given" },
  person: {
    displayName: "Đào Thị Mai",
    sex: "female",
    unanswered: { citizenship: "declined" },
    safeContact: { way: "phone", phone: "0905 123 456", neverDo: "Không gọi sau 18 giờ" },
  },
  case: { riskLevel: "high" },
  planItem: { need: ["medical", "safe_place"] },
};

async function deskWith(input: Omit<Reception, "siteId"> = mai) {
  const desk = await openDesk();
  return { desk, id: await desk.receive(input) };
}

describe("a case", () => {
  it.each(localeCodes)(
    "shows who, contact, both axes, needs, consents and the story, in %s",
    async (locale) => {
      const { desk, id } = await deskWith();
      const screen = await open(desk, id, locale);
      await screen.find(".case-page");
      expect(text()).toContain("Đ•• T•• M••");
      expect(text()).not.toContain("Đào Thị Mai");
      expect(text()).toContain("Không gọi sau 18 giờ");
      expect(document.querySelector('a[href="tel:0905123456"]')).not.toBeNull();
      expect(document.querySelectorAll('.path-step[aria-current="step"]')).toHaveLength(2);
      // The source of each term stands beside it, in the reader's language.
      expect(text()).toContain(
        { vi: "Luật 53/2024/QH15", en: "Law 53/2024/QH15", id: "UU Vietnam 53/2024/QH15" }[locale],
      );
      expect((await screen.find('[data-field="person.citizenship"] .fact-open')).textContent).not.toBe("");
      expect(document.querySelectorAll("ol[aria-label] > .told").length).toBeGreaterThan(4);
      await screen.tap('[data-action="reveal"]');
      expect(text()).toContain("Đào Thị Mai");
      expect(document.title).not.toContain("Mai");
    },
  );

  it("puts danger first and the next right action after it", async () => {
    const { desk, id } = await deskWith({ ...mai, urgentCheck: { suicidal: true } });
    const screen = await open(desk, id);
    const flag = await screen.find('.notice-urgent [data-action="flag"]');
    const check = fileOf(desk, id).openFlags[0]?.raisedBy.id ?? "";
    expect(flag.getAttribute("href")).toBe(addressOf.flag(id, check, "suicidal"));
    expect(document.querySelectorAll(".case-page .button-primary")).toHaveLength(1);
  });

  it("waits for a case that is not here, and shows it once it has come", async () => {
    const desk = await openDesk();
    const id = "0f0f0f0f-0000-4000-8000-000000000001";
    const screen = await open(desk, id);
    await screen.find('[data-action="back"]');
    expect(document.querySelector(".case-page")).toBeNull();
    await desk.receive({ ...mai, id });
    await screen.find(".case-page");
  });

  it("is remembered as seen, and marks what had come since the last time", async () => {
    const { desk, id } = await deskWith();
    const [note] = await arrives(desk, hoa, addNote, { caseId: id, note: { text: "Đã ghé thăm" } });
    const screen = await open(desk, id);
    await screen.find(".case-page");
    expect(told(note?.id)?.textContent).toContain("Mới");
    await waitFor(() =>
      expect(isNewOrChanged(desk.work.profile.store.read, fileOf(desk, id), "lan")).toBe(false),
    );
    const again = await open(desk, id);
    await again.find(".case-page");
    expect(told(note?.id)?.textContent).not.toContain("Mới");
  });
});

describe("the story", () => {
  it("strikes through what was voided, with who and why, and tells edits in words", async () => {
    const { desk, id } = await deskWith();
    const [note] = await desk.do(addNote, { caseId: id, note: { text: "Của người khác" } });
    await desk.do(voidRecord, { caseId: id, voiding: { target: note?.id, reason: "Ghi nhầm người" } });
    const receivedAt = fileOf(desk, id).case.receivedAt;
    await desk.do(editCase, { caseId: id, case: { receivedAt, riskLevel: "high", channel: "police" } });
    await desk.do(editPerson, { caseId: id, person: { displayName: "Lê Sen", sex: "female" } });
    const screen = await open(desk, id);
    await screen.find(".case-page");
    expect(told(note?.id)?.classList).toContain("told-void");
    expect(told(note?.id)?.textContent).toContain("Ghi nhầm người");
    const edits = [...document.querySelectorAll(".told-edit")].map((edit) => edit.textContent);
    expect(edits.some((edit) => edit?.includes("Công an"))).toBe(true);
    // A changed name stays masked.
    expect(edits.some((edit) => edit?.includes("Đ•• T•• M•• → L•• S••"))).toBe(true);
    expect(text()).not.toContain("Lê Sen");
  });

  it("says of a voiding that was taken back what was restored", async () => {
    const { desk, id } = await deskWith();
    const [note] = await desk.do(addNote, { caseId: id, note: { text: "Đúng người" } });
    const [voiding] = await desk.do(voidRecord, {
      caseId: id,
      voiding: { target: note?.id, reason: "Nhầm" },
    });
    const [back] = await desk.do(voidRecord, {
      caseId: id,
      voiding: { target: voiding?.id, reason: "Không nhầm" },
    });
    await (await open(desk, id)).find(".case-page");
    expect(told(back?.id)?.textContent).toContain("Khôi phục mục đã hủy: Ghi chú");
    expect(told(note?.id)?.classList).not.toContain("told-void");
  });

  it("says in plain words why a record was refused and what to do; the centre's own words stand behind a door", async () => {
    const { desk, id } = await deskWith();
    const [note] = await desk.do(addNote, { caseId: id, note: { text: "Dài" } });
    const reason = "role: may not write a note here";
    await centreSays(desk, siteDatabase(hoaVang.siteId), note?.id ?? "", { refused: reason });
    const screen = await open(desk, id);
    await screen.find(".case-page");
    expect(told(note?.id)?.dataset["state"]).toBe("refused");
    expect(told(note?.id)?.textContent).toContain("Tài khoản của anh/chị không được ghi mục này ở nơi này.");
    expect(told(note?.id)?.textContent).toContain("hỏi cán bộ giám sát");
    const technical = told(note?.id)?.querySelector("q");
    expect(technical?.textContent).toBe(reason);
    expect(technical?.closest("details")?.open).toBe(false);
    expect(told(note?.id)?.querySelector('a[href="/sync"]')).not.toBeNull();
  });

  it("names the question whose answer the centre does not take", async () => {
    const { desk, id } = await deskWith();
    await centreSays(desk, siteDatabase(hoaVang.siteId), id, { refused: "schema: channel: not a code" });
    const screen = await open(desk, id, "id");
    await screen.find(".case-page");
    expect(told(id)?.textContent).toContain("Isian belum sesuai: Diterima melalui.");
  });

  it("calls the owner by the name that colleagues know, also among all that the case holds", async () => {
    const { desk, id } = await deskWith();
    const known = accountOf("lan", "Trần Thị Lan", ["cadre@vn-gso-20194"]);
    await desk.work.profile.store.write({ changes: [{ database: "directory", record: known }] });
    const screen = await open(desk, id);
    await screen.find(".case-page");
    const owner = told(id)?.querySelector('details [data-field="case.owner"] dd');
    expect(owner?.textContent).toBe("Trần Thị Lan");
  });

  it("treats whoever may be under 18 as such, and says what is known of the age", async () => {
    const { desk, id } = await deskWith({ ...mai, person: { ...mai.person, birthDate: "2008" } });
    const screen = await open(desk, id);
    const age = await screen.find('.case-page [data-field="person.ageYears"]');
    expect(age.textContent).toContain("17–18 tuổi (chỉ biết năm sinh)");
    expect(age.textContent).toContain("coi như người dưới 18 tuổi");
  });

  it("says that two steps do not fit together", async () => {
    const { desk, id } = await deskWith();
    const step = { to: "notified", responsibleBody: "Sở Y tế", how: "Gọi điện" };
    const [first] = await desk.do(recordStatus, { caseId: id, statusEvent: step });
    // The same step, recorded by a colleague who had not seen it yet.
    await desk.work.profile.store.write({
      changes: [
        {
          database: siteDatabase(hoaVang.siteId),
          record: {
            ...first!,
            id: "0f0f0f0f-0000-4000-8000-000000000002",
            createdBy: "hoa",
            createdAt: "2026-11-22T02:00:00.000Z",
          },
        },
      ],
    });
    const screen = await open(desk, id);
    await screen.find(".case-page");
    expect(text()).toContain("có hai bước không nối tiếp nhau");
  });
});

describe("who came together", () => {
  it("shows on both files, each leading to the other, and says where the link is missing", async () => {
    const { desk, id } = await deskWith();
    const child = await desk.receive({ case: { group: "accompanying_under_18", accompanies: id } });
    const alone = await desk.receive({ case: { group: "accompanying_under_18" } });
    const link = (to: string) => `[data-record="${to}"] a[href="${addressOf.case(to)}"]`;
    await (await open(desk, child)).find(link(id));
    const adult = await open(desk, id);
    expect((await adult.find(link(child))).textContent).toContain(fileOf(desk, child).case.code);
    await (await open(desk, alone)).find(".case-page");
    expect(text()).toContain("Chưa liên kết với hồ sơ người lớn");
  });
});

describe("consent of somebody under 18", () => {
  it("says with the consent that they do not agree, what that means and why", async () => {
    const { desk, id } = await deskWith({
      ...mai,
      consent: { decision: "given", givenBy: "guardian", minorAssent: false, limits: "Không cho bố biết" },
    });
    await (await open(desk, id)).find(".case-page");
    expect(text()).toContain("Không chia sẻ thông tin với ai");
    expect(text()).toContain("Không cho bố biết");
  });
});

describe("a person of whom no name may be kept", () => {
  it("shows what was asked, and no more", async () => {
    const { desk, id } = await deskWith({
      consent: { decision: "refused" },
      person: { sex: "female", language: "hmn", interpreterNeeded: true },
    });
    await (await open(desk, id)).find(".case-page");
    expect(text()).toContain("Không đồng ý ghi tên");
    expect(document.querySelector('[data-field="person.language"]')).not.toBeNull();
    expect(document.querySelector('[data-field="person.citizenship"]')).toBeNull();
  });
});

describe("less risk than the case stands at", () => {
  it("found on a visit by a cadre, changes nothing until a supervisor decides", async () => {
    const { desk, id } = await deskWith();
    const [visit] = await desk.do(recordVisit, {
      caseId: id,
      followup: { outcome: "contact_made", riskLevel: "low" },
    });
    expect(visit).toMatchObject({ riskLevel: "low" });
    expect(fileOf(desk, id).case.riskLevel).toBe("high");
    await (await open(desk, id)).find(".case-page");
    expect(text()).toContain("ghi nguy cơ: Thấp");
    const deciding = await openDesk({ disk: desk.disk, roles: ["supervisor@vn-gso-48"] });
    laterOn(deciding, 60_000);
    const screen = await open(deciding, id);
    await screen.find('.notice-info [data-action="details"]');
    const { receivedAt } = fileOf(deciding, id).case;
    await deciding.do(editCase, { caseId: id, case: { receivedAt, riskLevel: "medium" } });
    await waitFor(() => expect(text()).not.toContain("ghi nguy cơ: Thấp"));
  });

  it("in one of two versions: whichever a cadre keeps, the higher stays", async () => {
    const { desk: first, id } = await deskWith();
    const deciding = await openDesk({ disk: first.disk, roles: ["supervisor@vn-gso-48"] });
    laterOn(deciding, 60_000);
    const { receivedAt } = fileOf(deciding, id).case;
    await deciding.do(editCase, { caseId: id, case: { receivedAt, riskLevel: "medium" } });
    const desk = await openDesk({ disk: first.disk });
    laterOn(desk, 120_000);
    const before = fileOf(desk, id).case;
    await desk.do(editCase, { caseId: id, case: { ...before, riskLevel: "high" } });
    const history = [
      {
        id: "0f0f0f0f-0000-4000-8000-000000000004",
        at: "2026-11-22T01:00:02.000Z",
        by: "minh",
        device: "d2",
        field: "riskLevel",
        from: "medium",
        to: "low",
        after: (before.history ?? []).filter(({ field }) => field === "riskLevel").map((made) => made.id),
      },
    ];
    const theirs = {
      ...before,
      riskLevel: "low",
      updatedBy: "minh",
      history: [...(before.history ?? []), ...history],
    };
    await centreSays(desk, siteDatabase(hoaVang.siteId), id, { theirs });
    const screen = await open(desk, id);
    await screen.find(".clash");
    expect(text()).toContain("Mức nguy cơ cao hơn đang được giữ");
    await screen.tap('[data-action="decide"]');
    const offered = [...document.querySelectorAll('[name="clash.riskLevel"]')];
    expect(offered).toHaveLength(1);
    await screen.tap('[name="clash.riskLevel"]');
    await screen.type("decision.reason", "Đã gặp lại, vẫn lo");
    await screen.tap('[type="submit"][data-action="decide"]');
    await waitFor(() => expect(document.querySelector(".clash")).toBeNull());
    expect(fileOf(desk, id).case).toMatchObject({ riskLevel: "high" });
  });
});

describe("two answers to one question", () => {
  async function clash(names?: readonly [mine: string, theirs: string]) {
    const { desk, id } = await deskWith();
    const { person } = fileOf(desk, id);
    const before = person!.record;
    const mine = { ...before, childrenCount: 1, maritalStatus: "single", safeContact: { way: "visit" } };
    const [myName = before.displayName, theirName = before.displayName] = names ?? [];
    await desk.do(editPerson, { caseId: id, person: { ...mine, displayName: myName } });
    const change = (field: string, to: unknown, number: number) => ({
      id: `0f0f0f0f-0000-4000-8000-00000000000${number}`,
      at: "2026-11-22T01:00:02.000Z",
      by: "hoa",
      device: "d2",
      field,
      to,
      after: [],
    });
    const theirs = {
      ...before,
      childrenCount: 3,
      safeContact: { way: "none" },
      updatedBy: "hoa",
      displayName: theirName,
      history: [
        change("childrenCount", 3, 3),
        change("safeContact", { way: "none" }, 4),
        ...(names ? [change("displayName", theirName, 5)] : []),
      ],
    };
    await centreSays(desk, identityDatabase(hoaVang.siteId), before.id, { theirs });
    return { desk, id };
  }
  const cards = () => [...document.querySelectorAll<HTMLElement>('[id^="clash-"] .notice')];
  const card = (words: string) => cards().find((one) => one.textContent.includes(words));

  it("stand with who and when until somebody decides; what contradicts nothing holds already", async () => {
    const { desk, id } = await clash();
    const screen = await open(desk, id);
    await screen.find(".clash");
    expect(cards()).toHaveLength(2);
    expect(card("Số con")?.textContent).toContain("Anh/chị ghi “1”");
    expect(card("Số con")?.textContent).toContain("hoa ghi “3”, 08:00");
    expect(fileOf(desk, id).person?.record.maritalStatus).toBe("single");
    // One person with two devices comes to the same.
    expect(card("Số con")?.textContent).not.toMatch(/hai người/iu);
    // Nobody is contacted on the word of one of two answers.
    expect(text()).toContain("Đừng liên lạc cho đến khi có người quyết định");
  });

  it("show two names on asking, on both sides and in the choice, for they can look alike while masked", async () => {
    const { desk, id } = await clash(["Đỗ Thị Mùi", "Đặng Thu Minh"]);
    const screen = await open(desk, id);
    await screen.find(".clash");
    const names = () => cards().find((one) => one.querySelector('[data-action="reveal"]'));
    expect(cards().filter((one) => one.querySelector('[data-action="reveal"]'))).toHaveLength(1);
    expect(names()?.textContent).toContain("Đ•• T•• M••");
    await screen.user.click(names()!.querySelector('[data-action="decide"]')!);
    expect(names()?.textContent).not.toContain("Minh");
    await screen.user.click(names()!.querySelector('[data-action="reveal"]')!);
    const sides = [...names()!.querySelectorAll(".clash li")].map(({ textContent }) => textContent);
    expect(sides.join()).toContain("Đỗ Thị Mùi");
    expect(sides.join()).toContain("Đặng Thu Minh");
    const choices = [...names()!.querySelectorAll("label.choice")].map(({ textContent }) => textContent);
    expect(choices.join()).toContain("Đặng Thu Minh");
    await screen.user.click(names()!.querySelector('[data-action="reveal"]')!);
    expect(names()?.textContent).not.toContain("Minh");
  });

  it.each([
    ["Anh/chị", 1],
    ["hoa", 3],
  ])("are decided one by one, with a reason: %s", async (who, kept) => {
    const { desk, id } = await clash();
    const screen = await open(desk, id);
    await screen.find(".clash");
    const press = async (selector: string) => {
      const found = card("Số con")?.querySelector(selector);
      if (!found) throw new Error(`nothing at ${selector}`);
      await screen.user.click(found);
    };
    await press('[data-action="decide"]');
    await press('[data-action="later"]');
    expect(document.querySelector('[name="clash.childrenCount"]')).toBeNull();
    // Whoever works by keyboard is where it was opened, not at the head of the page.
    expect(document.activeElement?.getAttribute("data-action")).toBe("decide");
    expect(card("Số con")?.contains(document.activeElement)).toBe(true);
    await press('[data-action="decide"]');
    await press('[type="submit"]');
    const fault = () => card("Số con")?.querySelector('[role="alert"]')?.textContent;
    await waitFor(() => expect(fault()).toBe("Hãy chọn một câu trả lời."));
    const options = [...(card("Số con")?.querySelectorAll("label.choice") ?? [])];
    await screen.user.click(options.find((option) => option.textContent.includes(who))!);
    await press('[type="submit"]');
    await waitFor(() => expect(fault()).toContain("vì sao"));
    await press(".shortcut");
    await press('[type="submit"]');
    await waitFor(() => expect(card("Số con")).toBeUndefined());
    // The other clash of the same record waits on.
    expect(cards()).toHaveLength(1);
    const { record } = fileOf(desk, id).person!;
    expect(record.childrenCount).toBe(kept);
    const told = () => [...document.querySelectorAll(".told-edit")].map((edit) => edit.textContent).join();
    await waitFor(() => expect(told()).toContain("Lý do: Đã hỏi lại người ấy"));
    // What was not chosen can still be read.
    expect(told()).toContain("Số con: 1");
    expect(told()).toContain("3");
  });
});

describe("roles", () => {
  it("offers a cadre its steps, a supervisor others, and a stranger none", async () => {
    const { desk, id } = await deskWith();
    const notify = { to: "notified", responsibleBody: "Sở Y tế", how: "Gọi điện" };
    await desk.do(recordStatus, { caseId: id, statusEvent: notify });
    const offered = (name: string) => document.querySelector(`[data-action="${name}"]`) !== null;
    const cadre = await open(desk, id);
    await cadre.find(".case-page");
    expect([offered("status"), offered("stage"), offered("visit"), offered("note")]).toEqual([
      false,
      true,
      true,
      true,
    ]);

    const supervising = await openDesk({ disk: desk.disk, roles: ["supervisor@vn-gso-48"] });
    const supervisor = await open(supervising, id);
    await supervisor.find(".case-page");
    expect([offered("status"), offered("stage"), offered("note")]).toEqual([true, true, true]);

    const elsewhere = await openDesk({ disk: desk.disk, roles: ["cadre@vn-gso-1"] });
    const stranger = await open(elsewhere, id);
    await stranger.find(".case-page");
    expect([offered("status"), offered("stage"), offered("visit"), offered("note"), offered("void")]).toEqual(
      Array.from({ length: 5 }, () => false),
    );
  });

  it("says to a supervisor that names are not kept here, and to a cadre that they have not come", async () => {
    const { desk, id } = await deskWith({ case: { riskLevel: "low" } });
    const { record, database } = fileOf(desk, id).entry;
    const person = "0f0f0f0f-0000-4000-8000-000000000004";
    await desk.work.profile.store.write({
      changes: [{ database, record: { ...record, person } as typeof record }],
    });
    const cadre = await open(desk, id);
    await cadre.find(".case-page");
    expect(text()).toContain("Thông tin cá nhân chưa về");
    const supervising = await openDesk({ disk: desk.disk, roles: ["supervisor@vn-gso-48"] });
    const supervisor = await open(supervising, id);
    await supervisor.find(".case-page");
    expect(text()).toContain("Tên không lưu trên máy này");
  });

  it("asks for consent where nobody asked yet", async () => {
    const { desk, id } = await deskWith({ case: { riskLevel: "low" } });
    const screen = await open(desk, id);
    await screen.find(".case-page");
    expect(text()).toContain("Chưa hỏi về việc ghi tên");
  });
});
