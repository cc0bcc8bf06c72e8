// What may change about a record that lies there, and what never does: stamps, history, unknown fields, time.
import {
  changeable,
  commune,
  databaseOf,
  type Doc,
  entriesOf,
  file,
  identity,
  samples,
  type SampleType,
  writing,
} from "./sample-site.ts";
import type { Cell } from "./verdict.ts";

const cadre = ["staff", `cadre@${commune}`];
const farAway = "2199-01-01T00:00:00.000Z";
const other = "0b1c5d0e-0000-4000-8000-00000000000f";
const types = Object.keys(samples).filter((type): type is SampleType => Object.hasOwn(samples, type));
const appendOnly = types.filter((type) => !changeable.includes(type));

const entry = (number: number, more: Doc = {}): Doc => ({
  id: `0b1c5d0e-0000-4000-8000-${String(number).padStart(12, "0")}`,
  at: "2026-03-03T00:00:00.000Z",
  by: "lan",
  device: "phone-2",
  field: "riskLevel",
  from: "low",
  to: ["high", { since: 1 }],
  after: [],
  ...more,
});
const entries = (count: number) => Array.from({ length: count }, (_, index) => entry(index + 1));
/** One that lies there need not fit any more; one that joins must. */
const joining = (number: number, more: Doc = {}): Doc => {
  const { from: _from, to: _to, ...rest } = entry(number);
  return { ...rest, by: "hoa", field: "owner", after: [], to: "hoa", ...more };
};
/** So many that each stands on the one before. */
const chain = (count: number, start = 3) =>
  Array.from({ length: count }, (_, index) =>
    joining(index + start, { after: index === 0 ? [] : [entry(index + start - 1)["id"]] }),
  );
const old: Doc = { ...samples.case, history: [entry(1), entry(2)], grownLater: { a: 1, b: [2] } };

const edit = (
  what: string,
  change: Doc,
  expected: Cell["expected"],
  from: Doc = old,
  roles = cadre,
): Cell => ({
  what,
  ...writing(file, roles, withoutEmpty({ ...from, ...change }), from),
  expected,
});
function withoutEmpty(doc: Doc): Doc {
  return Object.fromEntries(Object.entries(doc).filter(([, value]) => value !== undefined));
}
const without = (doc: Doc, name: string): Doc => Object.fromEntries(Object.entries(doc).filter(([key]) => key !== name)); // prettier-ignore
const leaving = (what: string, name: string, expected: Cell["expected"]): Cell => ({ what, ...writing(file, cadre, without(old, name), old), expected }); // prettier-ignore

const stamps: readonly Cell[] = [
  edit("createdAt moves", { createdAt: "2026-03-01T00:00:00.000Z" }, "change"),
  edit("createdBy passes to the editor", { createdBy: "lan" }, "change"),
  edit("device changes", { device: "phone-2" }, "change"),
  edit("deviceTime changes", { deviceTime: "2026-03-01T00:00:00.000Z" }, "change"),
  edit("a plan item goes to another case", { case: other }, "change", samples.plan_item),
  edit("the type changes", { ...samples.plan_item, history: [] }, "change"),
  edit("the editor signs for another", { updatedBy: "lan" }, "author"),
  edit("a name takes two lines", { owner: "hoa\nlan" }, "schema"),
  edit("the id changes", { id: other }, "schema"),
  edit("nor does another server change a stamp", { device: "phone-2" }, "change", old, ["replicator"]),
  edit("the operator may blank by law", { device: "erased" }, "accepted", old, ["_admin"]),
  {
    what: "what the operator deleted is made anew",
    ...writing(file, cadre, samples.case, { _id: samples.case["_id"], _deleted: true, createdAt: farAway }),
    expected: "accepted",
  },
];

const history: readonly Cell[] = [
  edit("an entry joins", { history: [entry(1), entry(2), joining(3)] }, "accepted"),
  edit("entries come in another order", { history: [entry(2), joining(3), entry(1)] }, "accepted"),
  edit("an entry vanishes", { history: [entry(2), joining(3)] }, "change"),
  edit("all entries vanish", { history: [] }, "change"),
  leaving("the whole history vanishes", "history", "change"),
  edit("an entry gets another author", { history: [entry(1, { by: "hoa" }), entry(2)] }, "change"),
  edit(
    "an entry gets another value",
    { history: [entry(1), entry(2, { to: ["high", { since: 2 }] })] },
    "change",
  ),
  edit("an entry loses a value", { history: [entry(1), without(entry(2), "from")] }, "change"),
  edit("an entry gains a value deep inside", { history: [entry(1), entry(2, { to: ["high", { since: 1, till: 2 }] })] }, "change"), // prettier-ignore
  edit("an entry is put twice", { history: [entry(1), entry(1), entry(2)] }, "schema"),
  edit("an entry is nothing", { history: [entry(1), null, entry(2)] }, "schema"),
  edit(
    "an entry is put again with another author",
    { history: [entry(1), entry(2), entry(2, { by: "x" })] },
    "schema",
  ),
  edit("a long history comes in another order", { history: entries(2000).toReversed() }, "accepted", {
    ...old,
    history: entries(2000),
  }),
  edit("a long history loses its last entry", { history: entries(1999) }, "change", {
    ...old,
    history: entries(2000),
  }),
  edit("a history that the operator spoilt is kept", { history: [entry(1)] }, "change", {
    ...old,
    history: [entry(1), null],
  }),
  edit("the members of an entry are turned", { history: [entry(1), Object.fromEntries(Object.entries(entry(2)).toReversed())] }, "accepted"), // prettier-ignore
  edit(
    "a history grows to its full length",
    { history: [...entries(1600), ...chain(400, 1601)] },
    "accepted",
    { ...old, history: entries(1600) },
  ),
  edit("a history grows beyond", { history: [...entries(1601), ...chain(400, 1602)] }, "schema", {
    ...old,
    history: entries(1601),
  }),
  edit("another server drops an entry", { history: [entry(2)] }, "change", old, ["replicator"]),
];

const id = (number: number) => entry(number)["id"];
const owned = { ...old, owner: "lan", history: [entry(1), joining(2, { by: "lan", to: "lan" })] };
/** What joins `old` beside its own two entries, and what the record then says. */
const joined = (
  what: string,
  expected: Cell["expected"],
  fresh: readonly Doc[],
  change: Doc = {},
  from: Doc = old,
): Cell => edit(what, { ...change, history: [...entriesOf(from), ...fresh] }, expected, from);

/** ADR 12: the history tells every change, and nobody writes it for another. */
const newEntries: readonly Cell[] = ([
  edit("a value changes and no entry tells", { owner: "hoa" }, "change"),
  joined("a value changes and its entry tells", "accepted", [joining(3)], { owner: "hoa" }),
  joined("an entry tells of another value", "change", [joining(3, { to: "minh" })], { owner: "hoa" }),
  joined("an entry tells of another question", "change", [joining(3, { field: "code", to: "x" })], { owner: "hoa" }),
  joined("only what was overwritten since is told", "change", [joining(3, { to: "hoa" }), joining(4, { to: "minh", after: [id(3)] })], { owner: "hoa" }),
  joined("a value goes and no entry tells", "change", [], { owner: undefined }, owned),
  joined("a value goes and its entry tells", "accepted", [without(joining(3, { from: "lan", after: [id(2)] }), "to")], { owner: undefined }, owned),
  joined("a reason comes and no entry tells", "change", [], { unanswered: { owner: "later" } }),
  joined("a reason comes and its entry tells", "accepted", [{ ...without(joining(3), "to"), toUnanswered: { owner: "later" } }], { unanswered: { owner: "later" } }),
  joined("a reason comes and its entry tells another", "change", [{ ...without(joining(3), "to"), toUnanswered: { owner: "unknown" } }], { unanswered: { owner: "later" } }),
  joined("an entry that changes nothing: what gave way", "accepted", [joining(3, { to: "minh" })], {}, owned),
  joined("an entry in a colleague's name", "author", [joining(3, { by: "lan" })], { owner: "hoa" }),
  joined("another server brings a colleague's", "accepted", [joining(3, { by: "lan" })], { owner: "hoa" }),
  joined("what a colleague said at first", "author", [joining(3, { by: "lan", at: samples.case["createdAt"], to: "minh" })], {}, owned),
  joined("an entry from the future", "time", [joining(3, { at: farAway })], { owner: "hoa" }),
  joined("an entry on top of none", "change", [joining(3, { after: [id(9)] })], { owner: "hoa" }),
  joined("an entry on top of another question's", "change", [joining(3, { after: [id(1)] })], { owner: "hoa" }),
  joined("entries in a ring", "change", [joining(3, { after: [id(4)] }), joining(4, { after: [id(3)] })], { owner: "hoa" }),
  joined("entries in any order, each on top of one", "accepted", [joining(4, { after: [id(3)] }), joining(3)], { owner: "hoa" }),
  joined("two entries of one person beside each other", "change", [joining(3), joining(4)], { owner: "hoa" }),
  joined("two entries of one person for two questions", "accepted", [joining(3), joining(4, { field: "regime", to: "2024" })], { owner: "hoa" }),
  joined("as many as somebody makes in weeks", "accepted", chain(500), { owner: "hoa" }),
  joined("more than anybody makes", "change", chain(501), { owner: "hoa" }),
  joined("an entry of no question", "schema", [joining(3, { field: "nothing" })]),
  joined("an entry of a part of what has none", "schema", [joining(3, { field: "owner.name" })]),
  joined("an entry with a reason that is none", "schema", [{ ...without(joining(3), "to"), toUnanswered: { owner: "never" } }]),
  joined("an entry that says what its question does not take", "schema", [joining(3, { to: ["hoa"] })]),
  joined("an entry that came from what its question does not take", "schema", [joining(3, { from: 7 })]),
  joined("an entry with a reason for another question", "schema", [{ ...joining(3), fromUnanswered: { code: "later" } }]),
  joined("an entry with a reason for a question that is none", "schema", [{ ...without(joining(3), "to"), toUnanswered: { "owner.x": "later" } }]),
  joined("an entry with a value and a reason", "schema", [joining(3, { toUnanswered: { owner: "later" } })]),
  joined("an entry that takes away what no record lacks", "schema", [without(joining(3, { field: "code" }), "to")]),
  { what: "an entry at the beginning, in a colleague's name", ...writing(file, cadre, { ...samples.case, owner: "hoa", history: [joining(3, { by: "lan" })] }), expected: "author" },
  { what: "an own entry at the beginning", ...writing(file, cadre, { ...samples.case, owner: "hoa", history: [joining(3)] }), expected: "accepted" },
] as Cell[]).map((cell): Cell => (cell.what.startsWith("another server") ? { ...cell, userCtx: { ...cell.userCtx, roles: ["replicator"] } } : cell)); // prettier-ignore

/** The same of a person's record: what changes as one, and sets. */
const personal = (what: string, expected: Cell["expected"], fresh: readonly Doc[], change: Doc, from: Doc): Cell => ({
  what,
  ...writing(identity, cadre, { ...from, ...change, history: [...entriesOf(from), ...fresh] }, from),
  expected,
}); // prettier-ignore
const reads = (number: number, from: readonly string[], to: readonly string[], more: Doc = {}) =>
  joining(number, { field: "languagesRead", from, to, ...more });
const readsTwo = { ...samples.person, languagesRead: ["vi", "en"] };
const alone = { way: "phone", phone: "0912345678" };
const named = { ...samples.person, displayName: "Thảo" };
const naming = { field: "displayName", by: "lan", to: "Thảo" };
/** As two records made under one id are merged: what each said at first is an entry. */
const firstWords = (more: Doc = {}) => joining(1, { field: "displayName", at: samples.person["createdAt"], to: "Thảo", ...more }); // prettier-ignore
const personEntries: readonly Cell[] = [
  personal("a part of what changes as one", "schema", [joining(1, { field: "safeContact.phone", to: "0912345678" })], {}, samples.person),
  personal("what changes as one", "accepted", [joining(1, { field: "safeContact", to: alone })], { safeContact: alone }, samples.person),
  personal("a part of it differs from what is told", "change", [joining(1, { field: "safeContact", to: { way: "phone" } })], { safeContact: alone }, samples.person),
  personal("a part of it with a value and a reason", "schema", [joining(1, { field: "safeContact", to: alone, toUnanswered: { "safeContact.phone": "later" } })], {}, samples.person),
  personal("a part of it without an answer", "accepted", [joining(1, { field: "safeContact", to: { way: "phone" }, toUnanswered: { "safeContact.phone": "later" } })], { safeContact: { way: "phone" }, unanswered: { "safeContact.phone": "later" } }, samples.person),
  personal("a part of a group that is none", "accepted", [joining(1, { field: "homeArea.commune", to: "Hoà Vang" })], { homeArea: { commune: "Hoà Vang" } }, samples.person),
  personal("a group that changes in parts, as one", "schema", [joining(1, { field: "homeArea", to: { commune: "Hoà Vang" } })], {}, samples.person),
  personal("a set takes both sides", "accepted", [reads(1, ["vi"], ["vi", "id"])], { languagesRead: ["vi", "en", "id"] }, readsTwo),
  personal("a set loses what one side took out", "accepted", [reads(1, ["vi", "en", "id"], ["vi", "id"])], { languagesRead: ["vi"] }, readsTwo),
  personal("a set takes what nobody said", "change", [reads(1, ["vi"], ["vi", "id"])], { languagesRead: ["vi", "en", "id", "zh"] }, readsTwo),
  personal("a set loses what nobody took out", "change", [reads(1, ["vi"], ["vi", "id"])], { languagesRead: ["vi"] }, readsTwo),
  personal("a set loses what was put in again", "change", [reads(1, ["vi", "en"], ["vi", "en"])], { languagesRead: ["vi"] }, readsTwo),
  personal("a colleague's first words, beside mine", "accepted", [firstWords(), joining(2, { ...naming, to: "Thu Thảo" })], {}, named),
  personal("a colleague's first words of another time", "author", [firstWords({ at: "2026-03-01T00:00:00.000Z" })], {}, named),
  personal("a colleague's first words that never were", "author", [firstWords({ to: "Thu" })], {}, named),
  personal("a colleague's first words that came from others", "author", [firstWords({ from: "Thu" })], {}, named),
  personal("a colleague's first words on top of others", "author", [joining(2, naming), firstWords({ after: [id(2)] })], {}, named),
  personal("a colleague's first words, where others were told", "author", [firstWords()], {}, { ...named, history: [joining(2, naming)] }),
].map((cell): Cell => (cell.what.startsWith("a colleague's first words") ? { ...cell, newDoc: { ...cell.newDoc, updatedBy: "lan" }, userCtx: { ...cell.userCtx, name: "lan" } } : cell)); // prettier-ignore

/** A level that some may only raise: where an entry says it came from must be true, or it could be "taken back" there. */
const high = { ...samples.case, riskLevel: "high" };
const rise = (number: number, from: string | undefined, more: Doc = {}) =>
  joining(number, { field: "riskLevel", to: "high", ...(from === undefined ? {} : { from }), ...more });
const raisedByLan = { ...high, history: [rise(1, "low", { by: "lan" })] };
const gradedEntries: readonly Cell[] = [
  joined("a rise from where it was", "accepted", [rise(1, "low")], { riskLevel: "high" }, { ...high, riskLevel: "low" }),
  joined("a rise from lower than it was", "change", [rise(1, "low")], { riskLevel: "high" }, { ...high, riskLevel: "medium" }),
  joined("a rise from nothing, where there was something", "change", [rise(1, undefined)], {}, high),
  joined("a rise that was none", "change", [rise(2, "low", { after: [id(1)] })], {}, raisedByLan),
  joined("a rise that was none, beside the real one", "change", [rise(2, undefined)], {}, raisedByLan),
  joined("a rise that was none, from where another has raised it to", "change", [rise(2, "high")], {}, raisedByLan),
  joined("a rise beside another's, from the same level", "accepted", [rise(2, "low")], {}, raisedByLan),
  { what: "a rise before anybody has seen the case", ...writing(file, cadre, { ...high, history: [rise(1, "low")] }), expected: "accepted" },
]; // prettier-ignore

const unknown: readonly Cell[] = [
  joined("an unknown field stays", "accepted", [joining(3)], { owner: "hoa" }),
  edit("an unknown field changes", { grownLater: { a: 1, b: [3] } }, "schema"),
  edit("an unknown field appears", { smuggled: "x" }, "schema"),
  leaving("an unknown field goes", "grownLater", "accepted"),
  edit("the version goes back", { version: 0 }, "schema"),
  edit("a file is attached", { _attachments: { "a.jpg": { stub: true } } }, "schema"),
  edit(
    "CouchDB's own members come along",
    { _rev: "2-a", _revisions: { start: 2, ids: ["b", "a"] } },
    "accepted",
  ),
];

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const time: readonly Cell[] = [
  { what: "a clock that is a little fast", ...writing(file, cadre, { ...samples.note, createdAt: inMinutes(5) }), expected: "accepted" },
  { what: "a note from the future", ...writing(file, cadre, { ...samples.note, createdAt: farAway }), expected: "time" },
  { what: "a case of the future", ...writing(file, cadre, { ...samples.case, updatedAt: farAway }), expected: "time" },
  { what: "a phone whose own clock is wrong", ...writing(file, cadre, { ...samples.note, deviceTime: farAway }), expected: "accepted" }, // prettier-ignore
  { what: "a visit planned for later", ...writing(file, cadre, { ...samples.followup, nextOn: "2199-01-01" }), expected: "accepted" }, // prettier-ignore
  { what: "another server's future", ...writing(file, ["replicator"], { ...samples.note, createdAt: farAway }), expected: "accepted" }, // prettier-ignore
]; // prettier-ignore

/** The same again, byte for byte, and with a change, for all that never changes. */
const unchanging: readonly Cell[] = appendOnly.flatMap((type) => [
  {
    what: `${type} written again as it is`,
    ...writing(databaseOf(type), [`supervisor@${commune}`], { ...samples[type] }, { ...samples[type] }),
    expected: "change" as const,
  },
  {
    what: `${type} changed by another server`,
    ...writing(databaseOf(type), ["replicator"], { ...samples[type], device: "x" }, { ...samples[type] }),
    expected: "change" as const,
  },
]);

export const changeCells: readonly Cell[] = [
  ...stamps,
  ...history,
  ...newEntries,
  ...personEntries,
  ...gradedEntries,
  ...unknown,
  ...time,
  ...unchanging,
];
