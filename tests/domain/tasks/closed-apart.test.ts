// One person closes a case while another, who has not seen it, goes on: it stays due until somebody has decided.
import { expect, it } from "vitest";
import { allTasks, oneCase } from "#src/data/case-queries.ts";
import { changeStage } from "#src/domain/commands/change-stage.ts";
import { decideFork } from "#src/domain/commands/decide-fork.ts";
import { recordVisit } from "#src/domain/commands/record-visit.ts";
import { isClosed } from "#src/domain/case-file/closed.ts";
import { forksOf } from "#src/domain/case-file/forks.ts";
import { instantOf } from "#src/domain/record/dates.ts";
import { laterOn, minh } from "#tests/features/support/colleagues.ts";
import { allNo, openDesk } from "#tests/features/support/desk.tsx";

async function closedApart() {
  const desk = await openDesk({ roles: ["cadre@vn-gso-20194", "supervisor@vn-gso-20194"] });
  const { store } = desk.work.profile;
  const id = await desk.receive({ case: { riskLevel: "low" }, urgentCheck: allNo });
  laterOn(desk, 60_000);
  const { read } = store;
  const at = instantOf(desk.work.surroundings.now() + 60_000);
  const closing = changeStage.run(
    read,
    { caseId: id, stageEvent: { to: "closed", reason: "Đã ổn định" } },
    {
      now: at,
      deviceTime: at,
      user: minh,
      device: "d2",
      randomBytes: (count) => desk.work.surroundings.randomBytes(count),
    },
  );
  if (!closing.ok) throw new Error(closing.error.type);
  await desk.do(changeStage, { caseId: id, stageEvent: { to: "community_support" } });
  await store.write({ changes: closing.value });
  laterOn(desk, 120_000);
  const file = () => oneCase(read, id)!;
  const tasks = () => allTasks(read, desk.work.surroundings.now()).map(({ kind }) => kind);
  return { desk, id, file, tasks };
}

it("is open: visits come due, and are recorded", async () => {
  const { desk, id, file, tasks } = await closedApart();
  expect(forksOf(file())).toHaveLength(1);
  expect(file().stage.at).toBe("closed");
  expect(isClosed(file())).toBe(false);
  expect(tasks()).toContain("visit");
  await desk.do(recordVisit, { caseId: id, followup: { outcome: "contact_made" } });
  expect(file().visits).toHaveLength(1);
});

it("is over once somebody has decided that the closing holds, and goes on where the other step does", async () => {
  for (const closes of [true, false]) {
    const { desk, id, file, tasks } = await closedApart();
    const [{ steps: [went, closed] } = { steps: [] }] = forksOf(file());
    if (!went || !closed) throw new Error("no fork");
    const [holds, against] = closes ? [closed.id, went.id] : [went.id, closed.id];
    await desk.do(decideFork, { caseId: id, holds, against, reason: "Đã gọi hỏi." });
    expect(isClosed(file())).toBe(closes);
    expect(tasks().includes("visit")).toBe(!closes);
  }
});

it("is over where it is closed again in sight of both", async () => {
  const { desk, id, file } = await closedApart();
  await desk.do(changeStage, { caseId: id, stageEvent: { to: "reintegration" } });
  expect(isClosed(file())).toBe(false);
  await desk.do(changeStage, { caseId: id, stageEvent: { to: "closed", reason: "Đã ổn định" } });
  expect(isClosed(file())).toBe(true);
});
