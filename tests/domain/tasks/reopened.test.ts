// A case that was closed and is open again always has a next day, and none from before.
import { describe, expect, it } from "vitest";
import { oneCase } from "#src/data/case-queries.ts";
import { changeStage } from "#src/domain/commands/change-stage.ts";
import { recordVisit } from "#src/domain/commands/record-visit.ts";
import { nextVisitOn } from "#src/domain/tasks/visits-due.ts";
import { type Desk, openDesk } from "#tests/features/support/desk.tsx";

const roles = ["cadre@vn-gso-20194", "supervisor@vn-gso-20194"];
const dueOn = (desk: Desk, id: string) => nextVisitOn(oneCase(desk.work.profile.store.read, id)!);

async function closedCase() {
  const desk = await openDesk({ roles });
  const id = await desk.receive({
    case: { riskLevel: "low", receivedAt: "2026-09-01T01:00:00.000Z", nextContactOn: "2026-09-10" },
  });
  await desk.do(recordVisit, {
    caseId: id,
    followup: { outcome: "contact_made", doneOn: "2026-10-01", nextOn: "2026-10-08" },
  });
  await desk.do(changeStage, { caseId: id, stageEvent: { to: "closed", reason: "Đã ổn định" } });
  expect(dueOn(desk, id)).toBeUndefined();
  return { desk, id };
}

describe.each(["received", "reintegration"])("a case that is open again, at %s", (to) => {
  it("is due on the day agreed", async () => {
    const { desk, id } = await closedCase();
    await desk.do(changeStage, { caseId: id, stageEvent: { to }, nextContactOn: "2026-11-30" });
    expect(dueOn(desk, id)).toBe("2026-11-30");
  });

  it("is due a few days later where no day was agreed", async () => {
    const { desk, id } = await closedCase();
    await desk.do(changeStage, { caseId: id, stageEvent: { to } });
    expect(dueOn(desk, id)).toBe("2026-11-25");
  });

  it("follows the visits made since", async () => {
    const { desk, id } = await closedCase();
    await desk.do(changeStage, { caseId: id, stageEvent: { to } });
    await desk.do(recordVisit, {
      caseId: id,
      followup: { outcome: "contact_made", nextOn: "2026-12-24" },
    });
    expect(dueOn(desk, id)).toBe("2026-12-24");
  });

  it("takes no day before it was reopened", async () => {
    const { desk, id } = await closedCase();
    const before = { caseId: id, stageEvent: { to }, nextContactOn: "2026-11-21" };
    await expect(desk.do(changeStage, before)).rejects.toThrow("NextBeforeReopening");
  });
});
