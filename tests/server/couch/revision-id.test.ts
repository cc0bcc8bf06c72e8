// Revision ids equal those that real CouchDB servers gave for the same content.
import { describe, expect, it } from "vitest";
import { newRevisionId } from "#server/couch/revision-id.ts";

describe("newRevisionId", () => {
  const empty = "967a00dff5e02add41819138abb3284d";

  it.each([
    [{}, empty],
    [{ foo: "bar" }, "4c6114c65e295552ab1019e2b046b10e"],
    [{ hello: "world" }, "15f65339921e497348be384867bb940f"],
    [{ a: 1 }, "23202479633c2b380f79507a776743d5"],
    [{ a: 1, b: 2, c: "three" }, "debc5c8de13e1f36787fe391da8191a6"],
    [
      { servings: 4, subtitle: "Delicious with fresh bread", title: "Fish Stew" },
      "9c65296036141e575d32ba9c034dd3ee",
    ],
  ])("of a first revision %j", (body, id) => {
    expect(newRevisionId(false, null, body)).toBe(id);
  });

  it("of a second revision, and of a deletion", () => {
    const parent = { generation: 1, id: empty };
    expect(newRevisionId(false, parent, {})).toBe("7051cbe5c8faecd085a3fa619e6e6337");
    expect(newRevisionId(true, parent, {})).toBe("eec205a9d413992850a6e32678485900");
  });

  it("differs for values that Erlang tells apart", () => {
    const bodies = [
      { a: [1, 2, 3] },
      { a: "\u0001\u0002\u0003" },
      { a: [1, 2, 300] },
      { a: [] },
      { a: {} },
      { a: null },
      { a: "null" },
      { a: false },
      { a: 0.5 },
      { a: -1 },
      { a: 2 ** 31 },
      { a: 2 ** 40 },
      { a: -(2 ** 40) },
      { a: 256 },
    ];
    const ids = bodies.map((body) => newRevisionId(false, null, body));
    expect(new Set(ids).size).toBe(bodies.length);
  });
});
