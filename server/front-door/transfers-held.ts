// What a device holds of a case that has moved, since the centre was put back from a backup, with what others wrote: kept before it leaves the device.
import type { AnyRecord } from "#src/domain/record/define.ts";
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
export const keepHeld = (
  deps: TransfersDeps,
  database: string,
  records: readonly LateRecord[],
  account: string,
): Promise<readonly HeldOutcome[]> => oneByOne(records, (late) => keepOne(deps, database, late, account));

async function keepOne(
  deps: TransfersDeps,
  database: string,
  late: LateRecord,
  account: string,
): Promise<HeldOutcome> {
  const { record } = late;
  const { id } = record;
  const place = siteDatabaseOf(database);
  if (!place) return refused(id, "place: no database of a site");
  const found = await whereNow(deps, place, late);
  if ("is" in found) return found;
  const there = await readLying(deps.admin, found.target, id);
  if (there.is === "erased") return refused(id, ERASED);
  if (there.is === "record" && (saySame(there.record, record) || isAllIn(there, record)))
    return { id, is: "already there" };
  const kept = await deps.inbox.keep(account, { database, records: [itemOf(record)] });
  return { id, is: kept.includes(id) ? "kept" : "later" };
}

const itemOf = (record: AnyRecord) => ({
  record: { ...record },
  state: "local" as const,
  reason: "place: of a case that has moved, and not known where it is now",
});
