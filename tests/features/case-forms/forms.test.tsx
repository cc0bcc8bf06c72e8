// @vitest-environment jsdom
// The forms about a case on the real screen, over the real store: the way through each, undo, and who may not.
import { act, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { oneCase } from "#src/data/case-queries.ts";
import { addNote } from "#src/domain/commands/add-note.ts";
import { voidRecord } from "#src/domain/commands/void-record.ts";
import type { Reception } from "#src/domain/commands/receive-person.ts";
import { account } from "#src/domain/records/account.ts";
import { newRecord } from "#src/domain/commands/command.ts";
import { CaseFormScreen } from "#src/features/case-forms/case-form-screen.tsx";
import { type Locale, localeCodes } from "#src/i18n/locales.ts";
import { tasksOf } from "#src/domain/tasks/tasks.ts";
import { addressOf, type CaseForm, paths } from "#src/ui/addresses.ts";
import { arrives, centreSays, hoa, laterOn } from "#tests/features/support/colleagues.ts";
import { type Desk, openDesk, openScreen } from "#tests/features/support/desk.tsx";

vi.setConfig({ testTimeout: 60_000 });

const choice = (name: string, value: string) => `[name="${name}"][value="${value}"]`;
const action = (name: string) => `[data-action="${name}"]`;
const supervising = ["supervisor@vn-gso-48"];
const agreed: Omit<Reception, "siteId"> = { consent: { decision: "given" }, person: { displayName: "Mai" } };

const open = (desk: Desk, id: string, form: CaseForm, about?: string, locale: Locale = "vi") =>
  openScreen(desk, {
    screen: <CaseFormScreen />,
    path: paths.caseForm,
    at: addressOf.caseForm(id, form, about),
    locale,
  });
type Screen = Awaited<ReturnType<typeof open>>;

const fileOf = (desk: Desk, id: string) => oneCase(desk.work.profile.store.read, id)!;
const saved = (screen: Screen, id: string) =>
  waitFor(() => expect(screen.address()).toBe(addressOf.case(id)));

/** What is said at a question that is marked. */
const problemAt = async (screen: Screen, name: string) =>
  (await screen.find(`[data-field="${name}"] .field-problem`)).textContent;

async function deskWith(input: Omit<Reception, "siteId"> = agreed, roles?: readonly string[]) {
  const first = await openDesk();
  const id = await first.receive(input);
  const desk = roles ? await openDesk({ disk: first.disk, roles }) : first;
  // What the form adds comes after the reception, on the other device too.
  laterOn(desk, 60_000);
  return { desk, id };
}

describe("the way through each form", () => {
  it.each(localeCodes)("a note, and its undo, in %s", async (locale) => {
    const { desk, id } = await deskWith();
    const screen = await open(desk, id, "note", undefined, locale);
    await screen.type("note.text", "Đã gọi điện, mọi việc ổn");
    await screen.tap(action("save"));
    await saved(screen, id);
    const note = fileOf(desk, id).entries.at(-1)?.record;
    expect(note).toMatchObject({ type: "note", text: "Đã gọi điện, mọi việc ổn", createdBy: "lan" });
    expect(desk.work.profile.store.read.drafts()).toEqual([]);
    await screen.tap(action("undo"));
    await waitFor(() => expect(fileOf(desk, id).voided.has(note?.id ?? "")).toBe(true));
  });

  it("the person's details: what stood there is shown, what changed is kept with what it was", async () => {
    const { desk, id } = await deskWith();
    const screen = await open(desk, id, "person");
    expect((await screen.find('[name="person.displayName"]')).getAttribute("value")).toBe("Mai");
    await screen.tap(choice("person.sex", "female"));
    await screen.type("person.displayName", " Anh");
    await screen.tap(action("save"));
    await saved(screen, id);
    const { record } = fileOf(desk, id).person!;
    expect(record).toMatchObject({ displayName: "Mai Anh", sex: "female" });
    expect(record.history?.map(({ field, from, to }) => ({ field, from, to }))).toContainEqual({
      field: "displayName",
      from: "Mai",
      to: "Mai Anh",
    });
    await screen.tap(action("undo"));
    await waitFor(() => expect(fileOf(desk, id).person?.record.displayName).toBe("Mai"));
  });

  it("takes its undo away once a colleague's change has come, and not for its own way to the centre", async () => {
    const { desk, id } = await deskWith();
    const screen = await open(desk, id, "person");
    await screen.type("person.displayName", " Anh");
    await screen.tap(action("save"));
    await saved(screen, id);
    await screen.find(action("undo"));
    const { record, database } = fileOf(desk, id).person!;
    await act(() => centreSays(desk, database, record.id, "central"));
    expect(document.querySelector(action("undo"))).not.toBeNull();
    await act(() => arrives(desk, hoa, addNote, { caseId: id, note: { text: "Đã ghé thăm" } }));
    expect(document.querySelector(action("undo"))).toBeNull();
  });

  it("does not save past a day that cannot be understood: it is said and led to", async () => {
    const { desk, id } = await deskWith();
    const screen = await open(desk, id, "person");
    await screen.type("person.birthDate", "35/13/1990");
    await screen.tap(choice("person.sex", "female"));
    await screen.tap(action("save"));
    expect(await problemAt(screen, "person.birthDate")).not.toBe("");
    await waitFor(() => expect(document.activeElement?.getAttribute("name")).toBe("person.birthDate"));
    expect(fileOf(desk, id).person?.record.sex).toBeUndefined();
    await screen.user.clear(document.activeElement!);
    await screen.user.keyboard("1990");
    await screen.tap(action("save"));
    await saved(screen, id);
    expect(fileOf(desk, id).person?.record).toMatchObject({ birthDate: "1990", sex: "female" });
  });

  it("the first writing down of who it is, once there is consent", async () => {
    const { desk, id } = await deskWith({ consent: { decision: "given" } });
    const screen = await open(desk, id, "person");
    await screen.type("person.displayName", "Sen");
    await screen.tap(action("save"));
    await saved(screen, id);
    expect(fileOf(desk, id).person?.record.displayName).toBe("Sen");
  });

  it("the details of the case", async () => {
    const { desk, id } = await deskWith();
    const screen = await open(desk, id, "details");
    await screen.tap(choice("case.riskLevel", "high"));
    await screen.tap(action("save"));
    await saved(screen, id);
    expect(fileOf(desk, id).case).toMatchObject({ riskLevel: "high", owner: "lan" });
    await screen.tap(action("undo"));
    await waitFor(() => expect(fileOf(desk, id).case.riskLevel).toBeUndefined());
  });

  it("the adult whom somebody under 18 came with, linked later and taken away again", async () => {
    const { desk, id: adult } = await deskWith();
    const child = await desk.receive({ case: { group: "accompanying_under_18" } });
    const linking = await open(desk, child, "details");
    await linking.tap(choice("case.accompanies", adult));
    await linking.tap(action("save"));
    await saved(linking, child);
    expect(fileOf(desk, child).case.accompanies).toBe(adult);
    const parting = await open(desk, child, "details");
    await parting.tap(action("clear"));
    await parting.tap(action("save"));
    await saved(parting, child);
    expect(fileOf(desk, child).case).not.toHaveProperty("accompanies");
  });

  it("a need that was not in the plan, and its undo", async () => {
    const { desk, id } = await deskWith();
    const screen = await open(desk, id, "plan");
    await screen.tap(action("save"));
    expect(await problemAt(screen, "planItem.need")).not.toBe("");
    await screen.tap(choice("planItem.need", "medical"));
    await screen.type("planItem.inOwnWords", "Đau lưng");
    await screen.tap(action("save"));
    await saved(screen, id);
    const [item] = fileOf(desk, id).plan;
    expect(item).toMatchObject({
      need: "medical",
      status: "proposed",
      service: "vn_b",
      inOwnWords: "Đau lưng",
    });
    await screen.tap(action("undo"));
    await waitFor(() => expect(fileOf(desk, id).plan).toEqual([]));
  });

  it("what became of a need: agreed, then delivered today; the term for the plan ends", async () => {
    const { desk, id } = await deskWith({ ...agreed, planItem: { need: ["medical", "safe_place"] } });
    const planTerm = () =>
      tasksOf(fileOf(desk, id), desk.work.surroundings.now()).some(
        (task) => task.kind === "clock" && task.clock.name === "plan",
      );
    expect(planTerm()).toBe(true);
    const list = await open(desk, id, "plan");
    const item = fileOf(desk, id).plan[0]!;
    expect((await list.find(`[data-record="${item.id}"] a`)).getAttribute("href")).toBe(
      addressOf.caseForm(id, "plan", item.id),
    );
    const agreeing = await open(desk, id, "plan", item.id);
    await agreeing.tap(choice("planItem.agreed", "yes"));
    await agreeing.find(`${choice("planItem.status", "agreed")}:checked`);
    await agreeing.type("planItem.provider", "Trạm y tế xã");
    await agreeing.tap(action("save"));
    await saved(agreeing, id);
    expect(planTerm()).toBe(false);
    const telling = await open(desk, id, "plan", item.id);
    expect(document.querySelector('[name="planItem.deliveredOn"]')).toBeNull();
    await telling.tap(choice("planItem.status", "delivered"));
    await telling.type("planItem.deliveredOn", "01/01/2027");
    await telling.tap(action("save"));
    expect(await problemAt(telling, "planItem.deliveredOn")).not.toBe("");
    await telling.user.clear(await telling.find('[name="planItem.deliveredOn"]'));
    await telling.tap(action("save"));
    await saved(telling, id);
    const kept = fileOf(desk, id).plan.find(({ need }) => need === "medical");
    expect(kept).toMatchObject({ status: "delivered", deliveredOn: "2026-11-22", provider: "Trạm y tế xã" });
    // The other need was left as it was.
    expect(fileOf(desk, id).plan.find(({ need }) => need === "safe_place")?.status).toBe("proposed");
  });

  it("the person's details in groups: the first open, each saying how much is known", async () => {
    const { desk, id } = await deskWith();
    const screen = await open(desk, id, "person");
    await screen.find("details");
    const groups = [...document.querySelectorAll<HTMLDetailsElement>("form details")];
    expect(groups.map(({ open }) => open)).toEqual([true, false, false, false, false, false]);
    const summary = (at: number) => groups[at]?.querySelector("summary")?.textContent;
    expect(summary(0)).toContain("1/5");
    expect(groups[0]?.querySelector("summary h2")).not.toBeNull();
    await screen.tap(choice("person.sex", "female"));
    await waitFor(() => expect(summary(0)).toContain("2/5"));
    await screen.user.click(groups[2]!.querySelector("summary")!);
    await screen.tap(`[name="person.homeArea.province.unanswered"][value="declined"]`);
    await waitFor(() => expect(summary(2)).toContain("1/2"));
  });

  it("who is responsible: one of those who work there", async () => {
    const { desk, id } = await deskWith();
    const acting = {
      now: "2026-11-01T00:00:00.000Z",
      deviceTime: "2026-11-01T00:00:00.000Z",
      device: "server",
    };
    const { randomBytes } = desk.work.surroundings;
    const stamped = { ...acting, user: { name: "provisioning", roles: [] }, randomBytes };
    const known = ["lan", "hoa", "xa"].map((name) =>
      newRecord(
        account,
        stamped,
        {
          name,
          displayName: `Chị ${name}`,
          roles: [name === "xa" ? "cadre@vn-gso-1" : "cadre@vn-gso-20194"],
        },
        `account:${name}`,
      ),
    );
    await desk.work.profile.store.write({
      changes: known.map((record) => ({ database: "directory", record })),
    });
    const screen = await open(desk, id, "owner");
    await screen.find(choice("case.owner", "hoa"));
    expect(document.querySelector(choice("case.owner", "xa"))).toBeNull();
    await screen.tap(action("save"));
    expect(await problemAt(screen, "case.owner")).not.toBe("");
    await screen.tap(choice("case.owner", "hoa"));
    await screen.tap(action("save"));
    await saved(screen, id);
    expect(fileOf(desk, id).case.owner).toBe("hoa");
    await screen.tap(action("undo"));
    await waitFor(() => expect(fileOf(desk, id).case.owner).toBe("lan"));
  });

  it("the notice to the health agency: to whom, filled in by province; the ground folded away; a button that says so", async () => {
    const { desk, id } = await deskWith();
    const screen = await open(desk, id, "status");
    // One step only is open to a cadre: it is chosen already.
    await screen.find(`${choice("statusEvent.to", "notified")}:checked`);
    const ground = (await screen.find("details")) as HTMLDetailsElement;
    expect(ground.open).toBe(false);
    expect(ground.textContent).toContain("Luật 53/2024/QH15");
    const body = await screen.find('[name="statusEvent.responsibleBody"]');
    expect(body.compareDocumentPosition(ground)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    expect(body).toHaveProperty("value", "Sở Y tế thành phố Đà Nẵng");
    expect((await screen.find(action("save"))).textContent).toBe("Ghi nhận đã báo Sở Y tế");
    expect(desk.work.profile.store.read.drafts()).toEqual([]);
    await screen.tap(action("save"));
    expect(await problemAt(screen, "statusEvent.how")).not.toBe("");
    await screen.type("statusEvent.how", "Gọi điện");
    await screen.tap(action("save"));
    await saved(screen, id);
    expect(fileOf(desk, id).status).toMatchObject({
      at: "notified",
      since: { effectiveOn: "2026-11-22", responsibleBody: "Sở Y tế thành phố Đà Nẵng", how: "Gọi điện" },
    });
  });

  it("a body that was corrected stays with another step; a guess follows it", async () => {
    const { desk, id } = await deskWith(agreed, supervising);
    const screen = await open(desk, id, "status");
    const body = async () => (await screen.find('[name="statusEvent.responsibleBody"]')) as HTMLInputElement;
    await screen.tap(choice("statusEvent.to", "notified"));
    await waitFor(async () => expect((await body()).value).toBe("Sở Y tế thành phố Đà Nẵng"));
    await screen.tap(choice("statusEvent.to", "identified"));
    await waitFor(async () => expect((await body()).value).toBe(""));
    await screen.type("statusEvent.responsibleBody", "Bộ đội Biên phòng");
    await screen.tap(choice("statusEvent.to", "notified"));
    expect((await body()).value).toBe("Bộ đội Biên phòng");
  });

  it("keeps what was typed for another step out of the record", async () => {
    const { desk, id } = await deskWith(agreed, supervising);
    const screen = await open(desk, id, "status");
    await screen.tap(choice("statusEvent.to", "notified"));
    await screen.type("statusEvent.how", "Gọi điện");
    await screen.tap(choice("statusEvent.to", "not_pursued"));
    await screen.type("statusEvent.reason", "Người ấy không muốn");
    await screen.tap(action("save"));
    await saved(screen, id);
    const { since } = fileOf(desk, id).status;
    expect(since).toMatchObject({ to: "not_pursued", reason: "Người ấy không muốn" });
    expect(since).not.toHaveProperty("how");
  });

  it("a step of support", async () => {
    const { desk, id } = await deskWith();
    const screen = await open(desk, id, "stage");
    await screen.tap(choice("stageEvent.to", "community_support"));
    await screen.tap(action("save"));
    await saved(screen, id);
    expect(fileOf(desk, id).stage.at).toBe("community_support");
    await screen.tap(action("undo"));
    await waitFor(() => expect(fileOf(desk, id).stage.at).toBe("received"));
  });

  it("what was done about an urgent flag", async () => {
    const { desk, id } = await deskWith({ ...agreed, urgentCheck: { suicidal: true, urgentMedical: true } });
    const check = fileOf(desk, id).openFlags[0]?.raisedBy.id;
    const screen = await open(desk, id, "flag", check);
    await screen.tap(choice("urgentAction.flag", "suicidal"));
    await screen.type("urgentAction.action", "Ở bên cạnh, gọi bác sĩ");
    await screen.tap(action("save"));
    await saved(screen, id);
    expect(fileOf(desk, id).openFlags.map(({ flag }) => flag)).toEqual(["urgentMedical"]);
  });

  it("consent that is given, then taken back", async () => {
    const { desk, id } = await deskWith({ case: { riskLevel: "low" } });
    const first = await open(desk, id, "consent");
    await first.find(`${choice("consent.purpose", "open_file")}:checked`);
    expect(document.querySelector(choice("consent.decision", "withdrawn"))).toBeNull();
    await first.tap(choice("consent.decision", "given"));
    await first.tap(choice("consent.how", "spoken_before_witness"));
    await first.tap(action("save"));
    await saved(first, id);
    const second = await open(desk, id, "consent");
    await second.tap(choice("consent.purpose", "open_file"));
    await second.tap(choice("consent.decision", "withdrawn"));
    await second.tap(action("save"));
    await saved(second, id);
    const [given, withdrawn] = fileOf(desk, id).consents;
    expect(given).toMatchObject({
      decision: "given",
      how: "spoken_before_witness",
      textVersion: "vn-2026-11-b",
    });
    expect(withdrawn).toMatchObject({ decision: "withdrawn", withdraws: given?.id });
  });

  it("voiding a record put on the wrong person, and taking that back", async () => {
    const { desk, id } = await deskWith();
    const [note] = await desk.do(addNote, { caseId: id, note: { text: "Của người khác" } });
    const screen = await open(desk, id, "void", note?.id);
    await screen.find('[data-field="note.text"]');
    expect(document.body.textContent).toContain("Của người khác");
    await screen.user.click(await screen.find(".sheet .cluster button"));
    await screen.tap(action("save"));
    await saved(screen, id);
    const voiding = fileOf(desk, id).voided.get(note?.id ?? "");
    expect(voiding).toMatchObject({ reason: "Ghi nhầm người" });
    const back = await open(desk, id, "void", voiding?.id);
    await back.type("voiding.reason", "Đúng người");
    await back.tap(action("save"));
    await saved(back, id);
    expect(fileOf(desk, id).voided.has(note?.id ?? "")).toBe(false);
  });
});

describe("what stands in the way", () => {
  it("an empty note, an empty voiding, an action nobody described", async () => {
    const { desk, id } = await deskWith({ ...agreed, urgentCheck: { noShelterTonight: true } });
    const note = await open(desk, id, "note");
    await note.tap(action("save"));
    expect(await problemAt(note, "note.text")).not.toBe("");
    const flag = await open(desk, id, "flag");
    await flag.tap(action("save"));
    expect(await problemAt(flag, "urgentAction.action")).not.toBe("");
    const stage = fileOf(desk, id).stage.since?.id;
    const voiding = await open(desk, id, "void", stage);
    await voiding.tap(action("save"));
    expect(await problemAt(voiding, "voiding.reason")).not.toBe("");
  });

  it("nothing was changed", async () => {
    const { desk, id } = await deskWith();
    for (const form of ["person", "details"] as const) {
      const screen = await open(desk, id, form);
      await screen.tap(action("save"));
      await waitFor(() => expect(document.body.textContent).toMatch(/Chưa có gì thay đổi/));
    }
  });

  it("a day in the future", async () => {
    const { desk, id } = await deskWith();
    const stage = await open(desk, id, "stage");
    await stage.tap(choice("stageEvent.to", "community_support"));
    await stage.type("stageEvent.effectiveOn", "01/01/2027");
    await stage.tap(action("save"));
    expect(await problemAt(stage, "stageEvent.effectiveOn")).not.toBe("");
  });

  it("a request to close without a reason, and closing while danger or high risk is open", async () => {
    const { desk, id } = await deskWith({
      ...agreed,
      urgentCheck: { suicidal: true },
      case: { riskLevel: "high" },
    });
    const asking = await open(desk, id, "stage");
    await asking.tap(choice("stageEvent.to", "closure_requested"));
    await asking.tap(action("save"));
    expect(await problemAt(asking, "stageEvent.reason")).not.toBe("");

    const deciding = await openDesk({ disk: desk.disk, roles: supervising });
    const screen = await open(deciding, id, "stage");
    await screen.tap(choice("stageEvent.to", "closed"));
    await screen.type("stageEvent.reason", "Đã chuyển đi");
    await screen.tap(action("save"));
    await waitFor(() => expect(document.body.textContent).toMatch(/dấu hiệu khẩn cấp chưa xử lý/));

    const calm = await deskWith({ ...agreed, case: { riskLevel: "high" } }, supervising);
    const closing = await open(calm.desk, calm.id, "stage");
    await closing.tap(choice("stageEvent.to", "closed"));
    await closing.type("stageEvent.reason", "Đã chuyển đi");
    await closing.tap(action("save"));
    await waitFor(() => expect(document.body.textContent).toMatch(/Mức nguy cơ đang là cao\. Chỉ kết thúc/));
    await closing.tap('[name="closing.overrideRisk"]');
    await closing.tap(action("save"));
    await saved(closing, calm.id);
    expect(fileOf(calm.desk, calm.id).stage.at).toBe("closed");
  });

  it("no consent to a name: only what helping needs is asked, and the way leads to asking for consent", async () => {
    const { desk, id } = await deskWith({ case: { riskLevel: "low" } });
    const screen = await open(desk, id, "person");
    await waitFor(() => expect(document.body.textContent).toMatch(/Chưa có sự đồng ý/));
    const asked = [...document.querySelectorAll<HTMLElement>("form [data-field]")];
    expect(asked.map((field) => field.dataset["field"])).toEqual([
      "person.sex",
      "person.ageYears",
      "person.language",
      "person.interpreterNeeded",
    ]);
    expect(document.querySelector(`a[href="${addressOf.caseForm(id, "consent")}"]`)).not.toBeNull();
    await screen.tap(choice("person.sex", "female"));
    await screen.tap(action("save"));
    await saved(screen, id);
    expect(fileOf(desk, id).person?.record).toMatchObject({ sex: "female" });
  });

  it("a lower risk, for a cadre: not offered, and refused where it comes from an older draft; a supervisor decides", async () => {
    const { desk, id } = await deskWith({ ...agreed, case: { riskLevel: "medium" } });
    const screen = await open(desk, id, "details");
    await screen.find(choice("case.riskLevel", "high"));
    expect(document.querySelector(choice("case.riskLevel", "low"))).toBeNull();
    expect(document.querySelector('[name="case.riskLevel.unanswered"]')).toBeNull();
    screen.leave();
    const deciding = await openDesk({ disk: desk.disk, roles: supervising });
    const form = await open(deciding, id, "details");
    await form.tap(choice("case.riskLevel", "low"));
    await form.tap(action("save"));
    await saved(form, id);
    expect(fileOf(deciding, id).case.riskLevel).toBe("low");
  });

  it("consent of which nothing was said", async () => {
    const { desk, id } = await deskWith();
    const screen = await open(desk, id, "consent");
    await screen.tap(action("save"));
    expect(await problemAt(screen, "consent.purpose")).not.toBe("");
    expect(await problemAt(screen, "consent.decision")).not.toBe("");
  });

  it("a colleague's record, for a cadre; not for a supervisor; and one that is voided already", async () => {
    const { desk, id } = await deskWith();
    const stage = fileOf(desk, id).stage.since?.id ?? "";
    const other = await openDesk({ disk: desk.disk });
    Object.assign(other.work.profile.account, { name: "hoa" });
    const screen = await open(other, id, "void", stage);
    await screen.type("voiding.reason", "Nhầm");
    await screen.tap(action("save"));
    await waitFor(() => expect(document.body.textContent).toMatch(/Chỉ người đã ghi hoặc cán bộ giám sát/));

    await desk.do(voidRecord, { caseId: id, voiding: { target: stage, reason: "Nhầm" } });
    const again = await open(desk, id, "void", stage);
    await again.type("voiding.reason", "Nhầm");
    await again.tap(action("save"));
    await waitFor(() => expect(document.body.textContent).toMatch(/đã được hủy rồi/));
  });

  it("nobody of this place, a case that is not here, a form that does not exist", async () => {
    const { desk, id } = await deskWith(agreed, ["cadre@vn-gso-1"]);
    await open(desk, id, "note");
    await waitFor(() => expect(document.body.textContent).toMatch(/không được làm việc này ở đây/));
    await open(desk, "00000000-0000-4000-8000-000000000000", "note");
    await waitFor(() => expect(document.body.textContent).toMatch(/chưa có trên máy/));
    const strange = await openScreen(desk, {
      screen: <CaseFormScreen />,
      path: paths.caseForm,
      at: `/cases/${id}/edit/nonsense`,
    });
    await saved(strange, id);
  });
});
