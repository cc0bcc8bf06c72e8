// @vitest-environment jsdom
// An open form survives being left, and meets what others change meanwhile without losing either side.
import { waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { oneCase } from "#src/data/case-queries.ts";
import { editPerson } from "#src/domain/commands/edit-person.ts";
import { recordStatus } from "#src/domain/commands/record-status.ts";
import { recordUrgentAction } from "#src/domain/commands/record-urgent-action.ts";
import { CaseFormScreen } from "#src/features/case-forms/case-form-screen.tsx";
import { addressOf, type CaseForm, paths } from "#src/ui/addresses.ts";
import { arrives, hoa } from "#tests/features/support/colleagues.ts";
import { type Desk, openDesk, openScreen } from "#tests/features/support/desk.tsx";

vi.setConfig({ testTimeout: 60_000 });

const choice = (name: string, value: string) => `[name="${name}"][value="${value}"]`;
const action = (name: string) => `[data-action="${name}"]`;
const open = (desk: Desk, id: string, form: CaseForm, about?: string) =>
  openScreen(desk, {
    screen: <CaseFormScreen />,
    path: paths.caseForm,
    at: addressOf.caseForm(id, form, about),
  });
const fileOf = (desk: Desk, id: string) => oneCase(desk.work.profile.store.read, id)!;
const drafts = (desk: Desk) => desk.work.profile.store.read.drafts();
const valueOf = (name: string) => document.querySelector<HTMLInputElement>(`[name="${name}"]`)?.value;

async function deskWithMai() {
  const desk = await openDesk();
  const id = await desk.receive({
    consent: { decision: "given" },
    person: { displayName: "Mai", childrenCount: 1 },
    urgentCheck: { suicidal: true, urgentMedical: true },
  });
  return { desk, id };
}

describe("a form that was left", () => {
  it("is there again on the same device, started anew; looking alone leaves nothing", async () => {
    const { desk, id } = await deskWithMai();
    const looking = await open(desk, id, "person");
    await looking.find('[name="person.displayName"]');
    looking.leave();
    expect(drafts(desk)).toEqual([]);
    const screen = await open(desk, id, "note");
    await screen.type("note.text", "Đang viết dở");
    await waitFor(() => expect(drafts(desk)).toMatchObject([{ form: "note", case: id }]));
    screen.leave();
    const later = await openDesk({ disk: desk.disk });
    const again = await open(later, id, "note");
    await again.find('[name="note.text"]');
    expect(valueOf("note.text")).toBe("Đang viết dở");
    // And it is dropped by a person only, who can take that back.
    await again.tap(action("drop-draft"));
    await waitFor(() => expect(drafts(later)).toEqual([]));
    expect(valueOf("note.text")).toBe("");
    await again.tap(action("undo"));
    await waitFor(() => expect(valueOf("note.text")).toBe("Đang viết dở"));
  });

  it("about one record is not continued about another", async () => {
    const { desk, id } = await deskWithMai();
    const check = fileOf(desk, id).openFlags[0]?.raisedBy.id;
    const screen = await open(desk, id, "flag", check);
    await screen.tap(choice("urgentAction.flag", "suicidal"));
    await waitFor(() => expect(drafts(desk)).toMatchObject([{ form: "flag", step: check }]));
    const stage = fileOf(desk, id).stage.since?.id;
    await open(desk, id, "void", stage);
    await waitFor(() => expect(valueOf("voiding.reason")).toBe(""));
    expect(drafts(desk)).toHaveLength(1);
  });
});

describe("an edit that meets a colleague's", () => {
  it("takes over what they changed alone, and saves both", async () => {
    const { desk, id } = await deskWithMai();
    const screen = await open(desk, id, "person");
    await screen.type("person.displayName", " Anh");
    await arrives(desk, hoa, editPerson, { caseId: id, person: { displayName: "Mai", childrenCount: 2 } });
    await waitFor(() => expect(valueOf("person.childrenCount")).toBe("2"));
    await screen.tap(action("save"));
    await waitFor(() => expect(screen.address()).toBe(addressOf.case(id)));
    expect(fileOf(desk, id).person?.record).toMatchObject({ displayName: "Mai Anh", childrenCount: 2 });
    expect(drafts(desk)).toEqual([]);
  });

  it.each([
    ["keep-mine", "Mai Anh"],
    ["take-theirs", "Mai Em"],
  ])("asks where both changed the same: %s", async (decision, kept) => {
    const { desk, id } = await deskWithMai();
    const screen = await open(desk, id, "person");
    await screen.type("person.displayName", " Anh");
    await screen.tap(choice("person.sex", "female"));
    await arrives(desk, hoa, editPerson, { caseId: id, person: { displayName: "Mai Em", childrenCount: 1 } });
    await waitFor(() => expect(document.body.textContent).toContain("Mai Em"));
    expect(valueOf("person.displayName")).toBe("Mai Anh");
    await screen.tap(action("save"));
    await waitFor(() => expect(document.body.textContent).toContain("Có người vừa sửa cùng chỗ"));
    await screen.tap(action(decision));
    await waitFor(() => expect(document.querySelector(action("take-theirs"))).toBeNull());
    await screen.tap(action("save"));
    await waitFor(() => expect(screen.address()).toBe(addressOf.case(id)));
    expect(fileOf(desk, id).person?.record).toMatchObject({ displayName: kept, sex: "female" });
  });

  it("shows an untouched form as the record stands now, and keeps no draft of it", async () => {
    const { desk, id } = await deskWithMai();
    const screen = await open(desk, id, "person");
    await screen.find('[name="person.displayName"]');
    await arrives(desk, hoa, editPerson, { caseId: id, person: { displayName: "Mai Em" } });
    await waitFor(() => expect(valueOf("person.displayName")).toBe("Mai Em"));
    expect(drafts(desk)).toEqual([]);
  });
});

describe("a step that somebody else took meanwhile", () => {
  it("is said, and what was typed stays", async () => {
    const { desk, id } = await deskWithMai();
    const screen = await open(desk, id, "status");
    await screen.type("statusEvent.how", "Gọi điện");
    await arrives(desk, hoa, recordStatus, {
      caseId: id,
      statusEvent: { to: "notified", responsibleBody: "Sở Y tế", how: "Công văn" },
    });
    await waitFor(() => expect(document.body.textContent).toContain("không có bước nào để ghi"));
    expect(drafts(desk)).toMatchObject([{ values: { statusEvent: { how: "Gọi điện" } } }]);
  });

  it("an urgent flag on which somebody acted is no longer offered", async () => {
    const { desk, id } = await deskWithMai();
    const check = fileOf(desk, id).openFlags[0]?.raisedBy.id;
    const screen = await open(desk, id, "flag", check);
    await screen.tap(choice("urgentAction.flag", "suicidal"));
    await screen.type("urgentAction.action", "Đã gọi");
    await arrives(desk, hoa, recordUrgentAction, {
      caseId: id,
      urgentAction: { raisedBy: check, flag: "suicidal", action: "Ở bên cạnh" },
    });
    await waitFor(() => expect(document.querySelector(choice("urgentAction.flag", "suicidal"))).toBeNull());
    await screen.tap(action("save"));
    await waitFor(() => expect(document.body.textContent).toContain("không còn chờ xử lý"));
    expect(valueOf("urgentAction.action")).toBe("Đã gọi");
  });
});
