// Merges and prunes conflicting versions of records that two servers have left, at the word of a device that saw them (D20).
import { z } from "zod";
import { recordIdPattern } from "#src/domain/record/ids.ts";
import { isStamped } from "#src/domain/record/stamped.ts";
import { CouchFault, documentPath, type CouchClient } from "#server/couch-client/couch-client.ts";
import type { Json } from "#server/couch/json.ts";
import { caseDatabase } from "./case-database.ts";
import { gathered, isNamed, type Leaf } from "./gather.ts";

/** Records that a device asks about at once. */
const MOST_IDS = 50;
/** Leaves of one record that are looked at in one go; the next request goes on. */
const MOST_LEAVES = 20;

const askedSchema = z.strictObject({
  database: caseDatabase,
  ids: z.array(z.string().regex(recordIdPattern)).min(1).max(MOST_IDS),
});
type AskedForks = z.output<typeof askedSchema>;

export const readAskedForks = (said: Json): AskedForks | undefined => askedSchema.safeParse(said).data;

const storedSchema = z.looseObject({
  _id: z.string(),
  _rev: z.string(),
  _deleted: z.boolean().optional(),
  _conflicts: z.array(z.string()).optional(),
});

/** How many records were merged, and how many leaves pruned. */
export interface Mended {
  merged: number;
  pruned: number;
}

/** With the front door's own rights: the rule takes entries of history from their authors, and no deletion from anybody. */
export async function mendForks(admin: CouchClient, { database, ids }: AskedForks): Promise<Mended> {
  const mended = { merged: 0, pruned: 0 };
  for (const id of ids) {
    const path = documentPath(database, id);
    const winner = await readLeaf(admin, `${path}?conflicts=true`);
    if (winner === undefined) continue;
    const others: Leaf[] = [];
    for (const rev of winner.conflicts.slice(0, MOST_LEAVES)) {
      const leaf = await readLeaf(admin, `${path}?rev=${encodeURIComponent(rev)}`);
      if (leaf !== undefined) others.push(leaf);
    }
    if (others.length === 0) continue;
    const record = gathered(winner, others);
    if (record !== winner.record) {
      // Somebody has written meanwhile, or another device asked first: the change comes down the feed.
      if (!(await write(admin, path, { ...record, _id: id, _rev: winner.rev }))) continue;
      mended.merged += 1;
    }
    for (const { rev } of others.filter((leaf) => isNamed(record, leaf.record)))
      if (await write(admin, path, { _id: id, _rev: rev, _deleted: true })) mended.pruned += 1;
  }
  return mended;
}

async function readLeaf(
  admin: CouchClient,
  path: string,
): Promise<(Leaf & { conflicts: readonly string[] }) | undefined> {
  const stored = storedSchema.safeParse(await admin.read(path)).data;
  if (stored === undefined || stored._deleted === true) return undefined;
  const { _id, _rev: rev, _conflicts: conflicts = [], ...record } = stored;
  return isStamped(record) ? { rev, record, conflicts } : undefined;
}

/** False where the revision is not a leaf any more, or the rule does not take the document: it stays as it is then. */
async function write(admin: CouchClient, path: string, document: object): Promise<boolean> {
  try {
    await admin.write("PUT", path, document);
    return true;
  } catch (error) {
    if (error instanceof CouchFault && (error.status === 409 || error.status === 403)) return false;
    throw error;
  }
}
