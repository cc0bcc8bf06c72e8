// Records as somebody else wrote them at the centre.
import { newId } from "#src/domain/record/ids.ts";
import type { Note } from "#src/domain/records/note.ts";
import type { Chance } from "./chance.ts";
import type { TestCentre } from "./test-centre.ts";

export function noteBy(name: string, nowMs: number, chance: Chance, text = "một ghi chú"): Note {
  const at = new Date(nowMs).toISOString();
  const id = newId((count) => chance.bytes(count));
  const stamps = { createdAt: at, createdBy: name, device: `device-of-${name}`, deviceTime: at };
  return { type: "note", version: 1, id, ...stamps, case: newId((count) => chance.bytes(count)), text };
}

/** Puts a record there past the rule of authorship; returns its revision. */
export async function putAtCentre(
  centre: TestCentre,
  database: string,
  record: { readonly id: string },
  rev?: string,
): Promise<string> {
  const body = { ...record, ...(rev === undefined ? {} : { _rev: rev }) };
  const said = await centre.operate("PUT", `/${database}/${record.id}`, body);
  return (said as { rev: string }).rev;
}
