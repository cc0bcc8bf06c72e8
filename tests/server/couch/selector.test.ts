// The `_selector` filter: what CouchDB's `mango_selector` makes of each operator, and its words for what is no selector.
import { expect, it } from "vitest";
import { member, startHarness } from "#tests/server/couch/harness.ts";

const DOCS = [
  { _id: "a", n: 1, s: "a", list: [1, 2], in: { b: { c: 1 } } },
  { _id: "B", n: 2, s: "B", list: [], in: { b: null } },
  { _id: "c", n: 2.5, s: "ê", list: [3, { x: 1 }], in: 5, none: null },
  { _id: "d", n: "2", s: "e\u0302", list: "x", yes: false },
];

async function passing(selector: unknown) {
  const { ask } = startHarness();
  await ask("PUT", "/db");
  await ask("POST", "/db/_bulk_docs", { body: { docs: DOCS } });
  return ask("POST", "/db/_changes?filter=_selector", { body: { selector } });
}

it.each<[selector: unknown, ids: string]>([
  [{}, "aBcd"],
  [{ n: 2 }, "B"],
  [{ n: { $gt: 1, $lt: 3 } }, "Bc"],
  // Every text comes after every number, every number after true, false and null.
  [{ n: { $gt: 2 } }, "cd"],
  [{ n: { $gt: true } }, "aBcd"],
  [{ n: { $lt: "1" } }, "aBc"],
  [{ list: { $gt: "x" } }, "aBc"],
  [{ in: { $gte: {} } }, "aB"],
  // Texts are in the order of people, ids in that of bytes.
  [{ s: { $lt: "C" } }, "aB"],
  [{ _id: { $lt: "C" } }, "B"],
  [{ s: "ê" }, "cd"],
  [{ s: { $gt: "a", $lt: "c" } }, "B"],
  // What a document lacks fits nothing but $exists: false.
  [{ yes: { $ne: true } }, "d"],
  [{ yes: { $nin: [true] } }, "d"],
  [{ $not: { yes: true } }, "d"],
  [{ $nor: [{ yes: true }, { yes: 5 }] }, "d"],
  [{ yes: { $not: { $eq: true } } }, "d"],
  [{ yes: { $exists: false } }, "aBc"],
  [{ $not: { yes: { $exists: true } } }, "aBc"],
  [{ none: null }, "c"],
  [{ none: { $exists: true } }, "c"],
  [{ yes: false }, "d"],
  [{ "in.b.c": 1 }, "a"],
  [{ in: { b: { c: 1 } } }, "a"],
  [{ in: { b: null } }, "B"],
  // Where there is nothing that could have the member, it is not missing either.
  [{ "in.b.c": { $exists: false } }, "d"],
  [{ "in.b": { $exists: false } }, "d"],
  [{ "list.0": 1 }, "a"],
  [{ list: { $size: 2 } }, "ac"],
  [{ list: { $all: [2, 1] } }, "a"],
  [{ list: { $all: [[1, 2]] } }, "a"],
  [{ list: { $all: [] } }, ""],
  [{ list: { $in: [2, 3] } }, "ac"],
  [{ list: { $nin: [2] } }, "Bcd"],
  [{ list: [1, 2] }, "a"],
  [{ list: { $elemMatch: { $gte: 2, $lt: 3 } } }, "a"],
  [{ list: { $elemMatch: { x: 1 } } }, "c"],
  [{ list: { $allMatch: { $gt: 0 } } }, "ac"],
  [{ list: { $not: { $elemMatch: { $gt: 0 } } } }, "Bd"],
  [{ in: { $keyMapMatch: { $eq: "b" } } }, "aB"],
  [{ n: { $mod: [2, 0] } }, "B"],
  [{ n: { $type: "string" } }, "d"],
  [{ list: { $type: "array" } }, "aBc"],
  [{ in: { $type: "object" } }, "aB"],
  [{ s: { $beginsWith: "e" } }, "d"],
  [{ $or: [{ n: 1 }, { n: 2 }] }, "aB"],
  [{ $or: [] }, "aBcd"],
  [{ $and: [] }, "aBcd"],
  [{ n: { $in: [] } }, ""],
  [{ n: { $or: [{ $eq: 1 }, { $eq: "2" }] } }, "ad"],
])("%j lets pass %j", async (selector, ids) => {
  const { body } = await passing(selector);
  const rows = member(body, "results");
  const found = Array.isArray(rows) ? rows.map((row: unknown) => String(member(row, "id"))).join("") : body;
  expect(found).toBe(ids);
});

it.each<[selector: unknown, reason: string]>([
  [{ n: { $regex: "(a+)+$" } }, "Invalid operator: $regex"],
  [{ n: { $odd: 1 } }, "Invalid operator: $odd"],
  [{ n: { $beginsWith: 1 } }, "Invalid operator: $beginsWith"],
  [{ $where: "x" }, "Unsupported operator: $where"],
  [{ n: { $in: 5 } }, "Bad argument for operator $in: 5"],
  [{ $or: { n: "x" } }, "Bad argument for operator $or: {[{<<110>>,<<120>>}]}"],
  [{ n: { $exists: null } }, "Bad argument for operator $exists: null"],
  [{ n: { $size: -1 } }, "Bad argument for operator $size: -1"],
  [{ n: { $mod: [2, "x"] } }, "Bad argument for operator $mod: [2,<<120>>]"],
  [{ n: { $not: 5 } }, "Bad argument for operator $not: 5"],
  [{ $gt: 5 }, "One or more conditions is missing a field name."],
  [[], "Selector error: expected a JSON object"],
])("%j is refused: %s", async (selector, reason) => {
  expect(await passing(selector)).toMatchObject({ status: 400, body: { error: "bad_request", reason } });
});

it("sees conflicts of the winner, and of the leaves their own contents", async () => {
  const { ask } = startHarness();
  await ask("PUT", "/db");
  const leaf = (id: string) => ({ _id: "x", _rev: `1-${id}`, side: id });
  await ask("POST", "/db/_bulk_docs", { body: { new_edits: false, docs: [leaf("a"), leaf("b")] } });
  const found = async (selector: unknown, style: string) => {
    const path = `/db/_changes?filter=_selector&style=${style}`;
    return member((await ask("POST", path, { body: { selector } })).body, "results", 0, "changes");
  };
  expect(await found({ _conflicts: ["1-a"] }, "main_only")).toEqual([{ rev: "1-b" }]);
  expect(await found({ side: "a" }, "main_only")).toBeUndefined();
  expect(await found({ side: "a" }, "all_docs")).toEqual([{ rev: "1-a" }]);
});
