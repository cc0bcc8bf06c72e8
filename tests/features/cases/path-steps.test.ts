// The picture of the way: what was walked, where the case stands, what lies ahead.
import { expect, it } from "vitest";
import { oneCase } from "#src/data/case-queries.ts";
import { changeStage } from "#src/domain/commands/change-stage.ts";
import { recordStatus } from "#src/domain/commands/record-status.ts";
import { carePath, legalPath, type PathStep } from "#src/features/cases/path-steps.ts";
import { arrives, minh } from "#tests/features/support/colleagues.ts";
import { openDesk } from "#tests/features/support/desk.tsx";

const told = (steps: readonly PathStep[]) => steps.map(({ code, state }) => `${code}:${state}`);

it("grows with each step and ends where no usual way goes on", async () => {
  const desk = await openDesk();
  const id = await desk.receive({ case: { riskLevel: "low" } });
  const file = () => oneCase(desk.work.profile.store.read, id)!;
  expect(told(legalPath(file()))).toEqual([
    "not_started:now",
    "notified:ahead",
    "initially_verified:ahead",
    "identification_requested:ahead",
    "identified:ahead",
  ]);
  expect(told(carePath(file()))).toEqual([
    "received:now",
    "community_support:ahead",
    "reintegration:ahead",
    "closed:ahead",
  ]);
  await desk.do(recordStatus, {
    caseId: id,
    statusEvent: { to: "notified", responsibleBody: "Sở Y tế", how: "Gọi điện" },
  });
  await arrives(desk, minh, recordStatus, {
    caseId: id,
    statusEvent: { to: "not_pursued", reason: "Người ấy không muốn" },
  });
  expect(told(legalPath(file()))).toEqual(["not_started:done", "notified:done", "not_pursued:now"]);
  expect(legalPath(file()).at(-1)?.on).toBe("2026-11-22");
  await desk.do(changeStage, { caseId: id, stageEvent: { to: "closure_requested", reason: "Đã xong" } });
  expect(told(carePath(file()))).toEqual(["received:done", "closure_requested:now", "closed:ahead"]);
});
