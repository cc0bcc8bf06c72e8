// Finds revisions of documents and writes them as JSON with what the reader asked to see of their tree.
import {
  STUBS,
  attachmentJson,
  attachmentsMember,
  knownGeneration,
  type Attachment,
  type AttachmentOptions,
} from "./attachment.ts";
import { unpacked } from "./attachment-content.ts";
import { writeDocument } from "./document.ts";
import type { DocumentStore, StoredDocument } from "./document-store.ts";
import { deleted, missing } from "./errors.ts";
import type { JsonObject } from "./json.ts";
import {
  compareRevisions,
  historyOf,
  isDeletion,
  leavesAfter,
  leavesOf,
  revisionName,
  winnerOf,
  type History,
  type Revision,
} from "./revisions.ts";

export interface RevisionOptions {
  /** With the whole history. */
  revs: boolean;
  attachments: AttachmentOptions;
}

export interface ReadOptions extends RevisionOptions {
  revsInfo: boolean;
  conflicts: boolean;
  deletedConflicts: boolean;
}

export const PLAIN: ReadOptions = {
  revs: false,
  revsInfo: false,
  conflicts: false,
  deletedConflicts: false,
  attachments: STUBS,
};

/** A revision as JSON, and the attachments that follow it where it says so, in the order it names them. */
export interface FoundRevision {
  revision: Revision;
  history: History;
  json: JsonObject;
  following: Attachment[];
}

/** One revision, or null if it or its body is not here (any more). */
export function findRevision(
  documents: DocumentStore,
  stored: StoredDocument,
  revision: Revision,
  { revs, attachments }: RevisionOptions,
  meta: JsonObject = {},
): FoundRevision | null {
  const history = historyOf(stored.tree, revision);
  const name = revisionName(revision);
  const body = documents.body(stored.id, name);
  if (history === null || body === null) return null;
  const shown = showAttachments(documents, stored.id, history, attachments);
  const isDeleted = isDeletion(stored.tree, revision);
  const document = { id: stored.id, history, deleted: isDeleted, body, meta, attachments: shown.member };
  return { revision, history, json: writeDocument(document, { revs }), following: shown.following };
}

function showAttachments(
  documents: DocumentStore,
  id: string,
  history: History,
  { as, encodingInfo, since }: AttachmentOptions,
): { member: JsonObject; following: Attachment[] } {
  const revision = revisionName({ generation: history.start, id: history.ids[0] ?? "" });
  const attachments = documents.attachments.of(id, revision);
  const known = since === null ? 0 : knownGeneration(history, since);
  const members = attachments.map((each): [string, JsonObject] => {
    const shownAs = each.revpos > known ? as : "stubs";
    const read = () => unpacked(each, documents.attachments.read(each));
    return [each.name, attachmentJson(each, { as: shownAs, encodingInfo }, read)];
  });
  const member = attachmentsMember(members);
  if (as !== "follows") return { member, following: [] };
  // In the order in which the JSON will name them: readers go by it.
  const byName = new Map(attachments.map((each) => [each.name, each]));
  const names = Object.keys(Object.fromEntries(members));
  const following = names.flatMap((name) => byName.get(name) ?? []).filter(({ revpos }) => revpos > known);
  return { member, following };
}

/** One revision as JSON, or null if it or its body is not here (any more). */
export const revisionJson = (
  documents: DocumentStore,
  stored: StoredDocument,
  revision: Revision,
  options: { revs: boolean },
): JsonObject | null =>
  findRevision(documents, stored, revision, { revs: options.revs, attachments: STUBS })?.json ?? null;

/** The winning revision with the asked-for members about its tree. */
function findWinner(documents: DocumentStore, stored: StoredDocument, options: ReadOptions): FoundRevision {
  const winner = winnerOf(stored.tree);
  const losers = leavesOf(stored.tree).slice(1);
  const names = (isDeleted: boolean) =>
    losers.filter((leaf) => leaf.deleted === isDeleted).map((leaf) => revisionName(leaf.revision));
  const meta: JsonObject = {};
  if (options.revsInfo) meta["_revs_info"] = revisionsInfo(documents, stored, winner.history);
  if (options.conflicts && names(false).length > 0) meta["_conflicts"] = names(false);
  if (options.deletedConflicts && names(true).length > 0) meta["_deleted_conflicts"] = names(true);
  const found = findRevision(documents, stored, winner.revision, options, meta);
  if (found === null) throw new Error("the winner of a document has no body");
  return found;
}

export const winnerJson = (documents: DocumentStore, stored: StoredDocument, options: ReadOptions) =>
  findWinner(documents, stored, options).json;

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
): FoundRevision {
  const stored = documents.find(id);
  if (stored === null) throw missing();
  if (stored.deleted && !allowDeleted) throw deleted();
  return findWinner(documents, stored, options);
}

/** One revision, a deletion too. @throws 404 */
export function readRevision(
  documents: DocumentStore,
  id: string,
  revision: Revision,
  options: RevisionOptions,
): FoundRevision {
  const stored = documents.find(id);
  const found = stored === null ? null : findRevision(documents, stored, revision, options);
  if (found === null) throw missing();
  return found;
}

export type RevisionOrLack = FoundRevision | { lacking: Revision };

/**
 * The leaves of a document ("all") or the revisions named, as `open_revs` and `_bulk_get` want them: what is here
 * from the lowest to the highest, then what is lacking.
 * @param options.latest gives in place of a revision the leaves that came after it
 */
export function readRevisions(
  documents: DocumentStore,
  id: string,
  wanted: Revision[] | "all",
  options: RevisionOptions & { latest: boolean },
): RevisionOrLack[] {
  const stored = documents.find(id);
  if (stored === null) return wanted === "all" ? [] : unique(wanted).map((lacking) => ({ lacking }));
  const revisions = wanted === "all" ? leavesOf(stored.tree).map((leaf) => leaf.revision) : wanted;
  const resolved = options.latest
    ? revisions.flatMap((revision) => {
        const later = leavesAfter(stored.tree, revision).map((leaf) => leaf.revision);
        return later.length > 0 ? later : [revision];
      })
    : revisions;
  const found = unique(resolved).map(
    (revision): RevisionOrLack => findRevision(documents, stored, revision, options) ?? { lacking: revision },
  );
  return [...found.filter((each) => "json" in each), ...found.filter((each) => "lacking" in each)];
}

const unique = (revisions: Revision[]): Revision[] =>
  [...new Map(revisions.map((revision) => [revisionName(revision), revision])).values()].sort(
    compareRevisions,
  );
