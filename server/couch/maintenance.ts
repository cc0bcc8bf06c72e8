// Takes revisions away for good: purging named leaves, and compacting the bodies of superseded revisions.
import { badRequest } from "./errors.ts";
import type { JsonObject } from "./json.ts";
import {
  compact,
  leavesOf,
  parseRevision,
  revisionName,
  sameRevision,
  winnerOf,
  withoutLeaves,
  type Revision,
} from "./revisions.ts";
import type { CouchServer, OpenDatabase } from "./server.ts";

const MAX_PURGED_DOCUMENTS = 100;

/** `_purge`. @param asked revision names by document id. @returns the leaves that were purged. @throws 400 */
export function purge(server: CouchServer, database: OpenDatabase, asked: JsonObject): JsonObject {
  const wanted = Object.entries(asked).map(([id, names]) => {
    if (!Array.isArray(names)) throw badRequest("Invalid list of revisions");
    return { id, revisions: names.map(parseRevision) };
  });
  if (wanted.length > MAX_PURGED_DOCUMENTS) throw badRequest("Exceeded maximum number of documents.");
  const purged = server.store.transaction(() => {
    const { key } = database.info;
    server.store.run("UPDATE database SET purge_seq = purge_seq + 1 WHERE id = ?", key);
    return wanted.map(({ id, revisions }): [string, string[]] => [
      id,
      purgeDocument(server, database, id, revisions),
    ]);
  });
  server.hub.wake(database.info.key);
  return { purge_seq: null, purged: Object.fromEntries(purged) };
}

function purgeDocument(
  server: CouchServer,
  { info, documents }: OpenDatabase,
  id: string,
  revisions: Revision[],
): string[] {
  const stored = documents.find(id);
  const leaves = leavesOf(stored?.tree ?? [])
    .map((leaf) => leaf.revision)
    .filter((leaf) => revisions.some((revision) => sameRevision(revision, leaf)));
  if (stored === null || leaves.length === 0) return [];
  const before = everyRevision(leavesOf(stored.tree).map((leaf) => leaf.history));
  const tree = withoutLeaves(stored.tree, leaves);
  if (tree === null) {
    documents.remove(id);
    // The feed must not point at a sequence number that is gone from the table.
    server.databases.nextSeq(info);
  } else {
    const after = new Set(everyRevision(leavesOf(tree).map((leaf) => leaf.history)));
    for (const name of before) if (!after.has(name)) documents.removeBody(id, name);
    const winner = winnerOf(tree);
    documents.save({
      id,
      seq: server.databases.nextSeq(info),
      deleted: winner.deleted,
      winner: revisionName(winner.revision),
      tree,
    });
  }
  return leaves.map(revisionName);
}

const everyRevision = (histories: { start: number; ids: string[] }[]) =>
  histories.flatMap(({ start, ids }) =>
    ids.map((id, index) => revisionName({ generation: start - index, id })),
  );

/** `_compact`: drops the bodies of all revisions that are not leaves. */
export function compactDatabase(server: CouchServer, { documents }: OpenDatabase): void {
  server.store.transaction(() => {
    for (const stored of documents.all()) {
      const inner = compact(stored.tree);
      if (inner.length === 0) continue;
      for (const name of inner) documents.removeBody(stored.id, name);
      documents.save(stored);
    }
  });
}
