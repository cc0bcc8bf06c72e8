// @vitest-environment jsdom
// Deciding on a request to close, and opening a closed case again.
import { waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { oneCase } from "#src/data/case-queries.ts";
import { changeStage } from "#src/domain/commands/change-stage.ts";
import { nextVisitOn } from "#src/domain/tasks/visits-due.ts";
import { CaseFormScreen } from "#src/features/case-forms/case-form-screen.tsx";
import { addressOf, paths } from "#src/ui/addresses.ts";
import { arrives, hoa, laterOn, minh } from "#tests/features/support/colleagues.ts";
import { type Desk, openDesk, openScreen } from "#tests/features/support/desk.tsx";

vi.setConfig({ testTimeout: 60_000 });

const fileOf = (desk: Desk, id: string) => oneCase(desk.work.profile.store.read, id)!;
const stageForm = (desk: Desk, id: string) =>
  openScreen(desk, {
    screen: <CaseFormScreen />,
    path: paths.caseForm,
    at: addressOf.caseForm(id, "stage"),
  });
const choice = (value: string) => `[name="stageEvent.to"][value="${value}"]`;
const save = '[data-action="save"]';

async function supervised() {
  const desk = await openDesk();
  const id = await desk.receive({ case: { riskLevel: "low", receivedAt: "2026-11-10T01:00:00.000Z" } });
  const supervising = await openDesk({ disk: desk.disk, roles: ["supervisor@vn-gso-48"] });
  // Both devices start at the same moment; what follows is later.
  laterOn(supervising, 60_000);
  return { desk: supervising, id };
}

describe("deciding on a request to close", () => {
  it("shows who asked, when, and why", async () => {
    const { desk, id } = await supervised();
    await arrives(desk, hoa, changeStage, {
      caseId: id,
      stageEvent: {
        to: "closure_requested",
        reason: "Chị đã có việc làm ổn định",
        effectiveOn: "2026-11-20",
      },
    });
    const screen = await stageForm(desk, id);
    const request = await screen.find(".notice");
    expect(request.textContent).toContain("hoa");
    expect(request.textContent).toContain("20/11/2026");
    expect(request.textContent).toContain("Chị đã có việc làm ổn định");
  });

  it("shows nothing of the kind where nobody asked", async () => {
    const { desk, id } = await supervised();
    const screen = await stageForm(desk, id);
    await screen.find(choice("closed"));
    expect(document.body.textContent).not.toContain("Đề nghị kết thúc hồ sơ");
  });
});

describe("opening a closed case again", () => {
  async function closed() {
    const { desk, id } = await supervised();
    await arrives(desk, minh, changeStage, { caseId: id, stageEvent: { to: "closed", reason: "Ổn định" } });
    laterOn(desk, 60_000);
    return { desk, id };
  }

  it("asks for the next day, and keeps it", async () => {
    const { desk, id } = await closed();
    const screen = await stageForm(desk, id);
    await screen.tap(choice("received"));
    await screen.type("case.nextContactOn", "30/11/2026");
    await screen.tap(save);
    await waitFor(() => expect(screen.address()).toBe(addressOf.case(id)));
    expect(fileOf(desk, id).stage.at).toBe("received");
    expect(nextVisitOn(fileOf(desk, id))).toBe("2026-11-30");
  });

  it("says which day holds where none is typed", async () => {
    const { desk, id } = await closed();
    const screen = await stageForm(desk, id);
    await screen.tap(choice("reintegration"));
    const question = await screen.find('[data-field="case.nextContactOn"]');
    expect(question.textContent).toContain("25 tháng 11");
    await screen.tap(save);
    await waitFor(() => expect(screen.address()).toBe(addressOf.case(id)));
    expect(nextVisitOn(fileOf(desk, id))).toBe("2026-11-25");
  });

  it("says at the question that the day lies before", async () => {
    const { desk, id } = await closed();
    const screen = await stageForm(desk, id);
    await screen.tap(choice("received"));
    await screen.type("case.nextContactOn", "01/11/2026");
    await screen.tap(save);
    const problem = await screen.find('[data-field="case.nextContactOn"] [role="alert"]');
    expect(problem.textContent).not.toBe("");
  });
});
