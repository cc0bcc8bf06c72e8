// @vitest-environment jsdom
// Handing a case over: asked for at one site, answered at the other, and what each sees until it has moved.
import { waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { oneCase } from "#src/data/case-queries.ts";
import { waiting } from "#src/data/sync-queries.ts";
import { answerTransfer } from "#src/domain/commands/answer-transfer.ts";
import { askTransfer } from "#src/domain/commands/ask-transfer.ts";
import { changeStage } from "#src/domain/commands/change-stage.ts";
import { recordConsent } from "#src/domain/commands/record-consent.ts";
import { withdrawTransfer } from "#src/domain/commands/withdraw-transfer.ts";
import { lateWordsName } from "#src/domain/ports/exchange.ts";
import { instantOf } from "#src/domain/record/dates.ts";
import { CaseFormScreen } from "#src/features/case-forms/case-form-screen.tsx";
import { CaseScreen } from "#src/features/cases/case-screen.tsx";
import { CasesScreen } from "#src/features/cases/cases-screen.tsx";
import { TodayScreen } from "#src/features/today/today-screen.tsx";
import { TransferScreen } from "#src/features/transfers/transfer-screen.tsx";
import { VisitScreen } from "#src/features/visits/visit-screen.tsx";
import { localeCodes } from "#src/i18n/locales.ts";
import { addressOf, paths } from "#src/ui/addresses.ts";
import { laterOn } from "#tests/features/support/colleagues.ts";
import { type Desk, openScreen } from "#tests/features/support/desk.tsx";
import { answered, asked, deskOfTwo, here, lies, received, stub, supervisor, there, wish } from "#tests/features/support/two-sites.ts"; // prettier-ignore

vi.setConfig({ testTimeout: 60_000 });
beforeEach(() => {
  window.matchMedia = () => new EventTarget() as MediaQueryList;
});

const read = (desk: Desk) => desk.work.profile.store.read;
const stateOf = (desk: Desk, id: string) => oneCase(read(desk), id)?.transfer.state;
const form = (desk: Desk, id: string) =>
  openScreen(desk, {
    screen: <CaseFormScreen />,
    path: paths.caseForm,
    at: addressOf.caseForm(id, "transfer"),
  });
const casePage = (desk: Desk, id: string) =>
  openScreen(desk, { screen: <CaseScreen />, path: paths.case, at: addressOf.case(id) });
const today = (desk: Desk) => openScreen(desk, { screen: <TodayScreen />, path: paths.today, at: "/" });
const request = (desk: Desk, id: string) =>
  openScreen(desk, { screen: <TransferScreen />, path: paths.transfer, at: addressOf.transfer(id) });
const text = () => document.body.textContent;
const action = (name: string) => `[data-action="${name}"]`;
const option = (name: string, value: string) => `[name="transfer.${name}"][value="${value}"]`;

describe("asking another site", () => {
  it("finds it without marks, and the case says that it was asked", async () => {
    const desk = await deskOfTwo();
    const id = await received(desk);
    const screen = await form(desk, id);
    await screen.type("transfer.toSite.search", "hai van");
    await screen.tap(option("toSite", wish.toSite));
    await screen.type("transfer.reason", wish.reason);
    await screen.tap(option("ground", "consent"));
    await screen.tap(action("save"));
    await waitFor(() => expect(screen.address()).toBe(addressOf.case(id)));
    expect(stateOf(desk, id)).toBe("asked");
    await casePage(desk, id);
    expect(text()).toContain("Đã đề nghị Hải Vân nhận hồ sơ này");
    expect(text()).toContain("bên kia chưa biết");
  });

  it("never offers one's own site, an office or another country", async () => {
    const desk = await deskOfTwo();
    const screen = await form(desk, await received(desk));
    await screen.find(option("toSite", wish.toSite));
    const offered = [
      ...document.querySelectorAll<HTMLInputElement>('[type="radio"][name="transfer.toSite"]'),
    ];
    expect(offered.map(({ value }) => value)).toEqual([wish.toSite]);
    expect(text()).toContain("nơi ở đã ghi");
  });

  it("says at each question what is missing, and asks for consent where there is none", async () => {
    const desk = await deskOfTwo();
    const id = await received(desk);
    await desk.do(recordConsent, {
      caseId: id,
      consent: { purpose: "share_for_referral", decision: "withdrawn" },
    });
    const screen = await form(desk, id);
    await screen.tap(action("save"));
    for (const path of ["toSite", "reason", "ground"])
      await screen.find(`[data-field="transfer.${path}"] [role="alert"]`);
    await screen.tap(option("ground", "consent"));
    await waitFor(() =>
      expect(document.querySelector('[data-field="transfer.ground"] [role="alert"]')).toBeNull(),
    );
    await screen.find('[data-field="transfer.reason"] [role="alert"]');
    expect((await screen.find(action("consent"))).getAttribute("href")).toBe(
      addressOf.caseForm(id, "consent"),
    );
    await screen.tap(option("ground", "life_danger"));
    await screen.find('[name="transfer.dangerReason"]');
    expect(document.querySelector(action("consent"))).toBeNull();
  });

  it("is taken back by undo", async () => {
    const desk = await deskOfTwo();
    const id = await received(desk);
    const screen = await form(desk, id);
    await screen.tap(option("toSite", wish.toSite));
    await screen.type("transfer.reason", wish.reason);
    await screen.tap(option("ground", "consent"));
    await screen.tap(action("save"));
    await screen.tap(action("undo"));
    await waitFor(() => expect(stateOf(desk, id)).toBe("withdrawn"));
  });

  it("is taken back on the case, which then says that the other site does not know yet", async () => {
    const desk = await deskOfTwo();
    const { id } = await asked(desk);
    const screen = await casePage(desk, id);
    await screen.tap(action("withdraw"));
    await waitFor(() => expect(stateOf(desk, id)).toBe("withdrawn"));
    expect(text()).toContain("Nếu bên kia đã nhận trước");
  });

  it("is suggested where the person lives at another site that uses the product", async () => {
    const desk = await deskOfTwo();
    const id = await received(desk);
    for (const to of ["community_support", "reintegration"])
      await desk.do(changeStage, { caseId: id, stageEvent: { to } });
    const screen = await casePage(desk, id);
    await screen.find(action("transfer"));
    expect(text()).toContain("Nơi ở đã ghi thuộc Hải Vân");
  });
});

describe("the site that is asked", () => {
  it("sees on Today who asks, why, how great the risk is, and whom to call; no name", async () => {
    const desk = await deskOfTwo(["cadre@vn-gso-20195"], (await deskWithRequest()).disk);
    const screen = await today(desk);
    const row = await screen.find("main li.today-case, li.today-case");
    expect(row.textContent).toContain("Hòa Vang đề nghị chuyển một hồ sơ đến");
    expect(row.textContent).toContain(wish.reason);
    expect(row.textContent).toContain("Trung bình");
    expect(row.querySelector('[href^="tel:"]')).not.toBeNull();
    expect(row.textContent).not.toContain("Đào");
  });

  it("knows the case by its code on the sync page, and comes to the request at the address of the case", async () => {
    const asking = await deskOfTwo();
    const { id, request: requestId } = await asked(asking);
    const requested = read(asking).get("transfer", requestId)?.record;
    const desk = await deskOfTwo(["cadre@vn-gso-20195"]);
    await lies(desk, there, requested ? [requested] : []);
    expect(waiting(read(desk)).map(({ code }) => code)).toContain(requested?.caseCode ?? "no code");
    const screen = await casePage(desk, id);
    await waitFor(() => expect(screen.address()).toBe(addressOf.transfer(requestId)));
  });

  it("is shown once to somebody who sees both sites", async () => {
    const { disk } = await deskWithRequest();
    const desk = await deskOfTwo([supervisor], disk);
    laterOn(desk, 5 * 86_400_000);
    await today(desk);
    expect(text()).toContain("Hòa Vang đề nghị chuyển một hồ sơ đến");
    expect(text()).not.toContain("chưa trả lời đề nghị chuyển giao");
    const own = await deskOfTwo(["cadre@vn-gso-20194"], disk);
    laterOn(own, 5 * 86_400_000);
    await today(own);
    expect(text()).toContain("Hải Vân chưa trả lời đề nghị chuyển giao");
    expect(text()).not.toContain("đề nghị chuyển một hồ sơ đến");
  });

  it("takes it over after being asked once more", async () => {
    const desk = await deskOfTwo();
    const { request: id } = await asked(desk);
    const screen = await request(desk, id);
    await screen.tap(action("accept"));
    await screen.tap(`dialog ${action("close")}`);
    expect(read(desk).list("transfer_answer")).toEqual([]);
    await screen.tap(action("accept"));
    await screen.tap(action("confirm"));
    await waitFor(() => expect(text()).toContain("Đã nhận – hồ sơ đang về"));
    expect(
      read(desk)
        .list("transfer_answer")
        .map(({ record }) => record.answer),
    ).toEqual(["accepted"]);
  });

  it("declines with a reason, which is kept while it is typed", async () => {
    const desk = await deskOfTwo();
    const { request: id } = await asked(desk);
    const first = await request(desk, id);
    await first.tap(action("decline"));
    const reason = await first.find('[name="transferAnswer.reason"]');
    expect(document.activeElement).toBe(reason);
    await first.tap(action("save"));
    await first.find('[data-field="transferAnswer.reason"] [role="alert"]');
    await waitFor(() => expect(document.activeElement).toBe(reason));
    await first.type("transferAnswer.reason", "Xã chưa có người.");
    expect(document.querySelector('[data-field="transferAnswer.reason"] [role="alert"]')).toBeNull();
    await waitFor(() => expect(read(desk).drafts()).toHaveLength(1));
    first.leave();
    await today(desk);
    const link = document.querySelector(`[href="${addressOf.transfer(id)}"].row-link`);
    expect(link).not.toBeNull();
    const again = await request(desk, id);
    expect(await again.find('[name="transferAnswer.reason"]')).toHaveProperty("value", "Xã chưa có người.");
    await again.tap(action("save"));
    await waitFor(() => expect(text()).toContain("Đã từ chối"));
    expect(read(desk).drafts()).toEqual([]);
  });

  it("is told for a week where the case it has accepted does not come, since the other had taken it back before", async () => {
    const desk = await deskOfTwo();
    const { id: caseId, request: id } = await asked(desk);
    const withdrawn = await desk.do(withdrawTransfer, { caseId });
    laterOn(desk, 60_000);
    const row = () => document.querySelector(`[data-record="${id}"]`)?.textContent;
    const said = { transferId: id, answer: "accepted" as const, transferAnswer: {} };
    await desk.do(answerTransfer, said);
    await today(desk);
    expect(row()).toContain("Hồ sơ từ Hòa Vang đang về");
    await lies(desk, there, withdrawn);
    await today(desk);
    expect(row()).toContain("Hòa Vang đã rút lại đề nghị: hồ sơ không về nữa");
    laterOn(desk, 8 * 86_400_000);
    await today(desk);
    expect(row()).toBeUndefined();
  });

  it("only looks where it may not answer, and waits where the request is not here", async () => {
    const desk = await deskOfTwo();
    const { request: id } = await asked(desk);
    await request(await deskOfTwo(["cadre@vn-gso-20194"], desk.disk), id);
    expect(document.querySelector(action("accept"))).toBeNull();
    await request(desk, "0190f3a0-0000-4000-8000-0000000000ee");
    expect(text()).toContain("Đề nghị này chưa có trên máy");
  });
});

describe("the site that asked", () => {
  it("reads why it was declined, and keeps the case or asks elsewhere", async () => {
    const desk = await deskOfTwo(["cadre@vn-gso-20194", "cadre@vn-gso-20195"]);
    const { id, request: asking } = await asked(desk);
    await answered(desk, asking, "declined", "Xã chưa có người.");
    await today(desk);
    expect(text()).toContain("Hải Vân từ chối nhận hồ sơ: quyết định bước tiếp");
    const screen = await casePage(desk, id);
    await screen.find(action("transfer"));
    expect(text()).toContain("Xã chưa có người.");
    await screen.tap(action("keep-case"));
    await waitFor(() => expect(document.querySelector(action("keep-case"))).toBeNull());
    await today(desk);
    expect(text()).not.toContain("từ chối nhận hồ sơ: quyết định");
  });

  it("goes on writing while the case is handed over", async () => {
    const desk = await deskOfTwo();
    const { id, request: asking } = await asked(desk);
    await answered(desk, asking, "accepted");
    const screen = await casePage(desk, id);
    await screen.find(action("note"));
    expect(text()).toContain("Hải Vân đã nhận, hồ sơ đang được bàn giao");
    expect(document.querySelector(action("withdraw"))).toBeNull();
    await form(desk, id);
    expect(document.querySelector(action("save"))).toBeNull();
    await expect(desk.do(askTransfer, { caseId: id, transfer: wish })).rejects.toThrow("TransferOpen");
  });

  it("sees where a case went, at each of its addresses, and nothing of whom it is about", async () => {
    const desk = await deskOfTwo();
    const { id, request: asking } = await asked(desk);
    await answered(desk, asking, "accepted");
    await lies(desk, here, [stub(id, asking, instantOf(desk.work.surroundings.now()))]);
    const page = await casePage(desk, id);
    await page.find('[href^="tel:"]');
    expect(text()).toContain("Hồ sơ này đã chuyển giao cho Hải Vân");
    expect(text()).not.toContain("Đào");
    const note = await openScreen(desk, {
      screen: <CaseFormScreen />,
      path: paths.caseForm,
      at: addressOf.caseForm(id, "note"),
    });
    await waitFor(() => expect(note.address()).toBe(addressOf.case(id)));
    const visit = await openScreen(desk, {
      screen: <VisitScreen />,
      path: paths.visit,
      at: addressOf.visit(id),
    });
    await waitFor(() => expect(visit.address()).toBe(addressOf.case(id)));
    await openScreen(desk, { screen: <CasesScreen />, path: paths.cases, at: paths.cases });
    expect(document.querySelector(`a[href="${addressOf.case(id)}"]`)?.textContent).toContain("HVG-26-");
    expect(text()).toContain("Đã chuyển giao");
  });

  it.each(localeCodes)(
    "reads that what it wrote afterwards has arrived there, or not yet, in %s",
    async (locale) => {
      const desk = await deskOfTwo();
      const { id, request: asking } = await asked(desk);
      await answered(desk, asking, "accepted");
      const { store } = desk.work.profile;
      const page = async () => {
        await openScreen(desk, { screen: <CaseScreen />, path: paths.case, at: addressOf.case(id), locale });
        return text();
      };
      await lies(desk, here, [stub(id, asking, "2026-11-22T01:00:00.000Z")]);
      const arrived = { vi: "đã tới nơi nhận", en: "has reached them", id: "sudah sampai" }[locale];
      expect(await page()).not.toContain(arrived);
      // Of an earlier journey of the same case.
      await store.write({ setLocal: { [lateWordsName(id)]: "2026-11-20T01:00:00.000Z" } });
      expect(await page()).not.toContain(arrived);
      await store.write({ setLocal: { [lateWordsName(id)]: "2026-11-29T18:30:00.000Z" } });
      expect(await page()).toContain(arrived);
      // On the day of the place.
      expect(await page()).toContain("30/11/2026");
    },
  );

  it("still reads what it was writing when the case left", async () => {
    const desk = await deskOfTwo();
    const { id, request: asking } = await asked(desk);
    await answered(desk, asking, "accepted");
    const screen = await openScreen(desk, {
      screen: <CaseFormScreen />,
      path: paths.caseForm,
      at: addressOf.caseForm(id, "note"),
    });
    await screen.type("note.text", "Chị hẹn gọi lại thứ sáu.");
    await waitFor(() => expect(read(desk).drafts()).toHaveLength(1));
    await lies(desk, here, [stub(id, asking, instantOf(desk.work.surroundings.now()))]);
    await waitFor(() => expect(screen.address()).toBe(addressOf.case(id)));
    const page = await casePage(desk, id);
    expect((await page.find('[data-field="note.text"]')).textContent).toContain("Chị hẹn gọi lại thứ sáu.");
    await page.tap(action("drop-draft"));
    await waitFor(() => expect(read(desk).drafts()).toEqual([]));
  });

  it("knows by its code what is left of a case of which nothing else is here any more", async () => {
    const desk = await deskOfTwo();
    const [left, asking] = ["33333333-3333-4333-8333-333333333333", "44444444-4444-4444-8444-444444444444"];
    const at = instantOf(desk.work.surroundings.now());
    await lies(desk, here, [stub(left, asking, at)]);
    const values = { note: { text: "Chưa xong" } };
    const draft = { id: "d", form: "note", case: left, database: here, values, startedAt: at, updatedAt: at };
    await desk.work.profile.store.write({ putDrafts: [draft] });
    await today(desk);
    expect(text()).toContain("HVG-26-7K3QXM-5");
    expect(waiting(read(desk)).map(({ code }) => code)).toContain("HVG-26-7K3QXM-5");
  });
});

async function deskWithRequest(): Promise<Desk> {
  const desk = await deskOfTwo();
  await asked(desk);
  return desk;
}
