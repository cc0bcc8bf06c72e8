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
import { invalidRevision } from "./errors.ts";
import { revisionBytes } from "./revision-id.ts";

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
const REVISIONS_LIMIT = 1000;

export const revisionName = ({ generation, id }: Revision) => `${String(generation)}-${id}`;

/** Generations that are kept; CouchDB reads greater ones, and so they may be asked for. */
export const MAX_GENERATION = 999_999_999;

/** Reads `3-abc…`; as in CouchDB nothing need stand behind the dash. @throws 400 */
export function parseRevision(text: unknown): Revision {
  const match = typeof text === "string" ? /^(\d{1,15})-(.*)$/s.exec(text) : null;
  const id = match?.[2] === "" ? "" : normalId(match?.[2] ?? "");
  if (match === null || id === null) throw invalidRevision();
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
  return compareRevisions(b.revision, a.revision);
}

/** By generation, then by the bytes that CouchDB keeps of the id. */
export function compareRevisions(a: Revision, b: Revision): number {
  if (a.generation !== b.generation) return a.generation - b.generation;
  return Buffer.compare(revisionBytes(a.id), revisionBytes(b.id));
}

/** Between histories: those of the youngest root first; of one root, branch by branch, the lower id first. */
export function compareBranches(a: History, b: History): number {
  const [aPath, bPath] = [a, b].map(fromRoot);
  const [aRoot, bRoot] = [aPath?.[0], bPath?.[0]];
  if (aPath === undefined || bPath === undefined || aRoot === undefined || bRoot === undefined) return 0;
  const byRoot = compareRevisions(bRoot, aRoot);
  if (byRoot !== 0) return byRoot;
  const fork = aPath.findIndex((revision, index) => revision.id !== bPath[index]?.id);
  const [aFork, bFork] = [aPath[fork], bPath[fork]];
  return aFork === undefined || bFork === undefined ? 0 : compareRevisions(aFork, bFork);
}

const fromRoot = ({ start, ids }: History): Revision[] =>
  ids.map((id, back) => ({ generation: start - back, id })).reverse();

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

/**
 * Which of these the tree does not have, in the order in which CouchDB comes upon them: by the generations there are in
 * the tree, and between two of those as they were asked for. One walk, however many are asked for.
 */
export function lackingIn(tree: Tree, revisions: Revision[]): Revision[] {
  const { names, generations } = contentsOf(tree);
  return revisions
    .filter((revision) => !names.has(revisionName(revision)))
    .map((revision) => ({ revision, step: countUpTo(generations, revision.generation) }))
    .sort((a, b) => a.step - b.step)
    .map(({ revision }) => revision);
}

/** The names of all revisions, and their generations in order. */
function contentsOf(tree: Tree): { names: Set<string>; generations: number[] } {
  const names = new Set<string>();
  const generations = new Set<number>();
  const open = tree.map(({ pos, ids }) => ({ generation: pos, node: ids }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { generation, node } = next;
    const [id, , children] = node;
    names.add(revisionName({ generation, id }));
    generations.add(generation);
    for (const child of children) open.push({ generation: generation + 1, node: child });
  }
  return { names, generations: [...generations].sort((a, b) => a - b) };
}

/** How many of the sorted numbers are not greater. */
function countUpTo(sorted: readonly number[], most: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] ?? 0) <= most) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Leaves that may be ancestors of revisions this tree lacks: those of an earlier generation, the winner last. */
export function possibleAncestors(tree: Tree, lacking: Revision[]): Revision[] {
  // Not spread over the arguments of a call, of which there may be only so many.
  const latest = lacking.reduce((most, { generation }) => Math.max(most, generation), 0);
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
  const deletions = deletionsIn(tree);
  const flags = (index: number): RevisionFlags => {
    const isDeleted = index === 0 ? deleted : deletions.has(nameAt(history, index));
    const status = index === 0 ? "available" : "missing";
    return isDeleted ? { status, deleted: true } : { status };
  };
  const nodes = history.ids.map((id, index) => ({ id, opts: flags(index) })).reverse();
  const path = { pos: history.start - history.ids.length + 1, ids: nodes };
  const merged = merge(tree, pathToRoot(path), REVISIONS_LIMIT);
  // A path that leads from one root to another leaves the second in place as well: join them once more.
  const joined = merged.tree.length > 1 ? joinPaths(rootToLeaf(merged.tree)) : merged.tree;
  return { tree: joined, dropped: merged.stemmedRevs };
}

/** The merge keeps only one side's flags, and a sender does not say which of its ancestors were deletions. */
function deletionsIn(tree: Tree): Set<string> {
  return new Set(
    rootToLeaf(tree).flatMap(({ pos, ids }) =>
      ids.flatMap(({ id, opts }, index) =>
        opts.deleted === true ? [revisionName({ generation: pos + index, id })] : [],
      ),
    ),
  );
}

const nameAt = (history: History, index: number) =>
  revisionName({ generation: history.start - index, id: history.ids[index] ?? "" });

function pathToRoot(path: RevisionPath): RevisionRoot {
  const [leaf, ...ancestors] = path.ids.toReversed();
  if (leaf === undefined) throw new Error("a path without revisions");
  let ids: RevisionNode = [leaf.id, leaf.opts, []];
  for (const { id, opts } of ancestors) ids = [id, opts, [ids]];
  return { pos: path.pos, ids };
}

/** Builds a tree of paths; those that start earlier first, so that later ones find where they belong. */
function joinPaths(paths: RevisionPath[]): Tree {
  let tree: Tree = [];
  for (const path of paths.toSorted((a, b) => a.pos - b.pos))
    tree = merge(tree, pathToRoot(path), REVISIONS_LIMIT).tree;
  return tree;
}

/** Takes whole branches away: each leaf named, back to where another branch leaves it. Null if nothing is left. */
export function withoutLeaves(tree: Tree, leaves: Revision[]): Tree | null {
  const kept = rootToLeaf(tree).filter((path) => {
    const { revision } = pathToLeaf(path);
    return !leaves.some((leaf) => sameRevision(leaf, revision));
  });
  return kept.length === 0 ? null : joinPaths(kept);
}

/** Names of the inner revisions whose bodies may go; the tree then calls them missing. */
export const compact = (tree: Tree) => compactTree({ rev_tree: tree });
