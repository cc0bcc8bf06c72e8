// A record as it travels: the record's own fields, with CouchDB's `_id` and `_rev` beside them.
import type { AnyRecord } from "#src/domain/record/define.ts";
import { directoryIdPattern, recordIdPattern } from "#src/domain/record/ids.ts";
import { isStamped } from "#src/domain/record/stamped.ts";
import { z } from "zod";

/** A document of CouchDB, whatever it holds. */
export interface CouchDocument {
  readonly _id: string;
  readonly _rev: string;
  readonly _deleted?: boolean;
  /** Other versions beside this one, which servers that replicate have left. */
  readonly _conflicts?: readonly string[];
  readonly [name: string]: unknown;
}

/** By hand: a schema would copy each document to tell. */
export const documentSchema = z.custom<CouchDocument>((value) => {
  if (typeof value !== "object" || value === null) return false;
  const { _id, _rev, _deleted, _conflicts } = value as Readonly<Record<string, unknown>>;
  const isOptional = _deleted === undefined || typeof _deleted === "boolean";
  return typeof _id === "string" && typeof _rev === "string" && isOptional && isTexts(_conflicts);
});

const isTexts = (value: unknown): boolean =>
  value === undefined || (Array.isArray(value) && value.every((each) => typeof each === "string"));

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
  const record: Record<string, unknown> = {};
  // CouchDB's own members all begin so, and among them is the one name that must never be set in this way: `__proto__`.
  for (const name of Object.keys(document)) if (!name.startsWith("_")) record[name] = document[name];
  return isStamped(record) && record.id === id ? { id, rev, record } : undefined;
}

/** The number in front of a revision: how many edits lie behind it. */
export function generationOf(rev: string | undefined): number {
  return rev === undefined ? 0 : Number.parseInt(rev, 10);
}
