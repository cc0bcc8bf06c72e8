// What a device holds of others' words which the centre lost when it was put back: kept for an operator where their own devices do not bring them.
import type { AnyRecord } from "#src/domain/record/define.ts";
import { isStamped } from "#src/domain/record/stamped.ts";
import type { CouchClient } from "#server/couch-client/couch-client.ts";
import { isAllIn } from "./gather.ts";
import type { Handed, Inbox } from "./inbox.ts";
import { readLying } from "./lying-record.ts";
import { saySame } from "./on-behalf.ts";

const REASON = "restore: lost at the centre, and not brought by the device of its author";

/**
 * Nothing of it is written in anybody's name: a device proves whose words they are for its own person alone.
 * @param account who asks; may open the database
 * @returns ids of what is at the centre, in its place or in the inbox
 */
export async function keepLost(
  { admin, inbox }: { readonly admin: CouchClient; readonly inbox: Inbox },
  account: string,
  { database, records }: Handed,
): Promise<readonly string[]> {
  const there: string[] = [];
  const lost: Handed["records"] = [];
  for (const { record } of records) {
    if (isStamped(record) && (await isKnown(admin, database, record))) there.push(record.id);
    else lost.push({ record, state: "local", reason: REASON });
  }
  return [...there, ...(await inbox.keep(account, { database, records: lost }))];
}

async function isKnown(admin: CouchClient, database: string, record: AnyRecord): Promise<boolean> {
  const lying = await readLying(admin, database, record.id);
  // What was erased is brought back in no way.
  if (lying.is === "erased") return true;
  return lying.is === "record" && (saySame(lying.record, record) || isAllIn(lying, record));
}
