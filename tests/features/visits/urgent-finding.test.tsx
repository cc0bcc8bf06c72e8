// @vitest-environment jsdom
// What a visit found and cannot wait: an open flag on Today and on the case, for worker and supervisor, until acted on.
import { waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { oneCase } from "#src/data/case-queries.ts";
import { recordVisit } from "#src/domain/commands/record-visit.ts";
import { voidRecord } from "#src/domain/commands/void-record.ts";
import { CaseFormScreen } from "#src/features/case-forms/case-form-screen.tsx";
import { CaseScreen } from "#src/features/cases/case-screen.tsx";
import { TodayScreen } from "#src/features/today/today-screen.tsx";
import { VisitScreen } from "#src/features/visits/visit-screen.tsx";
import { localeCodes } from "#src/i18n/locales.ts";
import { addressOf, paths } from "#src/ui/addresses.ts";
import { type Desk, openDesk, openScreen } from "#tests/features/support/desk.tsx";

vi.setConfig({ testTimeout: 60_000 });

const fileOf = (desk: Desk, id: string) => oneCase(desk.work.profile.store.read, id)!;
const flagsOf = (desk: Desk, id: string) => fileOf(desk, id).openFlags.map(({ flag }) => flag);

async function visited(followup: Record<string, unknown>) {
  const desk = await openDesk();
  const id = await desk.receive({
    consent: { decision: "given" },
    person: { displayName: "Mai" },
    case: { riskLevel: "low" },
  });
  const [visit] = await desk.do(recordVisit, { caseId: id, followup });
  return { desk, id, visit: visit!.id };
}

const findings = [
  ["retraffickingSign", { outcome: "contact_made", retraffickingSign: true }],
  ["unsafeToVisit", { outcome: "unsafe_to_visit" }],
  ["safetyBad", { outcome: "contact_made", domains: { safety: "bad" } }],
] as const;

describe.each(findings)("%s", (flag, followup) => {
  it("is an open flag, and the risk counts as high until somebody acted", async () => {
    const { desk, id, visit } = await visited(followup);
    expect(fileOf(desk, id).openFlags).toMatchObject([{ flag, raisedBy: { id: visit } }]);
    expect(fileOf(desk, id).riskLevel).toBe("high");
    const form = await openScreen(desk, {
      screen: <CaseFormScreen />,
      path: paths.caseForm,
      at: addressOf.flag(id, visit, flag),
    });
    // Nothing to choose: it was opened from this flag.
    await form.find(`[name="urgentAction.flag"][value="${flag}"]:checked`);
    await form.find('a[href="tel:02363822822"]');
    await form.type("urgentAction.action", "Đã gọi giám sát viên");
    await form.tap('[data-action="save"]');
    await waitFor(() => expect(flagsOf(desk, id)).toEqual([]));
    expect(fileOf(desk, id).riskLevel).toBe("low");
  });

  it.each(localeCodes)("says what to do now, on Today of worker and supervisor, in %s", async (locale) => {
    const { desk, id, visit } = await visited(followup);
    const supervising = await openDesk({ disk: desk.disk, roles: ["supervisor@vn-gso-48"] });
    for (const device of [desk, supervising]) {
      const today = await openScreen(device, { screen: <TodayScreen />, path: paths.today, at: "/", locale });
      const card = await today.find(`.sheet-urgent [data-record="${id}"]`);
      const link = card.querySelector('[data-action="flag"]');
      expect(link?.getAttribute("href")).toBe(addressOf.flag(id, visit, flag));
      // Whom to call, and not alone.
      expect(card.textContent).toMatch({ vi: /một mình/, en: /alone/, id: /sendirian/ }[locale]);
      expect(card.textContent).toMatch({ vi: /cán bộ giám sát/, en: /supervisor/, id: /penyelia/ }[locale]);
    }
  });

  it("stands first on the case page, with the way to it", async () => {
    const { desk, id, visit } = await visited(followup);
    const page = await openScreen(desk, { screen: <CaseScreen />, path: paths.case, at: addressOf.case(id) });
    const link = await page.find('.notice-urgent [data-action="flag"]');
    expect(link.getAttribute("href")).toBe(addressOf.flag(id, visit, flag));
    expect(document.querySelector(".page-header .risk-high")).not.toBeNull();
    expect(document.querySelectorAll(".case-page .button-primary")).toHaveLength(1);
  });

  it("goes with the visit that was written by mistake", async () => {
    const { desk, id, visit } = await visited(followup);
    await desk.do(voidRecord, { caseId: id, voiding: { target: visit, reason: "Nhầm người" } });
    expect(flagsOf(desk, id)).toEqual([]);
  });

  it("is said right after saving, with the way to what was done", async () => {
    const { desk, id, visit } = await visited(followup);
    const saved = await openScreen(desk, {
      screen: <VisitScreen />,
      path: paths.visit,
      at: `${addressOf.visit(id)}?draft=${visit}`,
    });
    const link = await saved.find('[role="alert"] [data-action="flag"]');
    expect(link.getAttribute("href")).toBe(addressOf.flag(id, visit, flag));
  });
});

describe("several findings", () => {
  it("of one visit are closed one by one, each from its own button", async () => {
    const { desk, id } = await visited({
      outcome: "contact_made",
      retraffickingSign: true,
      domains: { safety: "bad" },
    });
    const page = await openScreen(desk, { screen: <CaseScreen />, path: paths.case, at: addressOf.case(id) });
    await page.find('[data-action="flag"]');
    const links = [...document.querySelectorAll('.notice-urgent [data-action="flag"]')];
    expect(links.map((link) => link.getAttribute("href")?.split(".").at(-1))).toEqual([
      "retraffickingSign",
      "safetyBad",
    ]);
  });

  it("are none where the visit went well", async () => {
    const { desk, id } = await visited({
      outcome: "contact_made",
      retraffickingSign: false,
      domains: { safety: "fragile" },
    });
    expect(flagsOf(desk, id)).toEqual([]);
    expect(fileOf(desk, id).riskLevel).toBe("low");
  });
});

it("safety that stands badly is answered on the spot, and the screen waits until it was read", async () => {
  const { desk, id } = await visited({ outcome: "contact_made" });
  const screen = await openScreen(desk, {
    screen: <VisitScreen />,
    path: paths.visit,
    at: addressOf.visit(id),
  });
  await screen.tap('[name="followup.outcome"][value="contact_made"]');
  await waitFor(() => expect(screen.step()).toBe("when"));
  await screen.tap('[data-action="skip"]');
  await waitFor(() => expect(screen.step()).toBe("domains"));
  await screen.tap('[name="followup.domains.safety"][value="bad"]');
  expect((await screen.find('[role="alert"]')).textContent).toContain("giám sát");
});
