// @vitest-environment jsdom
// A question that was put off is named wherever the case stands until it is answered; nobody reads "no signs" meanwhile.
import { waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { oneCase } from "#src/data/case-queries.ts";
import { CaseFormScreen } from "#src/features/case-forms/case-form-screen.tsx";
import { CaseScreen } from "#src/features/cases/case-screen.tsx";
import { ReceiveScreen } from "#src/features/receive/receive-screen.tsx";
import { TodayScreen } from "#src/features/today/today-screen.tsx";
import { localeCodes } from "#src/i18n/locales.ts";
import { addressOf, paths } from "#src/ui/addresses.ts";
import { laterOn } from "#tests/features/support/colleagues.ts";
import { allNo, type Desk, hoaVang, openDesk, openScreen, siteOf } from "#tests/features/support/desk.tsx";

vi.setConfig({ testTimeout: 60_000 });

const putOff = {
  ...allNo,
  suicidal: undefined,
  traffickerNear: undefined,
  unanswered: { suicidal: "later", traffickerNear: "unknown" },
};
const city = { ...siteOf("vn-gso-48", "Đà Nẵng"), ancestors: [], phones: ["0236 000 048 — Trực ban"] };

async function received(urgentCheck?: Record<string, unknown>) {
  const desk = await openDesk({ sites: [hoaVang, city], roles: ["cadre@vn-gso-20194"] });
  const id = await desk.receive({
    consent: { decision: "given" },
    person: { displayName: "Mai" },
    ...(urgentCheck ? { urgentCheck } : {}),
  });
  laterOn(desk, 60_000);
  return { desk, id };
}

const caseOf = (desk: Desk, id: string, locale: (typeof localeCodes)[number] = "vi") =>
  openScreen(desk, { screen: <CaseScreen />, path: paths.case, at: addressOf.case(id), locale });
const saved = (desk: Desk, id: string) =>
  openScreen(desk, { screen: <ReceiveScreen />, path: paths.receive, at: `/receive?draft=${id}` });
const page = () => document.body.textContent;
const calm = "Kiểm tra khẩn cấp: không có dấu hiệu nào";

describe("a question that was put off", () => {
  it.each(localeCodes)("stands on Today and on the case with its name, in %s", async (locale) => {
    const { desk, id } = await received(putOff);
    const name = { vi: "Có ý nghĩ không muốn sống", en: "Thoughts of ending their life", id: "Ada pikiran mengakhiri hidup" }[locale]; // prettier-ignore
    const today = await openScreen(desk, { screen: <TodayScreen />, path: paths.today, at: "/", locale });
    const asked = await today.find(`[data-record="${id}"] [data-field="urgentCheck.suicidal"]`);
    expect(asked.textContent).toContain(name);
    const href = addressOf.caseForm(id, "urgent");
    expect(document.querySelector('[data-action="urgent"]')?.getAttribute("href")).toBe(href);
    const screen = await caseOf(desk, id, locale);
    await screen.find('.notice [data-field="urgentCheck.traffickerNear"]');
    expect(document.querySelector('[data-action="urgent"]')?.getAttribute("href")).toBe(href);
  });

  it("is told in the story by its name, and never as no signs", async () => {
    const { desk, id } = await received(putOff);
    const screen = await caseOf(desk, id);
    await screen.find(".told-title");
    const titles = [...document.querySelectorAll(".told-title")].map((title) => title.textContent);
    expect(titles).toContain("Kiểm tra khẩn cấp: 6 câu trả lời “không”");
    expect(page()).toContain("Chưa có câu trả lời: Có ý nghĩ không muốn sống");
    expect(titles).not.toContain(calm);
  });

  it("is told as no signs only where all eight were answered with no", async () => {
    const { desk, id } = await received(allNo);
    await caseOf(desk, id).then((screen) => screen.find(".told-title"));
    expect(page()).toContain(calm);
    expect(document.querySelector('[data-action="urgent"]')).toBeNull();
  });

  it("stands on the screen after the reception, with the way to it; so does the first contact", async () => {
    const { desk, id } = await received(putOff);
    const screen = await saved(desk, id);
    await screen.find('[data-field="urgentCheck.suicidal"]');
    const links = [...document.querySelectorAll(".row-link")].map((link) => link.getAttribute("href"));
    expect(links).toContain(addressOf.caseForm(id, "urgent"));
    expect(links).toContain(addressOf.caseForm(id, "contact"));
    expect(page()).toContain("29 tháng 11");
  });

  it("is asked alone, and a yes says at once what to do and whom to call", async () => {
    const { desk, id } = await received(putOff);
    const form = await openScreen(desk, {
      screen: <CaseFormScreen />,
      path: paths.caseForm,
      at: addressOf.caseForm(id, "urgent"),
    });
    await form.tap('[name="urgentCheck.traffickerNear"][value="yes"]');
    const alert = await form.find('[role="alert"]');
    expect(alert.querySelector('a[href="tel:0236000048"]')).not.toBeNull();
    expect(document.querySelectorAll('fieldset[data-field^="urgentCheck."]')).toHaveLength(2);
    await form.tap('[data-action="save"]');
    await waitFor(() => {
      const file = oneCase(desk.work.profile.store.read, id);
      expect(file?.openFlags.map(({ flag }) => flag)).toEqual(["traffickerNear"]);
      expect(file?.openQuestions).toEqual([{ question: "suicidal", why: "later" }]);
    });
  });

  it("all of them are left where nobody asked: said in one line", async () => {
    const { desk, id } = await received();
    const screen = await caseOf(desk, id);
    await screen.find('[data-action="urgent"]');
    expect(page()).toContain("Chưa hỏi câu nào trong tám câu");
  });
});

describe("where somebody is in danger", () => {
  it.each(["case", "today"])(
    "the numbers of the site, of its supervisors and the help line are one tap away: %s",
    async (where) => {
      const { desk, id } = await received({ ...allNo, lifeInDanger: true });
      const screen =
        where === "case"
          ? await caseOf(desk, id)
          : await openScreen(desk, { screen: <TodayScreen />, path: paths.today, at: "/" });
      const flag = await screen.find('[data-action="flag"]');
      const around = flag.closest(".notice-urgent, .today-task");
      const calls = [...(around?.querySelectorAll('a[href^="tel:"]') ?? [])];
      expect(calls.map((call) => call.getAttribute("href"))).toEqual([
        "tel:02363822822",
        "tel:0236000048",
        "tel:111",
      ]);
      expect(calls[1]?.textContent).toContain("giám sát");
    },
  );
});

it("a name in the form about the person is not legible until somebody goes into it", async () => {
  const { desk, id } = await received(allNo);
  const form = await openScreen(desk, {
    screen: <CaseFormScreen />,
    path: paths.caseForm,
    at: addressOf.caseForm(id, "person"),
  });
  const input = await form.find('[name="person.displayName"]');
  expect(input.classList.contains("control-masked")).toBe(true);
  expect(document.querySelector('[data-field="person.displayName"]')?.textContent).toContain(
    "Tên đang được che",
  );
});
