// What a device holds of a case that has moved, since the centre was put back from a backup, with what others wrote: kept before it leaves the device.
import type { AnyRecord } from "#src/domain/record/define.ts";
import { isAnswered } from "#server/couch-client/couch-client.ts";
import { isAllIn } from "./gather.ts";
import { readLying } from "./lying-record.ts";
import { ERASED, saySame, type Applied } from "./on-behalf.ts";
import { type LateRecord, oneByOne, refused, siteDatabaseOf, whereNow } from "./transfers-late.ts";
import type { TransfersDeps } from "./transfers.ts";

/** `kept`: not at the site in all that it says, and in the inbox now, under the name of who asks. */
export type HeldOutcome = Applied | { readonly id: string; readonly is: "kept" };

/**
 * Nothing of it is written in anybody's name: where the case is now, it either is already or somebody has to look at it.
 * @param account who asks; may open the database
 */
export async function keepHeld(
  deps: TransfersDeps,
  database: string,
  records: readonly LateRecord[],
  account: string,
): Promise<readonly HeldOutcome[]> {
  const looked = await oneByOne(records, (late) => lookFor(deps, database, late));
  const unknown = looked.flatMap((each) => (each.is === "unknown" ? [each.record] : []));
  const kept = await keepAll(deps, database, unknown, account);
  return looked.map((each) =>
    each.is === "unknown" ? { id: each.id, is: kept.has(each.id) ? "kept" : "later" } : each,
  );
}

/** Together: whether the inbox has room for one is a look through all of it. */
async function keepAll(
  { inbox }: TransfersDeps,
  database: string,
  records: readonly AnyRecord[],
  account: string,
): Promise<ReadonlySet<string>> {
  if (records.length === 0) return new Set();
  try {
    return new Set(await inbox.keep(account, { database, records: records.map(itemOf) }));
  } catch (error) {
    if (!isAnswered(error)) throw error;
    return new Set();
  }
}

async function lookFor(
  deps: TransfersDeps,
  database: string,
  late: LateRecord,
): Promise<Applied | { readonly id: string; readonly is: "unknown"; readonly record: AnyRecord }> {
  const { record } = late;
  const { id } = record;
  const place = siteDatabaseOf(database);
  if (!place) return refused(id, "place: no database of a site");
  const found = await whereNow(deps, place, late);
  if ("is" in found) return found;
  const there = await readLying(deps.admin, found.target, id);
  if (there.is === "erased") return refused(id, ERASED);
  const isThere = there.is === "record" && (saySame(there.record, record) || isAllIn(there, record));
  return isThere ? { id, is: "already there" } : { id, is: "unknown", record };
}

const itemOf = (record: AnyRecord) => ({
  record: { ...record },
  state: "local" as const,
  reason: "place: of a case that has moved, and not known where it is now",
});
