// What may change about a record that lies there, and what never does: stamps, history, unknown fields, time.
import {
  changeable,
  commune,
  databaseOf,
  type Doc,
  file,
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
const old: Doc = { ...samples.case, history: [entry(1), entry(2)], grownLater: { a: 1, b: [2] } };

const edit = (
  what: string,
  change: Doc,
  expected: Cell["expected"],
  from: Doc = old,
  roles = cadre,
): Cell => ({
  what,
  ...writing(file, roles, { ...from, ...change }, from),
  expected,
});
const without = (doc: Doc, name: string): Doc => Object.fromEntries(Object.entries(doc).filter(([key]) => key !== name)); // prettier-ignore
const leaving = (what: string, name: string, expected: Cell["expected"]): Cell => ({ what, ...writing(file, cadre, without(old, name), old), expected }); // prettier-ignore

const stamps: readonly Cell[] = [
  edit("createdAt moves", { createdAt: "2026-03-01T00:00:00.000Z" }, "change"),
  edit("createdBy passes to the editor", { createdBy: "lan" }, "change"),
  edit("device changes", { device: "phone-2" }, "change"),
  edit("deviceTime changes", { deviceTime: "2026-03-01T00:00:00.000Z" }, "change"),
  edit("a plan item goes to another case", { case: other }, "change", samples.plan_item),
  edit("the type changes", { ...samples.plan_item, history: [] }, "change"),
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
  edit("an entry joins", { history: [entry(1), entry(2), entry(3)] }, "accepted"),
  edit("entries come in another order", { history: [entry(2), entry(3), entry(1)] }, "accepted"),
  edit("an entry vanishes", { history: [entry(2), entry(3)] }, "change"),
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
  edit("a history grows to its full length", { history: entries(2000) }, "accepted"),
  edit("a history grows beyond", { history: entries(2001) }, "schema"),
  edit("another server drops an entry", { history: [entry(2)] }, "change", old, ["replicator"]),
];

const unknown: readonly Cell[] = [
  edit("an unknown field stays", { owner: "lan" }, "accepted"),
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

export const changeCells: readonly Cell[] = [...stamps, ...history, ...unknown, ...time, ...unchanging];
