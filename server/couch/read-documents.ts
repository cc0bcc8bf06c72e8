// Finds revisions of documents and writes them as JSON with what the reader asked to see of their tree.
import { writeDocument } from "./document.ts";
import type { DocumentStore, StoredDocument } from "./document-store.ts";
import { deleted, missing } from "./errors.ts";
import type { JsonObject } from "./json.ts";
import {
  historyOf,
  isDeletion,
  leavesAfter,
  leavesOf,
  revisionName,
  winnerOf,
  type History,
  type Revision,
} from "./revisions.ts";

export interface ReadOptions {
  revs: boolean;
  revsInfo: boolean;
  conflicts: boolean;
  deletedConflicts: boolean;
}

export const PLAIN: ReadOptions = {
  revs: false,
  revsInfo: false,
  conflicts: false,
  deletedConflicts: false,
};

/** One revision as JSON, or null if it or its body is not here (any more). */
export function revisionJson(
  documents: DocumentStore,
  stored: StoredDocument,
  revision: Revision,
  options: { revs: boolean },
): JsonObject | null {
  const history = historyOf(stored.tree, revision);
  const body = documents.body(stored.id, revisionName(revision));
  if (history === null || body === null) return null;
  const isDeleted = isDeletion(stored.tree, revision);
  return writeDocument({ id: stored.id, history, deleted: isDeleted, body }, options);
}

/** The winning revision with the asked-for members about its tree. */
export function winnerJson(
  documents: DocumentStore,
  stored: StoredDocument,
  options: ReadOptions,
): JsonObject {
  const winner = winnerOf(stored.tree);
  const json = revisionJson(documents, stored, winner.revision, options);
  if (json === null) throw new Error("the winner of a document has no body");
  const losers = leavesOf(stored.tree).slice(1);
  const names = (isDeleted: boolean) =>
    losers.filter((leaf) => leaf.deleted === isDeleted).map((leaf) => revisionName(leaf.revision));
  if (options.revsInfo) json["_revs_info"] = revisionsInfo(documents, stored, winner.history);
  if (options.conflicts && names(false).length > 0) json["_conflicts"] = names(false);
  if (options.deletedConflicts && names(true).length > 0) json["_deleted_conflicts"] = names(true);
  return json;
}

function revisionsInfo(documents: DocumentStore, stored: StoredDocument, history: History) {
  return history.ids.map((id, index) => {
    const revision = { generation: history.start - index, id };
    const rev = revisionName(revision);
    const here = documents.body(stored.id, rev) !== null;
    const gone = isDeletion(stored.tree, revision);
    return { rev, status: here ? (gone ? "deleted" : "available") : "missing" };
  });
}

/** The current state of a document. @throws 404 missing or deleted */
export function readCurrent(
  documents: DocumentStore,
  id: string,
  options: ReadOptions,
  allowDeleted: boolean,
): JsonObject {
  const stored = documents.find(id);
  if (stored === null) throw missing();
  if (stored.deleted && !allowDeleted) throw deleted();
  return winnerJson(documents, stored, options);
}

/** One revision, a deletion too. @throws 404 */
export function readRevision(
  documents: DocumentStore,
  id: string,
  revision: Revision,
  options: { revs: boolean },
): JsonObject {
  const stored = documents.find(id);
  const json = stored === null ? null : revisionJson(documents, stored, revision, options);
  if (json === null) throw missing();
  return json;
}

export type FoundRevision = { found: JsonObject } | { lacking: Revision };

/**
 * The leaves of a document ("all") or the revisions named, as `open_revs` and `_bulk_get` want them.
 * @param options.latest gives in place of a revision the leaves that came after it
 */
export function readRevisions(
  documents: DocumentStore,
  id: string,
  wanted: Revision[] | "all",
  options: { revs: boolean; latest: boolean },
): FoundRevision[] {
  const stored = documents.find(id);
  if (stored === null) return wanted === "all" ? [] : wanted.map((lacking) => ({ lacking }));
  const revisions = wanted === "all" ? leavesOf(stored.tree).map((leaf) => leaf.revision) : wanted;
  const resolved = options.latest
    ? revisions.flatMap((revision) => {
        const later = leavesAfter(stored.tree, revision).map((leaf) => leaf.revision);
        return later.length > 0 ? later : [revision];
      })
    : revisions;
  return uniqueRevisions(resolved).map((revision) => {
    const found = revisionJson(documents, stored, revision, options);
    return found === null ? { lacking: revision } : { found };
  });
}

function uniqueRevisions(revisions: Revision[]): Revision[] {
  return [...new Map(revisions.map((revision) => [revisionName(revision), revision])).values()];
}
