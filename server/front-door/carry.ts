// Carries records from one site to another, and takes away what the other has: nothing is taken that was not carried.
import type { AnyRecord } from "#src/domain/record/define.ts";
import { deepEqual } from "#src/domain/record/equal.ts";
import { readAsCurrent } from "#src/domain/record/upcast.ts";
import { documentPath, type CouchClient } from "#server/couch-client/couch-client.ts";
import { putOnTop } from "#server/couch-client/put-on-top.ts";
import { isObject } from "#server/couch/json.ts";
import { gathered, isNamed } from "./gather.ts";
import type { Inbox } from "./inbox.ts";
import { readLying } from "./lying-record.ts";
import type { Held } from "./site-records.ts";

export interface CarryDeps {
  readonly admin: CouchClient;
  readonly inbox: Inbox;
  /** Unix time in milliseconds. */
  readonly now: () => number;
}

/** How often one record is tried while others write to it. */
const MOST_TRIES = 5;

/**
 * Brings a record there under its own id and with its author's stamps: as it is where there is none, merged where there
 * is one. What cannot be put together with it is kept in the inbox for an operator.
 * @returns whether all that it says is kept now
 */
export async function carry(
  deps: CarryDeps,
  from: string,
  to: string,
  { rev, record: lying }: Held,
): Promise<boolean> {
  const { admin } = deps;
  const record = asAccepted(lying);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const there = await readLying(admin, to, record.id);
    // An operator has erased it since it was there.
    if (there.is === "erased") return true;
    if (there.is !== "record") {
      // In place of a mark it is begun anew: CouchDB lets nobody go on from a deletion.
      if (await put(admin, to, record)) return true;
      continue;
    }
    if (deepEqual(there.record, record)) return true;
    const whole = areOne(there.record, record) ? gathered(there, [{ rev, record }]) : undefined;
    if (whole === undefined || !isNamed(whole, record)) {
      if (record.type !== "case") return setAside(deps, from, record);
      // Everything of a case hangs on its own record: whatever somebody has laid in its place gives way.
      if (!(await setAside(deps, to, there.record))) return false;
      if (await put(admin, to, record, there.rev)) return true;
      continue;
    }
    if (whole === there.record || (await put(admin, to, whole, there.rev))) return true;
  }
  return false;
}

/** A case that somebody else has made is another one: the real one is not to be mixed with what is laid under its id. */
const areOne = (a: AnyRecord, b: AnyRecord): boolean =>
  a.type === b.type && a.case === b.case && (a.type !== "case" || a.createdBy === b.createdBy);

/** What lies since before the version that the rule still takes as it is (D16) is written as this product reads it. */
function asAccepted(record: AnyRecord): AnyRecord {
  const current = readAsCurrent(record);
  return current.newer || current.record.version - record.version < 2 ? record : current.record;
}

/** False where it has another revision by now. */
export const put = (
  admin: CouchClient,
  database: string,
  record: AnyRecord,
  rev?: string,
): Promise<boolean> =>
  putOnTop(admin, documentPath(database, record.id), {
    ...asAccepted(record),
    _id: record.id,
    ...(rev === undefined ? {} : { _rev: rev }),
  });

/** False where the inbox does not take it now. */
export async function setAside(
  { inbox }: CarryDeps,
  database: string,
  record: AnyRecord,
  reason = "transfer: another record of this id lies at the other site",
): Promise<boolean> {
  const author = record.updatedBy ?? record.createdBy;
  const records = [{ record: { ...record }, state: "refused" as const, reason }];
  const kept = await inbox.keep(author, { database, records }, { isOurs: true });
  return kept.includes(record.id);
}

/**
 * Leaves a mark in place of each record that says where it is now. Only of the very revision that was carried: what
 * was written since stays, and is carried first.
 */
export async function leaveMarks(
  admin: CouchClient,
  database: string,
  carried: readonly Held[],
  mark: { readonly movedTo: string; readonly transfer: string; readonly ofCase: string },
): Promise<boolean> {
  if (carried.length === 0) return true;
  const docs = carried.map(({ rev, record }) => ({ _id: record.id, _rev: rev, _deleted: true, ...mark }));
  const answer = await admin.write("POST", `/${encodeURIComponent(database)}/_bulk_docs`, { docs });
  return Array.isArray(answer) && answer.every((row) => isObject(row) && row["error"] === undefined);
}
