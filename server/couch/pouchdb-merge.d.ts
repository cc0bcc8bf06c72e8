// Types for the parts of pouchdb-merge 9 that the revision trees use (the package ships none).
declare module "pouchdb-merge" {
  /** What is known of one revision: whether its body is here, and whether it is a deletion. */
  export interface RevisionFlags {
    status?: "available" | "missing";
    deleted?: boolean;
  }
  /** Id, flags, children. */
  export type RevisionNode = [string, RevisionFlags, RevisionNode[]];
  /** One root with the generation it starts at. */
  export interface RevisionRoot {
    pos: number;
    ids: RevisionNode;
  }
  /** A way from a root (first) to a leaf (last). */
  export interface RevisionPath {
    pos: number;
    ids: { id: string; opts: RevisionFlags }[];
  }
  /** Merges a single path into `tree` (both are changed in place), keeping at most `depth` generations. */
  export function merge(
    tree: RevisionRoot[],
    path: RevisionRoot,
    depth: number,
  ): {
    tree: RevisionRoot[];
    stemmedRevs: string[];
    conflicts: "new_leaf" | "new_branch" | "internal_node";
  };
  export function winningRev(metadata: { rev_tree: RevisionRoot[] }): string;
  export function rootToLeaf(tree: RevisionRoot[]): RevisionPath[];
  /** Marks every inner revision as missing, and gives the ones whose bodies can go. */
  export function compactTree(metadata: { rev_tree: RevisionRoot[] }): string[];
}
