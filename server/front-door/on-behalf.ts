// Writes records at a site on behalf of their author, who cannot do it from there: a late edit of a moved case, a relayed one.
import { createHash } from "node:crypto";
import { z } from "zod";
import type { AnyRecord } from "#src/domain/record/define.ts";
import { deepEqual } from "#src/domain/record/equal.ts";
import { recordIdPattern, uuidOf } from "#src/domain/record/ids.ts";
import { mergeVersions } from "#src/domain/record/merge-versions.ts";
import type { Role } from "#src/domain/roles.ts";
import { type CouchClient, documentPath, isAnswered, isRefusal } from "#server/couch-client/couch-client.ts";
import { recordRule } from "#server/rule/record-rule.ts";
import { ruleTable } from "#server/rule/rule-table.ts";
import { readLying } from "./lying-record.ts";

export interface OnBehalfDeps {
  /** The front door's own rights: what is written was found to be what the author may write. */
  readonly admin: CouchClient;
  /** Unix time in milliseconds. */
  readonly now: () => number;
}

/** Whose words the records are, and which roles count for that person at the site of the database. */
export interface Author {
  readonly name: string;
  readonly roles: readonly Role[];
}

/** What became of a record; `reason` in the words of the rule (`role: …`), for whoever holds the record. */
export type Applied =
  | { readonly id: string; readonly is: "accepted"; readonly rev: string }
  | { readonly id: string; readonly is: "already there" }
  | { readonly id: string; readonly is: "refused"; readonly reason: string }
  /** Its case has moved away from this site: it is to be brought to the other (`transfers-late.ts`). */
  | { readonly id: string; readonly is: "moved"; readonly to: string }
  /** Others write to it at this moment, or the record store is in trouble: try again. */
  | { readonly id: string; readonly is: "later" };

export const ERASED = "delete: erased at the centre";
/** Erased by law: nothing of it is kept anywhere, in the inbox neither. */
export const isErasedThere = (applied: Applied): boolean =>
  applied.is === "refused" && applied.reason === ERASED;

export interface ApplyOptions {
  /** Whoever brought them, where that is not the author. */
  readonly relayedBy?: string;
  /** Whether the author may change a record that lies there and that somebody else has made; default: as the rule says. */
  readonly mayEdit?: (id: string) => boolean;
}

/** How often one record is tried while others write to it. */
const MOST_TRIES = 5;

/**
 * Writes each record as its author would from a device: merged with what lies there by both histories, and only where
 * the rule takes the outcome from that author. Arriving twice is one record, and what is there already is not written again.
 * @param database of a site; the caller has made sure that these records belong there
 * @throws CouchFault where the record store does not answer at all
 */
export async function applyOnBehalf(
  deps: OnBehalfDeps,
  database: string,
  records: readonly AnyRecord[],
  author: Author,
  options: ApplyOptions = {},
): Promise<readonly Applied[]> {
  const applied: Applied[] = [];
  for (const record of records) applied.push(await applyOne(deps, database, record, author, options));
  return applied;
}

async function applyOne(
  { admin, now }: OnBehalfDeps,
  database: string,
  given: AnyRecord,
  author: Author,
  { relayedBy, mayEdit = () => true }: ApplyOptions,
): Promise<Applied> {
  const { id } = given;
  if (!recordIdPattern.test(id)) return { id, is: "refused", reason: "schema: id: not an id" };
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const there = await readLying(admin, database, id);
    if (there.is === "moved") return { id, is: "moved", to: there.movedTo };
    if (there.is === "erased") return { id, is: "refused", reason: ERASED };
    if (there.is === "record" && there.record.createdBy !== author.name && !mayEdit(id))
      return { id, is: "refused", reason: "change: is another's record" };
    const outcome = there.is === "record" ? onTopOf(given, there, author) : given;
    if (outcome === "already there") return { id, is: outcome };
    if (typeof outcome === "string") return { id, is: "refused", reason: outcome };
    const before = there.is === "record" ? there.record : null;
    const reason = refusalOf(database, outcome, before, author, now());
    if (reason !== undefined) return { id, is: "refused", reason };
    // Only now: who brought it is not the author's to say.
    const signed = relayedBy === undefined ? outcome : { ...outcome, relayedBy };
    const written = await write(admin, database, signed, there.is === "record" ? there.rev : undefined);
    if (written !== "again") return { id, ...written };
  }
  return { id, is: "later" };
}

/** The given record merged into the one that lies there, signed by its author; or that there is nothing to do, or why not. */
function onTopOf(
  given: AnyRecord,
  { rev, record: there }: { rev: string; record: AnyRecord },
  author: Author,
): AnyRecord | "already there" | `${string}: ${string}` {
  if (saySame(given, there)) return "already there";
  let count = 0;
  const newId = () => idFrom(given.id, rev, JSON.stringify(given), String((count += 1)));
  const merge = mergeVersions(given, there, newId);
  if (!merge.ok)
    return merge.error === "newer" ? "version: not accepted" : `change: a ${there.type} never changes`;
  if (merge.value === there) return "already there";
  const [a = given.createdAt, b = there.createdAt] = [given.updatedAt, there.updatedAt];
  return { ...merge.value, updatedAt: a > b ? a : b, updatedBy: author.name };
}

/** The same bytes for the same merge, whoever does it. */
const idFrom = (...parts: readonly string[]): string =>
  uuidOf(createHash("sha256").update(parts.join("\n")).digest().subarray(0, 16));

/** Equal but for the instants that a corrected clock moves (D17), and for who brought it. */
export const saySame = (a: AnyRecord, b: AnyRecord): boolean =>
  deepEqual(withoutInstants(a), withoutInstants(b));

function withoutInstants(record: AnyRecord): object {
  const { createdAt: _c, updatedAt: _u, history, ...rest } = record;
  const said = Object.fromEntries(Object.entries(rest).filter(([name]) => name !== "relayedBy"));
  return { ...said, history: history?.map(({ at: _at, ...entry }) => entry) };
}

const forbidden = z.object({ forbidden: z.string() });

/** The words in which the rule refuses it from the author, or undefined. */
function refusalOf(
  database: string,
  record: AnyRecord,
  before: AnyRecord | null,
  author: Author,
  now: number,
): string | undefined {
  const roles = author.roles.map((role) => `${role}@here`);
  const document = (each: AnyRecord) => ({ ...each, _id: each.id });
  try {
    recordRule(
      document(record),
      before && document(before),
      { db: database, name: author.name, roles },
      { members: { roles } },
      ruleTable,
      now,
    );
    return undefined;
  } catch (thrown) {
    const said = forbidden.safeParse(thrown).data;
    if (said === undefined) throw thrown;
    return said.forbidden;
  }
}

const answerSchema = z.object({ rev: z.string() });
type Written =
  "again" | { is: "accepted"; rev: string } | { is: "refused"; reason: string } | { is: "later" };

async function write(
  admin: CouchClient,
  database: string,
  record: AnyRecord,
  rev: string | undefined,
): Promise<Written> {
  const document = { ...record, _id: record.id, ...(rev === undefined ? {} : { _rev: rev }) };
  try {
    const answer = await admin.write("PUT", documentPath(database, record.id), document);
    return { is: "accepted", rev: answerSchema.parse(answer).rev };
  } catch (error) {
    if (!isAnswered(error)) throw error;
    if (error.status === 409) return "again";
    if (error.status === 413) return { is: "refused", reason: "schema: too large" };
    return isRefusal(error) ? { is: "refused", reason: `schema: ${error.message}` } : { is: "later" };
  }
}
