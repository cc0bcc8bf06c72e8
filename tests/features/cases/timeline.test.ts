// The story of a case: every record and every change, newest first, with what was set aside.
import { expect, it } from "vitest";
import { oneCase } from "#src/data/case-queries.ts";
import { addNote } from "#src/domain/commands/add-note.ts";
import { editCase } from "#src/domain/commands/edit-case.ts";
import { editPerson } from "#src/domain/commands/edit-person.ts";
import { voidRecord } from "#src/domain/commands/void-record.ts";
import { timelineOf } from "#src/features/cases/timeline.ts";
import { openDesk } from "#tests/features/support/desk.tsx";

it("holds records, edits by moment, and voidings until they are voided", async () => {
  const desk = await openDesk();
  const id = await desk.receive({ consent: { decision: "given" }, person: { displayName: "Mai" } });
  const file = () => oneCase(desk.work.profile.store.read, id)!;
  const [note] = await desk.do(addNote, { caseId: id, note: { text: "Nhầm người" } });
  await desk.do(editPerson, { caseId: id, person: { displayName: "Mai Anh", sex: "female" } });
  await desk.do(editCase, { caseId: id, case: { receivedAt: file().case.receivedAt, riskLevel: "high" } });
  const [voiding] = await desk.do(voidRecord, {
    caseId: id,
    voiding: { target: note?.id, reason: "Ghi nhầm người" },
  });

  const kinds = () => timelineOf(file()).map(({ kind, entry }) => `${kind} ${entry.record.type}`);
  expect(kinds().slice(0, 4)).toEqual(["record voiding", "edit case", "edit person", "record note"]);
  expect(
    kinds()
      .filter((kind) => kind.startsWith("record"))
      .toSorted(),
  ).toEqual([
    "record case",
    "record consent",
    "record note",
    "record person",
    "record stage_event",
    "record voiding",
  ]);
  const edit = timelineOf(file()).find((item) => item.kind === "edit" && item.entry.record.type === "person");
  expect(edit).toMatchObject({ by: "lan", changes: [{ field: "displayName" }, { field: "sex" }] });

  const noteItem = () => timelineOf(file()).find(({ key }) => key === note?.id);
  expect(noteItem()).toMatchObject({ voiding: { reason: "Ghi nhầm người", createdBy: "lan" } });
  await desk.do(voidRecord, { caseId: id, voiding: { target: voiding?.id, reason: "Đúng người" } });
  expect(noteItem()).toMatchObject({ voiding: undefined });
});
