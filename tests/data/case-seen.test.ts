// "New or changed since my last visit": what others did after the case was last open here.
import { expect, it } from "vitest";
import { oneCase } from "#src/data/case-queries.ts";
import { isNewOrChanged, markSeen } from "#src/data/case-seen.ts";
import { addNote } from "#src/domain/commands/add-note.ts";
import { editPerson } from "#src/domain/commands/edit-person.ts";
import { firstExchangeName } from "#src/domain/ports/exchange.ts";
import { instantOf } from "#src/domain/record/dates.ts";
import { receivePerson } from "#src/domain/commands/receive-person.ts";
import { arrives, hoa } from "#tests/features/support/colleagues.ts";
import { openDesk } from "#tests/features/support/desk.tsx";

it("is nothing of what came with the first exchange, however it was cut into pieces", async () => {
  const desk = await openDesk();
  const { store, account } = desk.work.profile;
  await store.write({ setLocal: { [firstExchangeName]: undefined } });
  const isNew = (id = "") => {
    const file = oneCase(store.read, id);
    return file && isNewOrChanged(store.read, file, account.name);
  };
  const site = { siteId: "vn-gso-20194", urgentCheck: { lifeInDanger: false } };
  const [early] = await arrives(desk, hoa, receivePerson, site);
  const [later] = await arrives(desk, hoa, receivePerson, site);
  expect([isNew(early?.id), isNew(later?.id)]).toEqual([false, false]);
  await store.write({ setLocal: { [firstExchangeName]: instantOf(desk.work.surroundings.now()) } });
  expect([isNew(early?.id), isNew(later?.id)]).toEqual([false, false]);
  const [after] = await arrives(desk, hoa, receivePerson, site);
  await arrives(desk, hoa, addNote, { caseId: early?.id ?? "", note: { text: "Đã đến thăm" } });
  expect([isNew(early?.id), isNew(later?.id), isNew(after?.id)]).toEqual([true, false, true]);
});

it("tells a colleague's work from one's own, and forgets it once the case was open", async () => {
  const desk = await openDesk();
  const { store, account } = desk.work.profile;
  const changed = (id: string) => {
    const file = oneCase(store.read, id);
    return file ? isNewOrChanged(store.read, file, account.name) : undefined;
  };
  const open = async (id: string) => {
    const file = oneCase(store.read, id);
    if (file) await markSeen(store, file, account.name);
  };
  const mine = await desk.receive({ consent: { decision: "given" }, person: { displayName: "Mai" } });
  expect(changed(mine)).toBe(false);
  await arrives(desk, hoa, addNote, { caseId: mine, note: { text: "Đã đến thăm" } });
  expect(changed(mine)).toBe(true);
  await open(mine);
  expect(changed(mine)).toBe(false);
  await desk.do(addNote, { caseId: mine, note: { text: "Của tôi" } });
  expect(changed(mine)).toBe(false);
  await arrives(desk, hoa, editPerson, { caseId: mine, person: { displayName: "Mai Anh" } });
  expect(changed(mine)).toBe(true);
  await open(mine);

  const [theirs] = await arrives(desk, hoa, receivePerson, {
    siteId: "vn-gso-20194",
    urgentCheck: { lifeInDanger: false },
  });
  expect(changed(theirs?.id ?? "")).toBe(true);
  const { revision } = store.read;
  await open(mine);
  expect(store.read.revision, "nothing new, nothing written").toBe(revision);
});
