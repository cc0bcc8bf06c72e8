// Whose turn it is: a cadre, a colleague who is responsible, a supervisor, an authority outside.
import { describe, expect, it } from "vitest";
import { oneCase } from "#src/data/case-queries.ts";
import { changeStage } from "#src/domain/commands/change-stage.ts";
import { rolesFor } from "#src/domain/commands/command.ts";
import { recordStatus } from "#src/domain/commands/record-status.ts";
import { tasksOf } from "#src/domain/tasks/tasks.ts";
import { byTurn, isWaiting, turnOf } from "#src/domain/tasks/turn.ts";
import { allNo, type Desk, hoaVang, openDesk } from "#tests/features/support/desk.tsx";

const cadre = "cadre@vn-gso-20194";
const supervisor = "supervisor@vn-gso-48";

function turns(desk: Desk, id: string, me: string, role: string) {
  const file = oneCase(desk.work.profile.store.read, id);
  if (!file) throw new Error("no case");
  const held = rolesFor([role], hoaVang);
  return tasksOf(file, Date.parse("2026-12-20T03:00:00.000Z"))
    .filter((task) => task.kind !== "urgent")
    .map((task) => ({ task, turn: turnOf(task, me, held) }))
    .toSorted(byTurn)
    .map(({ task, turn }) => ({ name: task.kind === "clock" ? task.clock.name : "visit", ...turn }));
}

async function received() {
  const desk = await openDesk();
  const id = await desk.receive({
    urgentCheck: allNo,
    case: { riskLevel: "low", nextContactOn: "2026-11-24" },
  });
  return { desk, id };
}

const notice = { to: "notified", responsibleBody: "Sở Y tế Đà Nẵng", how: "Gọi điện" };

describe("whose turn it is", () => {
  it("is of who is responsible; a colleague and a supervisor may still record it", async () => {
    const { desk, id } = await received();
    const named = (me: string, role: string) =>
      turns(desk, id, me, role).find(({ name }) => name === "notify");
    expect(named("lan", cadre)).toMatchObject({ of: "mine", form: "status" });
    expect(named("hoa", cadre)).toMatchObject({ of: "owner", form: "status" });
    expect(named("minh", supervisor)).toMatchObject({ of: "owner", form: "status" });
  });

  it("is of the workers where nobody is responsible yet", async () => {
    const { desk, id } = await received();
    const { record, database } = desk.work.profile.store.read.get("case", id)!;
    const { owner: _, ...nobodys } = record;
    await desk.work.profile.store.write({ changes: [{ database, record: nobodys }] });
    expect(turns(desk, id, "hoa", cadre)[0]).toMatchObject({ of: "mine" });
    expect(turns(desk, id, "minh", supervisor)[0]).toMatchObject({ of: "workers" });
  });

  it("is of the authority that was told, and a supervisor records its answer", async () => {
    const { desk, id } = await received();
    await desk.do(recordStatus, { caseId: id, statusEvent: notice });
    const verify = (role: string) => turns(desk, id, "lan", role).find(({ name }) => name === "verify");
    expect(verify(cadre)).toEqual({
      name: "verify",
      of: "outside",
      body: "Sở Y tế Đà Nẵng",
      form: undefined,
      roles: ["supervisor"],
    });
    expect(verify(supervisor)).toMatchObject({ of: "outside", form: "status" });
  });

  it("puts one's own first and what one can only wait for last", async () => {
    const { desk, id } = await received();
    await desk.do(recordStatus, { caseId: id, statusEvent: notice });
    await desk.do(changeStage, { caseId: id, stageEvent: { to: "closure_requested", reason: "Ổn định" } });
    const seen = turns(desk, id, "lan", cadre);
    // The verification ended long before the plan, and is not a cadre's.
    expect(seen.map(({ name }) => name)).toEqual(["visit", "plan", "verify", "decideClosure"]);
    expect(seen.map((turn) => isWaiting(turn))).toEqual([false, false, true, true]);
    expect(turns(desk, id, "minh", supervisor)[0]).toMatchObject({ name: "decideClosure", of: "mine" });
  });
});
