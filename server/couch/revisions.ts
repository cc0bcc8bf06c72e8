// Revisions of one document: parsing their names, and the tree they form (leaves, winner, ancestors, merging).
import {
  compactTree,
  merge,
  rootToLeaf,
  type RevisionFlags,
  type RevisionNode,
  type RevisionPath,
  type RevisionRoot,
} from "pouchdb-merge";
import { badRequest } from "./errors.ts";

/** A revision, `generation-id` on the wire. */
export interface Revision {
  generation: number;
  id: string;
}

/** Revision ids from the newest to the oldest known; `start` is the generation of the first. */
export interface History {
  start: number;
  ids: string[];
}

/** A revision that nothing follows. */
export interface Leaf {
  revision: Revision;
  deleted: boolean;
  history: History;
}

export type Tree = RevisionRoot[];

/** CouchDB's default `_revs_limit`. */
export const REVISIONS_LIMIT = 1000;

export const revisionName = ({ generation, id }: Revision) => `${String(generation)}-${id}`;

/** Reads `3-abc…`. @throws 400 as CouchDB does */
export function parseRevision(text: unknown): Revision {
  const match = typeof text === "string" ? /^(\d{1,9})-(.+)$/s.exec(text) : null;
  const id = normalId(match?.[2] ?? "");
  if (match === null || id === null) throw badRequest("Invalid rev format");
  return { generation: Number(match[1]), id };
}

/** Hexadecimal ids of 32 digits are bytes to CouchDB, so upper case is lower case; null for one that is broken. */
export function normalId(id: string): string | null {
  if (id.length === 0 || id.length > 200 || !/^[\x21-\x7e]+$/.test(id)) return null;
  if (id.length !== 32) return id;
  return /^[0-9a-f]{32}$/i.test(id) ? id.toLowerCase() : null;
}

export function sameRevision(a: Revision, b: Revision): boolean {
  return a.generation === b.generation && a.id === b.id;
}

/** The leaves, winner first: not deleted before deleted, then the longer history, then the higher id. */
export function leavesOf(tree: Tree): Leaf[] {
  return rootToLeaf(tree).map(pathToLeaf).sort(byPrecedence);
}

function byPrecedence(a: Leaf, b: Leaf): number {
  if (a.deleted !== b.deleted) return a.deleted ? 1 : -1;
  if (a.revision.generation !== b.revision.generation) return b.revision.generation - a.revision.generation;
  return a.revision.id < b.revision.id ? 1 : -1;
}

function pathToLeaf(path: RevisionPath): Leaf {
  const ids = path.ids.map((node) => node.id).reverse();
  const start = path.pos + path.ids.length - 1;
  return {
    revision: { generation: start, id: ids[0] ?? "" },
    deleted: path.ids.at(-1)?.opts.deleted === true,
    history: { start, ids },
  };
}

/** The winner. @throws if the tree is empty, which no stored tree is */
export function winnerOf(tree: Tree): Leaf {
  const [winner] = leavesOf(tree);
  if (winner === undefined) throw new Error("a revision tree without leaves");
  return winner;
}

/** Everything from `revision` back to its oldest known ancestor, or null if the tree does not have it. */
export function historyOf(tree: Tree, revision: Revision): History | null {
  for (const { history } of leavesOf(tree)) {
    const index = history.start - revision.generation;
    if (index >= 0 && history.ids[index] === revision.id)
      return { start: revision.generation, ids: history.ids.slice(index) };
  }
  return null;
}

/** The leaves that descend from `revision` (itself, if it is one). */
export function leavesAfter(tree: Tree, revision: Revision): Leaf[] {
  return leavesOf(tree).filter(
    ({ history }) => history.ids[history.start - revision.generation] === revision.id,
  );
}

/** Whether a revision the tree has is a deletion. */
export function isDeletion(tree: Tree, revision: Revision): boolean {
  for (const { pos, ids } of rootToLeaf(tree)) {
    const node = ids[revision.generation - pos];
    if (node?.id === revision.id) return node.opts.deleted === true;
  }
  return false;
}

/** Leaves that may be ancestors of revisions this tree lacks: those of an earlier generation. */
export function possibleAncestors(tree: Tree, lacking: Revision[]): Revision[] {
  const latest = Math.max(0, ...lacking.map(({ generation }) => generation));
  return leavesOf(tree)
    .map(({ revision }) => revision)
    .filter(({ generation }) => generation < latest)
    .reverse();
}

/**
 * Adds a revision with its history.
 * @returns the new tree, and the names of revisions that fell off the old end of it
 */
export function addRevision(
  tree: Tree,
  history: History,
  deleted: boolean,
): { tree: Tree; dropped: string[] } {
  const flags: RevisionFlags = deleted ? { status: "available", deleted: true } : { status: "available" };
  const [leaf, ...ancestors] = history.ids;
  let ids: RevisionNode = [leaf ?? "", flags, []];
  for (const ancestor of ancestors) ids = [ancestor, { status: "missing" }, [ids]];
  const path = { pos: history.start - history.ids.length + 1, ids };
  const merged = merge(tree, path, REVISIONS_LIMIT);
  return { tree: merged.tree, dropped: merged.stemmedRevs };
}

/** Takes whole branches away: each leaf named, back to where another branch leaves it. Null if nothing is left. */
export function withoutLeaves(tree: Tree, leaves: Revision[]): Tree | null {
  let kept: Tree = [];
  for (const path of rootToLeaf(tree)) {
    const { revision } = pathToLeaf(path);
    if (leaves.some((leaf) => sameRevision(leaf, revision))) continue;
    let ids: RevisionNode | null = null;
    for (const node of path.ids.toReversed()) ids = [node.id, node.opts, ids === null ? [] : [ids]];
    if (ids !== null) kept = merge(kept, { pos: path.pos, ids }, REVISIONS_LIMIT).tree;
  }
  return kept.length === 0 ? null : kept;
}

/** Names of the inner revisions whose bodies may go; the tree then calls them missing. */
export const compact = (tree: Tree) => compactTree({ rev_tree: tree });
