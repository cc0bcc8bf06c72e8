// A record as it travels: the record's own fields, with CouchDB's `_id` and `_rev` beside them.
import type { AnyRecord } from "#src/domain/record/define.ts";
import { directoryIdPattern, recordIdPattern } from "#src/domain/record/ids.ts";
import { isStamped } from "#src/domain/record/stamped.ts";
import { z } from "zod";

/** A document of CouchDB, whatever it holds. */
export const documentSchema = z.looseObject({
  _id: z.string(),
  _rev: z.string(),
  _deleted: z.boolean().optional(),
  /** Other versions beside this one, which servers that replicate have left. */
  _conflicts: z.array(z.string()).optional(),
});
export type CouchDocument = z.infer<typeof documentSchema>;

/** What the front door leaves in place of a record whose case has moved to another site. */
const markSchema = z.object({ movedTo: z.string(), ofCase: z.string() });

/** One version of a record at the centre. */
export interface Version {
  readonly id: string;
  readonly rev: string;
  /** Absent: it is not there any more. */
  readonly record?: AnyRecord;
  /** It lies at another site now; without record and this: deleted by an operator. */
  readonly moved?: true;
}

/** JSON text of a record for `_bulk_docs`. @param rev the revision it follows */
export function documentText(record: AnyRecord, rev: string | undefined): string {
  return JSON.stringify({ _id: record.id, ...(rev === undefined ? {} : { _rev: rev }), ...record });
}

/** Undefined for what is no record of ours: design documents, foreign ids, documents without our stamps. */
export function versionOf(document: CouchDocument): Version | undefined {
  const { _id: id, _rev: rev } = document;
  if (!recordIdPattern.test(id) && !directoryIdPattern.test(id)) return undefined;
  if (document._deleted === true) {
    const isMark = markSchema.safeParse(document).success;
    return { id, rev, ...(isMark && { moved: true }) };
  }
  const own = Object.entries(document).filter(([name]) => !name.startsWith("_"));
  const record: unknown = Object.fromEntries(own);
  return isStamped(record) && record.id === id ? { id, rev, record } : undefined;
}

/** The number in front of a revision: how many edits lie behind it. */
export function generationOf(rev: string | undefined): number {
  return rev === undefined ? 0 : Number.parseInt(rev, 10);
}
