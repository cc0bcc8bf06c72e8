// Small valid records, told apart by a word.
import type { Draft } from "#src/domain/ports/store.ts";
import type { Case } from "#src/domain/records/case.ts";
import type { Note } from "#src/domain/records/note.ts";
import { uuidOf } from "#src/domain/record/ids.ts";

export const site = "s-vn-gso-20194";

/** The same id for the same number. */
export function idOf(number: number): string {
  const bytes = new Uint8Array(16);
  new DataView(bytes.buffer).setUint32(12, number);
  return uuidOf(bytes);
}

const stamps = {
  version: 1,
  createdAt: "2026-11-22T01:00:00.000Z",
  createdBy: "lan",
  device: "device-1",
  deviceTime: "2026-11-22T01:00:00.000Z",
} as const;

/** Append-only, belongs to case 1 unless said otherwise. */
export function noteOf(number: number, text: string, caseNumber = 1): Note {
  return { ...stamps, id: idOf(number), type: "note", case: idOf(caseNumber), text };
}

/** Mutable. */
export function caseOf(number: number, code: string): Case {
  return {
    ...stamps,
    id: idOf(number),
    type: "case",
    updatedAt: stamps.createdAt,
    updatedBy: "lan",
    code,
    receivedAt: stamps.createdAt,
  };
}

export function draftOf(id: string, words: string): Draft {
  const at = "2026-11-22T01:00:00.000Z";
  return { id, form: "receive", database: site, values: { note: { words } }, startedAt: at, updatedAt: at };
}
