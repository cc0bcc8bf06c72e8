// The next right action, from the first hour to the closed case, for each role.
import { describe, expect, it } from "vitest";
import { oneCase } from "#src/data/case-queries.ts";
import { changeStage } from "#src/domain/commands/change-stage.ts";
import { rolesFor } from "#src/domain/commands/command.ts";
import { editCase } from "#src/domain/commands/edit-case.ts";
import { editPerson } from "#src/domain/commands/edit-person.ts";
import type { Reception } from "#src/domain/commands/receive-person.ts";
import { keepPlanItem } from "#src/domain/commands/keep-plan-item.ts";
import { recordConsent } from "#src/domain/commands/record-consent.ts";
import { recordUrgentCheck } from "#src/domain/commands/record-urgent-check.ts";
import { recordStatus } from "#src/domain/commands/record-status.ts";
import { recordVisit } from "#src/domain/commands/record-visit.ts";
import { addDays } from "#src/domain/record/dates.ts";
import { siteDatabase } from "#src/domain/record/databases.ts";
import { tasksOf } from "#src/domain/tasks/tasks.ts";
import { nextAction } from "#src/features/cases/next-action.ts";
import { arrives, centreSays, minh } from "#tests/features/support/colleagues.ts";
import { allNo, type Desk, hoaVang, openDesk } from "#tests/features/support/desk.tsx";

const today = "2026-11-22";
const cadre = "cadre@vn-gso-20194";
const supervisor = "supervisor@vn-gso-48";

function next(desk: Desk, id: string, role = cadre, at = today) {
  const file = oneCase(desk.work.profile.store.read, id);
  if (!file) throw new Error("no case");
  const now = Date.parse(`${at}T03:00:00.000Z`);
  return nextAction(file, tasksOf(file, now), rolesFor([role], hoaVang));
}

const agreed: Omit<Reception, "siteId"> = {
  consent: { decision: "given" },
  person: { displayName: "Mai" },
  case: { riskLevel: "low" },
};

async function received(input: Omit<Reception, "siteId">) {
  const desk = await openDesk();
  return { desk, id: await desk.receive({ urgentCheck: allNo, ...input }) };
}

async function notified(input: Omit<Reception, "siteId">) {
  const { desk, id } = await received(input);
  await desk.do(recordStatus, {
    caseId: id,
    statusEvent: { to: "notified", responsibleBody: "Sở Y tế", how: "Gọi điện" },
  });
  return { desk, id };
}

describe("the next action", () => {
  it("is an open urgent flag before anything else", async () => {
    const { desk, id } = await received({ urgentCheck: { urgentMedical: true } });
    expect(next(desk, id)).toMatchObject({ kind: "flag", flag: { flag: "urgentMedical" } });
  });

  it("is the notice to the health agency after reception, from the first hour and when it is late", async () => {
    const { desk, id } = await received(agreed);
    expect(next(desk, id)).toMatchObject({ kind: "status", task: { clock: { name: "notify" } } });
    expect(next(desk, id, cadre, "2026-12-20")).toMatchObject({
      kind: "status",
      task: { nearness: "overdue" },
    });
  });

  it("is asking what was put off, from the day after", async () => {
    const put = { ...allNo, suicidal: undefined, unanswered: { suicidal: "later" } };
    const { desk, id } = await notified({ ...agreed, urgentCheck: put });
    expect(next(desk, id).kind).not.toBe("urgent");
    expect(next(desk, id, cadre, addDays(today, 1))).toMatchObject({
      kind: "urgent",
      task: { questions: [{ question: "suicidal", why: "later" }], nearness: "today" },
    });
    await desk.do(recordUrgentCheck, { caseId: id, urgentCheck: { suicidal: false } });
    expect(next(desk, id, cadre, addDays(today, 1)).kind).not.toBe("urgent");
  });

  it("is not a step that only a supervisor records", async () => {
    const { desk, id } = await notified(agreed);
    expect(next(desk, id, supervisor, addDays(today, 3))).toMatchObject({ kind: "status" });
    expect(next(desk, id, cadre, addDays(today, 3))).toMatchObject({ kind: "visit" });
  });

  it("is the visit on its day, and planned ahead when nothing else is open", async () => {
    const { desk, id } = await notified(agreed);
    await desk.do(recordVisit, {
      caseId: id,
      followup: { outcome: "contact_made", nextOn: addDays(today, 7) },
    });
    expect(next(desk, id)).toMatchObject({ kind: "visit", task: { nearness: "later" } });
    expect(next(desk, id, cadre, addDays(today, 7))).toMatchObject({
      kind: "visit",
      task: { nearness: "today" },
    });
  });

  it("is asking for consent while it was never asked, and asking again who could not say", async () => {
    const { desk, id } = await notified({ case: { riskLevel: "low" } });
    expect(next(desk, id)).toEqual({ kind: "consent" });
    await desk.do(recordConsent, { caseId: id, consent: { purpose: "open_file", decision: "cannot_now" } });
    expect(next(desk, id)).toEqual({ kind: "consent" });
    await desk.do(recordConsent, { caseId: id, consent: { purpose: "open_file", decision: "refused" } });
    expect(next(desk, id)).toMatchObject({ kind: "visit", task: { nearness: "later" } });
  });

  it("is writing down who it is once there is consent", async () => {
    const { desk, id } = await notified({ consent: { decision: "given" } });
    expect(next(desk, id)).toEqual({ kind: "person" });
    await desk.do(editPerson, { caseId: id, person: { displayName: "Mai" } });
    expect(next(desk, id)).toMatchObject({ kind: "visit", task: { nearness: "later" } });
  });

  it("is deciding on a request to close, for the supervisor alone", async () => {
    const { desk, id } = await notified(agreed);
    await desk.do(changeStage, { caseId: id, stageEvent: { to: "closure_requested", reason: "Đã ổn định" } });
    // The legal term presses first; a week later both are late and the earlier one stands first.
    const late = next(desk, id, supervisor, addDays(today, 30));
    expect(late).toMatchObject({ kind: "status" });
    // What is left for a cadre is the plan, which nobody has agreed on.
    expect(next(desk, id, cadre, addDays(today, 30)).kind).toBe("plan");
  });

  it("is agreeing on the plan once its term presses, until something in it is agreed", async () => {
    const { desk, id } = await notified({ ...agreed, planItem: { need: ["medical"] } });
    expect(next(desk, id, cadre, addDays(today, 5)).kind).toBe("visit");
    expect(next(desk, id, cadre, addDays(today, 12))).toMatchObject({
      kind: "plan",
      task: { clock: { name: "plan" } },
    });
    const item = desk.work.profile.store.read.list("plan_item")[0]!.record;
    await desk.do(keepPlanItem, { caseId: id, id: item.id, planItem: { ...item, agreed: "yes" } });
    expect(next(desk, id, cadre, addDays(today, 12)).kind).toBe("visit");
  });

  it("is writing down who it is too where only what identifies nobody is known", async () => {
    const { desk, id } = await notified({ consent: { decision: "refused" }, person: { sex: "female" } });
    expect(next(desk, id)).toMatchObject({ kind: "visit", task: { nearness: "later" } });
    await desk.do(recordConsent, { caseId: id, consent: { purpose: "open_file", decision: "given" } });
    expect(next(desk, id)).toEqual({ kind: "person" });
  });

  it("is deciding between two answers", async () => {
    const { desk, id } = await notified(agreed);
    const { record } = desk.work.profile.store.read.get("case", id)!;
    await desk.do(editCase, { caseId: id, case: { ...record, nextContactOn: "2026-12-01" } });
    const entry = {
      id: crypto.randomUUID(),
      at: record.createdAt,
      by: "hoa",
      device: "d2",
      field: "nextContactOn",
    };
    const history = [...(record.history ?? []), { ...entry, to: "2026-12-09", after: [] }];
    const theirs = { ...record, nextContactOn: "2026-12-09", updatedBy: "hoa", history };
    await centreSays(desk, siteDatabase(hoaVang.siteId), id, { theirs });
    expect(next(desk, id)).toEqual({ kind: "settle" });
  });

  it("is none for a closed case and for somebody of another place", async () => {
    const { desk, id } = await notified(agreed);
    expect(next(desk, id, "cadre@vn-gso-1")).toEqual({ kind: "none" });
    await arrives(desk, minh, changeStage, {
      caseId: id,
      stageEvent: { to: "closed", reason: "Đã ổn định" },
    });
    expect(next(desk, id)).toEqual({ kind: "none" });
  });
});
