// A case's file holds what was written at its own site, and nothing that somebody elsewhere hangs onto it.
import { expect, it } from "vitest";
import { caseFileOf } from "#src/domain/case-file/case-file.ts";
import type { AnyRecord } from "#src/domain/record/define.ts";
import { openMemoryStore } from "#tests/storage/support/memory-store.ts";
import { caseOf, idOf, noteOf, site } from "#tests/storage/support/records.ts";

const at = "2026-11-22T02:00:00.000Z";
async function world() {
  const store = await openMemoryStore();
  const arrive = (database: string, record: AnyRecord) =>
    store.exchange(database, [record.id], () => ({
      database,
      record,
      sync: { state: "central", at },
      arrivedAt: at,
    }));
  await arrive(site, caseOf(1, "HVN-26-7G0H7N-1"));
  return { store, arrive };
}

it("counts a record as set aside by its author, or by somebody who is or was a supervisor", async () => {
  const { store, arrive } = await world();
  const voidingBy = (number: number, target: number, createdBy: string) => {
    const { text: _text, ...stamps } = noteOf(number, "");
    return { ...stamps, type: "voiding", createdBy, ...{ target: idOf(target), reason: "nhầm" } };
  };
  const account = (name: string, roles: readonly string[], before?: readonly string[]): AnyRecord => {
    const { text: _text, case: _case, ...stamps } = noteOf(9, "");
    const entry = { id: idOf(99), at, by: "operator", device: "p", field: "roles", after: [] };
    const said = { type: "account", name, displayName: name, roles };
    const history = before ? { history: [{ ...entry, from: before, to: roles }] } : {};
    return { ...stamps, id: `account:${name}`, updatedAt: at, updatedBy: "operator", ...said, ...history };
  };
  await arrive("directory", account("cadre", ["cadre@vn-gso-20194"]));
  await arrive("directory", account("supervisor", ["supervisor@vn-gso-48"]));
  await arrive("directory", account("moved.on", ["cadre@vn-gso-20194"], ["supervisor@vn-gso-48"]));
  const authors = ["cadre", "supervisor", "moved.on", "nobody", noteOf(2, "").createdBy];
  for (const [index, author] of authors.entries()) {
    await arrive(site, noteOf(10 + index, "một ghi chú"));
    await arrive(site, voidingBy(20 + index, 10 + index, author));
  }
  const entry = store.read.get("case", idOf(1));
  const voided = entry ? caseFileOf(store.read, entry).voided : new Map<string, unknown>();
  expect([...voided.keys()].toSorted()).toEqual([idOf(11), idOf(12), idOf(14)].toSorted());
});

it("leaves out records of another site that name the case", async () => {
  const { store, arrive } = await world();
  await arrive(site, noteOf(2, "ours"));
  await arrive("s-vn-gso-20320", noteOf(3, "from elsewhere"));
  const voiding = { target: idOf(2), reason: "gone" };
  const { text: _text, ...stamps } = noteOf(4, "");
  await arrive("s-vn-gso-20320", { ...stamps, ...voiding, type: "voiding" });

  const entry = store.read.get("case", idOf(1));
  const file = entry && caseFileOf(store.read, entry);
  expect(file?.entries.map(({ record }) => record.id)).toEqual([idOf(1), idOf(2)]);
  expect(file?.voided.size).toBe(0);
});
