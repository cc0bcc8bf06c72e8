// Asking another site to take over a case, answering, taking back: what each may say, when, and how it then stands.
import { describe, expect, it } from "vitest";
import { allCases, oneCase } from "#src/data/case-queries.ts";
import { homeSites, movedCase, requestsFor } from "#src/data/transfer-queries.ts";
import { transferRequest } from "#src/domain/case-file/transfer-request.ts";
import { answerTransfer } from "#src/domain/commands/answer-transfer.ts";
import { askTransfer } from "#src/domain/commands/ask-transfer.ts";
import { changeStage } from "#src/domain/commands/change-stage.ts";
import { rolesFor } from "#src/domain/commands/command.ts";
import { recordConsent } from "#src/domain/commands/record-consent.ts";
import { recordUrgentCheck } from "#src/domain/commands/record-urgent-check.ts";
import { voidRecord } from "#src/domain/commands/void-record.ts";
import { withdrawTransfer } from "#src/domain/commands/withdraw-transfer.ts";
import { instantOf } from "#src/domain/record/dates.ts";
import { tasksOf } from "#src/domain/tasks/tasks.ts";
import { turnOf } from "#src/domain/tasks/turn.ts";
import { laterOn } from "#tests/features/support/colleagues.ts";
import { type Desk, hoaVang } from "#tests/features/support/desk.tsx";
import {
  answered, asked, deskOfTwo, haiVan, here, jakarta, lies, office, received, stub, supervisor, there, wish,
} from "#tests/features/support/two-sites.ts"; // prettier-ignore

const readOf = (desk: Desk) => desk.work.profile.store.read;
function fileOf(desk: Desk, id: string) {
  const file = oneCase(readOf(desk), id);
  if (!file) throw new Error("no case");
  return file;
}
const stateOf = (desk: Desk, id: string) => fileOf(desk, id).transfer.state;
const nowOf = (desk: Desk) => desk.work.surroundings.now();
const day = 86_400_000;

describe("asking another site to take over", () => {
  it("says why, on which consent, and nothing of whom it is about", async () => {
    const desk = await deskOfTwo();
    const id = await received(desk);
    const [record] = await desk.do(askTransfer, { caseId: id, transfer: wish });
    expect(record).toMatchObject({
      type: "transfer",
      case: id,
      fromSite: hoaVang.siteId,
      toSite: haiVan.siteId,
      caseCode: fileOf(desk, id).case.code,
      riskLevel: "medium",
      urgentOpen: false,
      ground: "consent",
    });
    expect(Reflect.get(record ?? {}, "consent")).toBe(fileOf(desk, id).consents.at(-1)?.id);
    expect(JSON.stringify(record)).not.toContain("Đào");
    expect(stateOf(desk, id)).toBe("asked");
  });

  it.each([
    ["a site of another country", { ...wish, toSite: jakarta.siteId }, "NoSuchSite"],
    ["the office above", { ...wish, toSite: office.siteId }, "NoSuchSite"],
    ["one's own site", { ...wish, toSite: hoaVang.siteId }, "NoSuchSite"],
    ["no site", { ...wish, toSite: undefined }, "FieldsMissing"],
    ["no reason", { ...wish, reason: " " }, "FieldsMissing"],
    ["no ground", { ...wish, ground: undefined }, "FieldsMissing"],
    ["danger without saying which", { ...wish, ground: "life_danger" }, "FieldsMissing"],
  ])("is refused with %s", async (_, transfer, error) => {
    const desk = await deskOfTwo();
    const id = await received(desk);
    await expect(desk.do(askTransfer, { caseId: id, transfer })).rejects.toThrow(error);
  });

  it("needs a consent that holds, or a danger that is named", async () => {
    const desk = await deskOfTwo();
    const id = await received(desk);
    await desk.do(recordConsent, {
      caseId: id,
      consent: { purpose: "share_for_referral", decision: "withdrawn" },
    });
    await expect(desk.do(askTransfer, { caseId: id, transfer: wish })).rejects.toThrow("ConsentMissing");
    const danger = { ...wish, ground: "life_danger", dangerReason: "Người mua bán biết chỗ ở." };
    const [record] = await desk.do(askTransfer, { caseId: id, transfer: danger });
    expect(record).toMatchObject({ ground: "life_danger", dangerReason: "Người mua bán biết chỗ ở." });
    expect(record).not.toHaveProperty("consent");
  });

  it("is not stopped by an open urgent flag, which it tells", async () => {
    const desk = await deskOfTwo();
    const id = await received(desk);
    await desk.do(recordUrgentCheck, { caseId: id, urgentCheck: { suicidal: true } });
    const [record] = await desk.do(askTransfer, { caseId: id, transfer: wish });
    expect(record).toMatchObject({ urgentOpen: true, riskLevel: "high" });
    expect(JSON.stringify(record)).not.toContain("suicidal");
  });

  it("is not done twice at once, nor of a closed case", async () => {
    const desk = await deskOfTwo([supervisor]);
    const other = await deskOfTwo(undefined, desk.disk);
    const { id } = await asked(other);
    await expect(other.do(askTransfer, { caseId: id, transfer: wish })).rejects.toThrow("TransferOpen");
    await other.do(withdrawTransfer, { caseId: id });
    const supervising = await deskOfTwo([supervisor], desk.disk);
    laterOn(supervising, day);
    await supervising.do(changeStage, { caseId: id, stageEvent: { to: "closed", reason: "Ổn định" } });
    await expect(supervising.do(askTransfer, { caseId: id, transfer: wish })).rejects.toThrow("CaseClosed");
  });

  it("is never set aside as a mistake: it is taken back", async () => {
    const desk = await deskOfTwo();
    const { id, request } = await asked(desk);
    const voiding = { target: request, reason: "Nhầm" };
    await expect(desk.do(voidRecord, { caseId: id, voiding })).rejects.toThrow("CannotBeVoided");
    await desk.do(withdrawTransfer, { caseId: id });
    expect(stateOf(desk, id)).toBe("withdrawn");
    await expect(desk.do(withdrawTransfer, { caseId: id })).rejects.toThrow("NoTransferOpen");
    await desk.do(askTransfer, { caseId: id, transfer: wish });
    expect(stateOf(desk, id)).toBe("asked");
  });
});

describe("answering", () => {
  it("is for people of the site that is asked", async () => {
    const desk = await deskOfTwo();
    const { request } = await asked(desk);
    const stranger = await deskOfTwo(["cadre@vn-gso-20194"], desk.disk);
    const accept = { transferId: request, answer: "accepted" } as const;
    await expect(stranger.do(answerTransfer, accept)).rejects.toThrow("NotAllowed");
    expect(requestsFor(readOf(stranger), ["cadre@vn-gso-20194"], nowOf(desk))).toEqual([]);
    expect(requestsFor(readOf(desk), [supervisor], nowOf(desk))).toHaveLength(1);
  });

  it("needs a reason to decline, which the site that asked reads; then another may be asked", async () => {
    const desk = await deskOfTwo();
    const { id, request } = await asked(desk);
    const decline = { transferId: request, answer: "declined" } as const;
    await expect(desk.do(answerTransfer, decline)).rejects.toThrow("FieldsMissing");
    await answered(desk, request, "declined", "Chưa có người phụ trách.");
    const standing = fileOf(desk, id).transfer;
    expect(standing).toMatchObject({ state: "declined", settled: false });
    expect("answer" in standing && standing.answer.record.reason).toBe("Chưa có người phụ trách.");
    await expect(desk.do(answerTransfer, { ...decline, answer: "accepted" })).rejects.toThrow(
      "NoTransferOpen",
    );
    await desk.do(withdrawTransfer, { caseId: id });
    expect(fileOf(desk, id).transfer).toMatchObject({ state: "declined", settled: true });
    expect(transferRequest(readOf(desk), request)?.state).toBe("declined");
  });

  it("by the other site holds over a withdrawal that came too late, and the other way round", async () => {
    const desk = await deskOfTwo();
    const { id, request } = await asked(desk);
    const [accepted] = await desk.do(answerTransfer, { transferId: request, answer: "accepted" });
    const [withdrawn] = await desk.do(withdrawTransfer, { caseId: id });
    expect(stateOf(desk, id)).toBe("withdrawn");
    expect(transferRequest(readOf(desk), request)?.state).toBe("accepted");
    // The front door was told of the acceptance first.
    await lies(desk, here, [accepted!]);
    expect(stateOf(desk, id)).toBe("accepted");

    const late = await deskOfTwo();
    const second = await asked(late);
    await late.do(answerTransfer, { transferId: second.request, answer: "accepted" });
    const taken = await late.do(withdrawTransfer, { caseId: second.id });
    await lies(late, there, taken);
    expect(transferRequest(readOf(late), second.request)?.state).toBe("withdrawn");
    expect(withdrawn?.type).toBe("transfer_answer");
  });

  it("in another site's name is none", async () => {
    const desk = await deskOfTwo();
    const { id, request } = await asked(desk);
    const [mine] = await desk.do(withdrawTransfer, { caseId: id });
    const forged = { ...mine!, id: "0190f3a0-0000-4000-8000-0000000000bb", answer: "accepted" };
    const other = await deskOfTwo();
    const second = await asked(other);
    await lies(other, here, [{ ...forged, case: second.id, transfer: second.request } as typeof forged]);
    expect(stateOf(other, second.id)).toBe("asked");
    expect(request).not.toBe(second.request);
  });
});

describe("whose turn it is", () => {
  const taskOf = (desk: Desk, id: string, at: number) =>
    tasksOf(fileOf(desk, id), at).find((task) => task.kind === "transfer");
  const held = rolesFor(["cadre@vn-gso-20194"], hoaVang);

  it("is the other site's until its time is over, then that of who asked", async () => {
    const desk = await deskOfTwo();
    const { id } = await asked(desk);
    const soon = taskOf(desk, id, nowOf(desk) + day)!;
    expect(soon.nearness).toBe("later");
    expect(turnOf(soon, "lan", held)).toMatchObject({ of: "outside", form: undefined });
    // Medium: three days.
    const late = taskOf(desk, id, nowOf(desk) + 4 * day)!;
    expect(late.nearness).toBe("overdue");
    expect(turnOf(late, "lan", held)).toMatchObject({ of: "mine", form: "transfer" });
    expect(requestsFor(readOf(desk), [supervisor], nowOf(desk) + 4 * day)[0]?.nearness).toBe("overdue");
  });

  it("comes to an end when it was declined and somebody has decided", async () => {
    const desk = await deskOfTwo();
    const { id, request } = await asked(desk);
    await answered(desk, request, "declined", "Chưa có người.");
    expect(turnOf(taskOf(desk, id, nowOf(desk))!, "lan", held)).toMatchObject({
      of: "mine",
      form: "transfer",
    });
    await desk.do(withdrawTransfer, { caseId: id });
    expect(taskOf(desk, id, nowOf(desk))).toBeUndefined();
  });
});

describe("a case that moves", () => {
  async function moving() {
    const desk = await deskOfTwo([supervisor]);
    const worker = await deskOfTwo(undefined, desk.disk);
    const { id, request } = await asked(worker);
    await answered(worker, request, "accepted");
    return { desk: worker, id, request };
  }

  it("is written in as before, and shown once while it lies at both sites", async () => {
    const { desk, id } = await moving();
    expect(stateOf(desk, id)).toBe("accepted");
    const copy = { ...fileOf(desk, id).case };
    await lies(desk, there, [copy]);
    expect(allCases(readOf(desk)).map(({ database }) => database)).toEqual([here]);
    expect(fileOf(desk, id).database).toBe(here);
    await desk.do(recordConsent, { caseId: id, consent: { purpose: "contact_at_home", decision: "given" } });
    expect(fileOf(desk, id).consents.at(-1)?.purpose).toBe("contact_at_home");
  });

  it("is the other site's once the stub lies here; nobody there is responsible yet", async () => {
    const { desk, id, request } = await moving();
    const { record } = fileOf(desk, id).entry;
    const records = fileOf(desk, id).entries.map((entry) => entry.record);
    await lies(
      desk,
      there,
      records.filter(({ id: each }) => !readOf(desk).ofCase(id).some((entry) => entry.database === there && entry.record.id === each)),
    ); // prettier-ignore
    await lies(desk, here, [stub(id, request, instantOf(nowOf(desk)))]);
    expect(fileOf(desk, id).database).toBe(there);
    expect(record.owner).toBe("lan");
    expect(fileOf(desk, id).owner).toBeUndefined();
    expect(movedCase(readOf(desk), id)?.record.toSite).toBe(haiVan.siteId);
    expect(transferRequest(readOf(desk), request)?.state).toBe("arrived");
  });

  it("has left where only the stub is here", async () => {
    const { desk, id, request } = await moving();
    await lies(desk, here, [stub(id, request, instantOf(nowOf(desk)))]);
    expect(oneCase(readOf(desk), id)).toBeUndefined();
    expect(allCases(readOf(desk))).toEqual([]);
    await expect(desk.do(withdrawTransfer, { caseId: id })).rejects.toThrow("NotHere");
  });

  it("is back when it was offered to this site again and accepted", async () => {
    const { desk, id, request } = await moving();
    await lies(desk, here, [stub(id, request, instantOf(nowOf(desk)))]);
    laterOn(desk, day);
    const now = instantOf(nowOf(desk));
    const stamps = { case: id, version: 1, createdAt: now, createdBy: "hoa", device: "d9", deviceTime: now };
    const back = "0190f3a0-0000-4000-8000-0000000000cc";
    await lies(desk, here, [
      {
        ...stamps,
        id: back,
        type: "transfer",
        fromSite: haiVan.siteId,
        toSite: hoaVang.siteId,
        caseCode: "HVG-26-7K3QXM-5",
        reason: "Chị trở lại",
        ground: "consent",
      } as never,
    ]);
    expect(oneCase(readOf(desk), id)).toBeUndefined();
    await desk.do(answerTransfer, { transferId: back, answer: "accepted" });
    expect(stateOf(desk, id)).toBe("none");
    expect(movedCase(readOf(desk), id)).toBeUndefined();
  });
});

it("a recorded home is found among the sites, however it is written", async () => {
  const desk = await deskOfTwo();
  const id = await received(desk);
  expect(homeSites(readOf(desk), fileOf(desk, id)).map(({ siteId }) => siteId)).toEqual([haiVan.siteId]);
});
