// Revision trees: our leaves and winner against pouchdb-merge, over random trees built in random order.
import fc from "fast-check";
import { winningRev } from "pouchdb-merge";
import { describe, expect, it } from "vitest";
import {
  addRevision,
  historyOf,
  isDeletion,
  leavesAfter,
  leavesOf,
  parseRevision,
  possibleAncestors,
  revisionName,
  winnerOf,
  withoutLeaves,
  type History,
  type Tree,
} from "#server/couch/revisions.ts";

interface Sent {
  history: History;
  deleted: boolean;
}

/** Histories that share beginnings: each step picks a child by a letter below what is there. */
const sentArbitrary = fc
  .record({
    letters: fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 6 }),
    deleted: fc.boolean(),
    keep: fc.integer({ min: 1, max: 6 }),
  })
  .map(({ letters, deleted, keep }): Sent => {
    const ids = letters.map((_, index) => letters.slice(0, index + 1).join("")).reverse();
    return { history: { start: letters.length, ids: ids.slice(0, keep) }, deleted };
  });

function build(sent: Sent[]): Tree {
  let tree: Tree = [];
  for (const { history, deleted } of sent) {
    const revision = { generation: history.start, id: history.ids[0] ?? "" };
    if (historyOf(tree, revision) === null) tree = addRevision(tree, history, deleted).tree;
  }
  return tree;
}

describe("a revision tree", () => {
  it("has the winner that pouchdb-merge finds", () => {
    fc.assert(
      fc.property(fc.array(sentArbitrary, { minLength: 1, maxLength: 12 }), (sent) => {
        const tree = build(sent);
        expect(revisionName(winnerOf(tree).revision)).toBe(winningRev({ rev_tree: tree }));
      }),
      { numRuns: 500 },
    );
  });

  it("has the same leaves in whatever order whole histories arrive", () => {
    const whole = sentArbitrary.filter(({ history }) => history.ids.length === history.start);
    // The same revision is the same everywhere, its deletion included.
    const consistent = fc
      .array(whole, { minLength: 1, maxLength: 10 })
      .map((all) => all.map((each) => ({ ...each, deleted: each.history.start % 4 === 3 })));
    fc.assert(
      fc.property(
        consistent.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        ([all, shuffled]) => {
          const names = (tree: Tree) => leavesOf(tree).map((leaf) => revisionName(leaf.revision));
          expect(names(build(shuffled))).toEqual(names(build(all)));
        },
      ),
      { numRuns: 500 },
    );
  });

  it("has no leaf twice, however its parts were joined", () => {
    fc.assert(
      fc.property(fc.array(sentArbitrary, { minLength: 1, maxLength: 12 }), (sent) => {
        const names = leavesOf(build(sent)).map((leaf) => revisionName(leaf.revision));
        expect(new Set(names).size).toBe(names.length);
      }),
      { numRuns: 1000 },
    );
  });

  it("remembers deletions when an older part of the history arrives", () => {
    const tree = build([
      { history: { start: 3, ids: ["aaa"] }, deleted: true },
      { history: { start: 5, ids: ["aaaaa", "aaaa", "aaa", "aa", "a"] }, deleted: false },
    ]);
    expect(leavesOf(tree)).toHaveLength(1);
    expect(isDeletion(tree, { generation: 3, id: "aaa" })).toBe(true);
    expect(isDeletion(tree, { generation: 4, id: "aaaa" })).toBe(false);
  });

  it("finds every revision it was given, and leads from it to leaves", () => {
    fc.assert(
      fc.property(fc.array(sentArbitrary, { minLength: 1, maxLength: 10 }), (sent) => {
        const tree = build(sent);
        for (const { history } of sent) {
          const revision = { generation: history.start, id: history.ids[0] ?? "" };
          expect(historyOf(tree, revision)?.ids[0]).toBe(revision.id);
          expect(leavesAfter(tree, revision)).not.toEqual([]);
        }
      }),
    );
  });

  it("loses a purged leaf with its branch and nothing else", () => {
    fc.assert(
      fc.property(fc.array(sentArbitrary, { minLength: 2, maxLength: 10 }), (sent) => {
        const tree = build(sent);
        const [first, ...others] = leavesOf(tree);
        if (first === undefined) throw new Error("no leaf");
        const left = withoutLeaves(tree, [first.revision]);
        const names = leavesOf(left ?? []).map((leaf) => revisionName(leaf.revision));
        expect(names).toEqual(others.map((leaf) => revisionName(leaf.revision)));
      }),
    );
  });

  it("offers earlier leaves as possible ancestors", () => {
    const tree = build([
      { history: { start: 2, ids: ["ab", "a"] }, deleted: false },
      { history: { start: 4, ids: ["accc", "acc", "ac", "a"] }, deleted: false },
    ]);
    expect(possibleAncestors(tree, [{ generation: 3, id: "x" }]).map(revisionName)).toEqual(["2-ab"]);
  });

  it("keeps a thousand generations", () => {
    const ids = Array.from({ length: 1200 }, (_, index) => `r${String(1200 - index)}`);
    const { tree } = addRevision([], { start: 1200, ids }, false);
    expect(winnerOf(tree).history.ids).toHaveLength(1000);
    const next = addRevision(tree, { start: 1201, ids: ["r1201", "r1200"] }, false);
    expect(next.dropped).toEqual(["201-r201"]);
  });
});

describe("parseRevision", () => {
  it("reads ids as bytes when they are 32 hexadecimal digits", () => {
    expect(parseRevision(`3-${"AB".repeat(16)}`)).toEqual({ generation: 3, id: "ab".repeat(16) });
  });

  it("reads what CouchDB reads and nobody has", () => {
    expect(parseRevision("1-")).toEqual({ generation: 1, id: "" });
    expect(parseRevision("12345678901-a")).toEqual({ generation: 12_345_678_901, id: "a" });
  });

  it.each(["", "1", "-a", "x-a", `1-${"g".repeat(32)}`, "1-a b", 5, null])("refuses %j", (text) => {
    expect(() => parseRevision(text)).toThrow("Invalid rev format");
  });
});
