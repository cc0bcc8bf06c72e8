// What people of a site write of a case that has moved away from it, because they did not know yet: brought to where the case is now.
import { z } from "zod";
import { identityDatabase, parseDatabase, siteDatabase } from "#src/domain/record/databases.ts";
import type { AnyRecord } from "#src/domain/record/define.ts";
import { recordIdPattern } from "#src/domain/record/ids.ts";
import { isStamped } from "#src/domain/record/stamped.ts";
import type { Role } from "#src/domain/roles.ts";
import { isAnswered } from "#server/couch-client/couch-client.ts";
import { readLying } from "./lying-record.ts";
import { applyOnBehalf, ERASED, type Applied } from "./on-behalf.ts";
import { caseAt, tellsOfTransfer } from "./site-records.ts";
import { rolesAt, sitePlace } from "./site-place.ts";
import { journalAt, journalsOf, type Journal } from "./transfer-journal.ts";
import { resumeCase, type TransfersDeps } from "./transfers.ts";

export interface LateRecord {
  readonly record: AnyRecord;
  /** The case that it is about, for a new name, which does not say so itself. */
  readonly case?: string | undefined;
}

/** Whose words they are, with roles as `_users` has them (`cadre@vn-gso-20194`). */
export interface LateAuthor {
  readonly name: string;
  readonly roles: readonly string[];
}

/**
 * Applies each record at the site where its case is now, on behalf of its author. Nothing that the client says decides
 * where that is: the mark in place of the record does, or the journal of the case it names.
 * @param database the one for which they were written; the author may open it
 */
export async function forwardLate(
  deps: TransfersDeps,
  database: string,
  records: readonly LateRecord[],
  author: LateAuthor,
  options: { readonly relayedBy?: string } = {},
): Promise<readonly Applied[]> {
  const place = siteDatabaseOf(database);
  if (!place) return records.map(({ record: { id } }) => refused(id, "place: no database of a site"));
  // By what they may write there their words are judged, wherever the case has gone since.
  const roles = rolesAt(database, await sitePlace(deps.admin, place.siteId), author.roles);
  return oneByOne(records, (late) => forwardOne(deps, place, late, { ...author, placed: roles }, options));
}

/** One case that the record store does not take blocks none of the others. */
export async function oneByOne<Outcome>(
  records: readonly LateRecord[],
  work: (late: LateRecord) => Promise<Outcome>,
): Promise<readonly (Outcome | Extract<Applied, { is: "later" }>)[]> {
  const outcomes = [];
  for (const late of records)
    try {
      outcomes.push(await work(late));
    } catch (error) {
      if (!isAnswered(error)) throw error;
      outcomes.push({ id: late.record.id, is: "later" as const });
    }
  return outcomes;
}

export function siteDatabaseOf(database: string): SiteDatabase | undefined {
  const place = parseDatabase(database);
  return place && place.kind !== "directory"
    ? { database, kind: place.kind, siteId: place.siteId }
    : undefined;
}

export const refused = (id: string, reason: string): Applied => ({ id, is: "refused", reason });

async function forwardOne(
  deps: TransfersDeps,
  from: SiteDatabase,
  late: LateRecord,
  author: LateAuthor & { placed: readonly Role[] },
  options: { readonly relayedBy?: string },
): Promise<Applied> {
  const { record } = late;
  const { id } = record;
  const found = await whereNow(deps, from, late);
  if ("is" in found) return found;
  const { target, journal, isMarked } = found;
  if (from.kind === "identity" && !isMarked) {
    const own = await caseAt(deps.admin, journal.site, journal.case);
    if (own?.person !== id) return refused(id, "place: not whom the case is about");
  }
  // What this site never had is another's to change.
  const mayEdit = () => isMarked;
  const by = { name: author.name, roles: author.placed };
  const [applied] = await applyOnBehalf(deps, target, [record], by, { ...options, mayEdit });
  return applied === undefined || applied.is === "moved" ? { id, is: "later" } : applied;
}

export interface SiteDatabase {
  readonly database: string;
  readonly kind: "site" | "identity";
  readonly siteId: string;
}

/** The database in which it is now what one of a site was for, or why nothing is brought there. */
export async function whereNow(
  deps: TransfersDeps,
  { database, kind, siteId }: SiteDatabase,
  { record, case: named }: LateRecord,
): Promise<Applied | { readonly target: string; readonly journal: Journal; readonly isMarked: boolean }> {
  const { id } = record;
  // Each site speaks of transfers in its own database alone: here a former one would speak in another's name.
  if (tellsOfTransfer(record)) return refused(id, "place: what tells of a transfer is not brought on");
  const lying = await readLying(deps.admin, database, id);
  // It has come back, or never left: the device is to look, and to send it there.
  if (lying.is === "record") return { id, is: "later" };
  if (lying.is === "erased") return refused(id, ERASED);
  const caseId = lying.is === "moved" ? lying.ofCase : (record.case ?? named);
  const known = caseId === undefined ? [] : await journalsOf(deps.admin, caseId);
  const found =
    lying.is === "moved"
      ? known.find(({ moves }) => moves.some(({ transfer }) => transfer === lying.transfer))
      : journalAt(known, siteId);
  const journal = found && (await resumeCase(deps, found));
  if (!journal?.left.includes(siteId)) return refused(id, "place: no case that has moved from here");
  if (isOnItsWay(journal) || journal.site === siteId) return { id, is: "later" };
  if (kind === "site" && id !== caseId && record.case !== caseId)
    return refused(id, "place: of another case");
  const target = kind === "identity" ? identityDatabase(journal.site) : siteDatabase(journal.site);
  return { target, journal, isMarked: lying.is === "moved" };
}

/** Between the write that makes another site responsible and the last of the sender's copy. */
export const isOnItsWay = ({ moves }: Journal): boolean => moves.some(({ state }) => state === "moved");

/** What the app sends late, as it comes from outside. */
export const lateRecordSchema = z.strictObject({
  record: z
    .looseObject({ id: z.string().regex(recordIdPattern) })
    .transform((said): unknown => said)
    .refine(isStamped),
  case: z.string().regex(recordIdPattern).optional(),
  held: z.literal(true).optional(),
});
