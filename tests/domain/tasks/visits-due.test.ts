// While a case is open, a next visit or contact is owed: on the day agreed, else by risk, soon after a danger.
import { describe, expect, it } from "vitest";
import { oneCase } from "#src/data/case-queries.ts";
import { agreeContact } from "#src/domain/commands/agree-contact.ts";
import { changeStage } from "#src/domain/commands/change-stage.ts";
import { recordUrgentAction } from "#src/domain/commands/record-urgent-action.ts";
import { recordVisit } from "#src/domain/commands/record-visit.ts";
import type { Reception } from "#src/domain/commands/receive-person.ts";
import { tasksOf } from "#src/domain/tasks/tasks.ts";
import { nextVisit, suggestedVisitOn } from "#src/domain/tasks/visits-due.ts";
import { laterOn } from "#tests/features/support/colleagues.ts";
import { type Desk, openDesk } from "#tests/features/support/desk.tsx";

// Today is 22 November 2026.
const receivedAt = "2026-11-10T01:00:00.000Z";
const fileOf = (desk: Desk, id: string) => oneCase(desk.work.profile.store.read, id)!;
const next = (desk: Desk, id: string) => nextVisit(fileOf(desk, id));
const hour = 3_600_000;

async function received(risk: "high" | "medium" | "low" | undefined, more: Omit<Reception, "siteId"> = {}) {
  const desk = await openDesk();
  const about = { receivedAt, ...(risk ? { riskLevel: risk } : {}), ...more.case };
  const id = await desk.receive({ ...more, case: about });
  laterOn(desk, hour);
  return { desk, id };
}

const enters = (desk: Desk, caseId: string, to: string, effectiveOn: string) =>
  desk.do(changeStage, { caseId, stageEvent: { to, effectiveOn, reason: "Về với gia đình" } });

async function returns(desk: Desk, caseId: string, on: string) {
  await enters(desk, caseId, "community_support", on);
  laterOn(desk, hour);
  await enters(desk, caseId, "reintegration", on);
}

const visit = (desk: Desk, caseId: string, followup: Record<string, unknown>) =>
  desk.do(recordVisit, { caseId, followup });

describe("the first contact after reception", () => {
  it.each([
    ["high", "2026-11-17"],
    ["medium", "2026-11-24"],
    ["low", "2026-12-10"],
    [undefined, "2026-11-17"],
  ] as const)("is due by the risk, from the day of reception: %s", async (risk, day) => {
    const { desk, id } = await received(risk);
    expect(next(desk, id)).toEqual({ on: day, agreed: false });
  });

  it("is due within days where an urgent question was answered with yes, also once that was acted on", async () => {
    const { desk, id } = await received("low", { urgentCheck: { traffickerNear: true } });
    expect(next(desk, id)).toEqual({ on: "2026-11-12", agreed: false });
    const [{ raisedBy } = { raisedBy: { id: "" } }] = fileOf(desk, id).openFlags;
    await desk.do(recordUrgentAction, {
      caseId: id,
      urgentAction: { raisedBy: raisedBy.id, flag: "traffickerNear", action: "Đã báo Công an" },
    });
    expect(next(desk, id)).toEqual({ on: "2026-11-12", agreed: false });
  });

  it("is due on the day agreed at reception", async () => {
    const { desk, id } = await received("high", {
      urgentCheck: { urgentMedical: true },
      case: { nextContactOn: "2026-11-26" },
    });
    expect(next(desk, id)).toEqual({ on: "2026-11-26", agreed: true });
  });
});

const stages = ["received", "community_support", "reintegration", "closure_requested"] as const;

describe.each(stages)("the contact after a visit without a next day, at %s", (stage) => {
  async function at(risk: "high" | "medium" | "low", followup: Record<string, unknown>) {
    const { desk, id } = await received(risk, { case: { nextContactOn: "2026-11-20" } });
    if (stage === "reintegration") await returns(desk, id, "2026-11-12");
    else if (stage !== "received") await enters(desk, id, stage, "2026-11-12");
    await visit(desk, id, { doneOn: "2026-11-21", ...followup });
    return { desk, id };
  }

  it.each([
    ["high", "2026-11-28"],
    ["medium", "2026-12-05"],
    ["low", "2026-12-21"],
  ] as const)("is owed by the risk: %s", async (risk, day) => {
    const { desk, id } = await at(risk, { outcome: "contact_made" });
    expect(next(desk, id)).toEqual({ on: day, agreed: false });
    const now = Date.parse(`${day}T03:00:00.000Z`);
    expect(tasksOf(fileOf(desk, id), now)).toContainEqual(
      expect.objectContaining({ kind: "visit", dueOn: day, nearness: "today" }),
    );
  });

  it("is owed also where the person did not want to name a day", async () => {
    const { desk, id } = await at("high", {
      outcome: "contact_made",
      unanswered: { nextOn: "declined" },
    });
    expect(next(desk, id)).toEqual({ on: "2026-11-28", agreed: false });
  });

  it.each([
    { outcome: "contact_made", retraffickingSign: true },
    { outcome: "not_found", retraffickingSign: true },
    { outcome: "contact_made", domains: { safety: "bad" } },
    { outcome: "unsafe_to_visit" },
  ])("is owed within one to three days after a danger: %o", async (found) => {
    const { desk, id } = await at("low", found);
    expect(["2026-11-22", "2026-11-23", "2026-11-24"]).toContain(next(desk, id)?.on);
  });

  it.each(["not_found", "refused", "moved"] as const)(
    "is owed sooner where nobody was met: %s",
    async (outcome) => {
      for (const risk of ["high", "medium", "low"] as const) {
        const { desk, id } = await at(risk, { outcome });
        const day = next(desk, id)?.on ?? "";
        expect(day > "2026-11-21" && day <= "2026-11-28").toBe(true);
        expect(day).toBe(suggestedVisitOn(fileOf(desk, id), { doneOn: "2026-11-21", outcome }));
      }
    },
  );
});

describe("a day that was agreed", () => {
  it("is over with the next visit, whether it was kept or not", async () => {
    const { desk, id } = await received("medium", { case: { nextContactOn: "2026-12-20" } });
    await visit(desk, id, { outcome: "contact_made", doneOn: "2026-11-12", nextOn: "2026-12-24" });
    expect(next(desk, id)).toEqual({ on: "2026-12-24", agreed: true });
    laterOn(desk, hour);
    await visit(desk, id, { outcome: "contact_made", doneOn: "2026-11-20" });
    expect(next(desk, id)).toEqual({ on: "2026-12-04", agreed: false });
  });

  it("can be agreed after the visit, also on the day that was agreed once before", async () => {
    const { desk, id } = await received("medium", { case: { nextContactOn: "2026-12-20" } });
    await visit(desk, id, { outcome: "contact_made" });
    for (const day of ["2026-12-20", "2026-12-08"]) {
      laterOn(desk, hour);
      await desk.do(agreeContact, { caseId: id, nextContactOn: day });
      expect(next(desk, id)).toEqual({ on: day, agreed: true });
    }
    laterOn(desk, hour);
    await visit(desk, id, { outcome: "contact_made" });
    expect(next(desk, id)).toEqual({ on: "2026-12-06", agreed: false });
  });

  it("gives way to a danger that was noticed afterwards", async () => {
    const { desk, id } = await received("low", { case: { nextContactOn: "2027-01-20" } });
    await visit(desk, id, { outcome: "unsafe_to_visit" });
    expect(next(desk, id)?.on).toBe("2026-11-24");
  });

  it("before the return home does not put off the first visit after it", async () => {
    const { desk, id } = await received("low", { case: { nextContactOn: "2026-12-20" } });
    await returns(desk, id, "2026-11-20");
    expect(next(desk, id)?.on).toBe("2026-11-23");
  });

  it("lies ahead: a day that has passed is not agreed on, nor any in a closed case", async () => {
    const { desk, id } = await received("low");
    const agree = (nextContactOn: string) => desk.do(agreeContact, { caseId: id, nextContactOn });
    await expect(agree("2026-11-21")).rejects.toThrow("NextInPast");
    await agree("2026-11-22");
    const chief = await openDesk({ disk: desk.disk, roles: ["supervisor@vn-gso-48"] });
    await chief.do(changeStage, { caseId: id, stageEvent: { to: "closed", reason: "Đã ổn định" } });
    await expect(chief.do(agreeContact, { caseId: id, nextContactOn: "2026-12-01" })).rejects.toThrow(
      "CaseClosed",
    );
    expect(next(chief, id)).toBeUndefined();
  });
});

it("after the last month of the schedule a visit is still owed", async () => {
  const { desk, id } = await received("low", { case: { receivedAt: "2025-06-01T01:00:00.000Z" } });
  await returns(desk, id, "2025-07-01");
  await visit(desk, id, { outcome: "contact_made", doneOn: "2026-11-01" });
  expect(next(desk, id)).toEqual({ on: "2026-12-01", agreed: false });
});
