// Urgent questions without an answer stay open until somebody answers them, whatever else was asked since.
import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { oneCase } from "#src/data/case-queries.ts";
import { answeredBy, openQuestionsOf } from "#src/domain/case-file/open-questions.ts";
import { changeStage } from "#src/domain/commands/change-stage.ts";
import { recordUrgentCheck } from "#src/domain/commands/record-urgent-check.ts";
import { voidRecord } from "#src/domain/commands/void-record.ts";
import { urgentFlags } from "#src/domain/records/code-lists.ts";
import { tasksOf } from "#src/domain/tasks/tasks.ts";
import { laterOn } from "#tests/features/support/colleagues.ts";
import { allNo, type Desk, openDesk } from "#tests/features/support/desk.tsx";

const fileOf = (desk: Desk, id: string) => oneCase(desk.work.profile.store.read, id)!;
const openIn = (desk: Desk, id: string) => fileOf(desk, id).openQuestions;
const askTask = (desk: Desk, id: string) =>
  tasksOf(fileOf(desk, id), desk.work.surroundings.now()).find(({ kind }) => kind === "ask");
const hour = 3_600_000;

const putOff = {
  ...allNo,
  suicidal: undefined,
  traffickerNear: undefined,
  unanswered: { suicidal: "later", traffickerNear: "unknown" },
};

async function received(urgentCheck?: Record<string, unknown>) {
  const desk = await openDesk();
  const id = await desk.receive({
    consent: { decision: "given" },
    ...(urgentCheck ? { urgentCheck } : {}),
  });
  laterOn(desk, hour);
  const ask = async (answers: Record<string, unknown>) => {
    const [check] = await desk.do(recordUrgentCheck, { caseId: id, urgentCheck: answers });
    laterOn(desk, hour);
    return check!.id;
  };
  return { desk, id, ask };
}

describe("questions that were put off", () => {
  it("are named, each with why, and are a task from the first hour", async () => {
    const { desk, id } = await received(putOff);
    expect(openIn(desk, id)).toEqual([
      { question: "suicidal", why: "later" },
      { question: "traffickerNear", why: "unknown" },
    ]);
    expect(askTask(desk, id)).toMatchObject({ dueOn: "2026-11-23", nearness: "soon" });
    laterOn(desk, 48 * hour);
    expect(askTask(desk, id)).toMatchObject({ nearness: "overdue" });
  });

  it("are all eight where nobody asked, and none once all were answered", async () => {
    const { desk, id } = await received();
    expect(openIn(desk, id).map(({ question, why }) => [question, why])).toEqual(
      urgentFlags.map((flag) => [flag, "notAsked"]),
    );
    const calm = await received(allNo);
    expect(openIn(calm.desk, calm.id)).toEqual([]);
    expect(askTask(calm.desk, calm.id)).toBeUndefined();
  });

  it("are answered by another check, one by one; a yes is a flag", async () => {
    const { desk, id, ask } = await received(putOff);
    await ask({ suicidal: false, unanswered: { traffickerNear: "later" } });
    expect(openIn(desk, id)).toEqual([{ question: "traffickerNear", why: "later" }]);
    const check = await ask({ traffickerNear: true });
    expect(openIn(desk, id)).toEqual([]);
    expect(fileOf(desk, id).openFlags).toMatchObject([{ flag: "traffickerNear", raisedBy: { id: check } }]);
    await desk.do(voidRecord, { caseId: id, voiding: { target: check, reason: "Nhầm người" } });
    expect(openIn(desk, id)).toEqual([{ question: "traffickerNear", why: "later" }]);
    expect(fileOf(desk, id).openFlags).toEqual([]);
  });

  it("are not asked for ever of somebody who does not want to answer", async () => {
    const { desk, id, ask } = await received(putOff);
    await ask({ unanswered: { suicidal: "declined", traffickerNear: "declined" } });
    expect(openIn(desk, id)).toEqual([]);
  });

  it("are no task of a closed case, which takes no check; and an empty check is none", async () => {
    const { desk, id, ask } = await received(putOff);
    await expect(ask({})).rejects.toThrow("NothingRecorded");
    const chief = await openDesk({ disk: desk.disk, roles: ["supervisor@vn-gso-48"] });
    laterOn(chief, 2 * hour);
    await chief.do(changeStage, { caseId: id, stageEvent: { to: "closed", reason: "Đã ổn định" } });
    expect(askTask(chief, id)).toBeUndefined();
    const late = { caseId: id, urgentCheck: { suicidal: true } };
    await expect(chief.do(recordUrgentCheck, late)).rejects.toThrow("CaseClosed");
  });
});

it("nothing is open exactly when the last word on each question is yes, no, or that they do not want to say", () => {
  const word = fc.constantFrom(true, false, "later", "unknown", "declined", undefined);
  const check = fc.tuple(...urgentFlags.map(() => word)).map((words) => {
    const said = urgentFlags.map((flag, place) => [flag, words[place]] as const);
    const reasons = said.filter(
      (entry): entry is readonly [(typeof entry)[0], "later" | "unknown" | "declined"] =>
        typeof entry[1] === "string",
    );
    const values = said.filter(
      (entry): entry is readonly [(typeof entry)[0], boolean] => typeof entry[1] === "boolean",
    );
    return { ...Object.fromEntries(values), unanswered: Object.fromEntries(reasons) };
  });
  fc.assert(
    fc.property(fc.array(check, { maxLength: 4 }), (checks) => {
      const isOpen = urgentFlags.some((flag) => {
        const words = checks.flatMap((one) => {
          const { unanswered, ...values } = one;
          const said: unknown = Reflect.get(values, flag) ?? unanswered[flag];
          return said === undefined ? [] : [said];
        });
        return ![true, false, "declined"].some((answer) => answer === words.at(-1));
      });
      expect(openQuestionsOf(checks).length > 0).toBe(isOpen);
      for (const one of checks) expect(answeredBy(one)).toBeLessThanOrEqual(urgentFlags.length);
    }),
  );
});
