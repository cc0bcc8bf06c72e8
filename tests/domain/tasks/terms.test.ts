// Two rules about terms: a stay is brought up twice before its end, and extensions are counted together.
import { describe, expect, it } from "vitest";
import { oneCase } from "#src/data/case-queries.ts";
import { changeStage } from "#src/domain/commands/change-stage.ts";
import { recordStatus } from "#src/domain/commands/record-status.ts";
import { addDays } from "#src/domain/record/dates.ts";
import { tasksOf } from "#src/domain/tasks/tasks.ts";
import { legalPath } from "#src/features/cases/path-steps.ts";
import { arrives, minh } from "#tests/features/support/colleagues.ts";
import { type Desk, openDesk } from "#tests/features/support/desk.tsx";

const today = "2026-11-22";
const an = { name: "an", roles: ["social_worker@vn-gso-20194"] };

function fileOf(desk: Desk, id: string) {
  const file = oneCase(desk.work.profile.store.read, id);
  if (!file) throw new Error("no case");
  return file;
}

function term(desk: Desk, id: string, name: string, on = today) {
  const now = Date.parse(`${on}T03:00:00.000Z`);
  const task = tasksOf(fileOf(desk, id), now).find(
    (task) => task.kind === "clock" && task.clock.name === name,
  );
  return task?.kind === "clock" ? task : undefined;
}

describe("a stay at a facility", () => {
  it("is brought up at 90 and again at 110 of its 120 days", async () => {
    const desk = await openDesk();
    const id = await desk.receive({ consent: { decision: "given" } });
    await arrives(desk, an, changeStage, {
      caseId: id,
      stageEvent: { to: "facility_stay", effectiveOn: today },
    });
    const due = term(desk, id, "stay")?.dueOn ?? "";
    const at = (daysLeft: number) => {
      const { nearness, warning } = term(desk, id, "stay", addDays(due, -daysLeft)) ?? {};
      return [nearness, warning];
    };
    expect(at(31)).toEqual(["later", undefined]);
    expect(at(30)).toEqual(["soon", 30]);
    expect(at(11)).toEqual(["soon", 30]);
    expect(at(10)).toEqual(["soon", 10]);
    expect(at(0)).toEqual(["today", 10]);
    expect(at(-1)).toEqual(["overdue", 10]);
  });
});

describe("an extension", () => {
  const extend = (desk: Desk, caseId: string, effectiveOn: string) =>
    arrives(desk, minh, recordStatus, {
      caseId,
      statusEvent: { to: "extended", effectiveOn, reason: "Chờ thêm tài liệu" },
    });

  /** Requested long ago, extended for the first time on this day. */
  async function extendedOn(day: string) {
    const desk = await openDesk();
    const id = await desk.receive({ consent: { decision: "given" } });
    const told = { responsibleBody: "Sở Y tế", how: "Gọi điện", documentNumber: "12/CV" };
    for (const to of ["notified", "identification_requested"])
      await arrives(desk, minh, recordStatus, {
        caseId: id,
        statusEvent: { to, effectiveOn: "2026-08-01", ...told },
      });
    await extend(desk, id, day);
    return { desk, id };
  }

  it("may follow another within the two months, which count from the first", async () => {
    const { desk, id } = await extendedOn("2026-10-05");
    const first = term(desk, id, "identifyExtended")?.dueOn;
    expect(first).toBe("2026-12-07");
    await extend(desk, id, "2026-11-20");
    const file = fileOf(desk, id);
    expect(file.status).toMatchObject({ at: "extended", forks: [] });
    expect(legalPath(file).filter(({ code }) => code === "extended")).toHaveLength(2);
    expect(term(desk, id, "identifyExtended")?.dueOn).toBe(first);
  });

  it("is refused once the two months are used up, and nothing is written", async () => {
    const { desk, id } = await extendedOn("2026-09-01");
    await expect(extend(desk, id, "2026-11-03")).rejects.toThrow("ExtensionOver");
    await extend(desk, id, "2026-11-02");
    expect(fileOf(desk, id).status.path.filter(({ to }) => to === "extended")).toHaveLength(2);
  });

  it("needs its reason each time", async () => {
    const { desk, id } = await extendedOn("2026-11-01");
    const without = { caseId: id, statusEvent: { to: "extended", effectiveOn: today } };
    await expect(arrives(desk, minh, recordStatus, without)).rejects.toThrow("FieldsMissing");
  });
});
