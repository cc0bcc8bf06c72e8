// Random records that are nearly valid: each spoiled in one or two ways that a bug, an old phone or an adversary might.
import fc from "fast-check";
import { databaseName } from "#src/domain/record/databases.ts";
import type { Definition } from "#src/domain/record/define.ts";
import { type Field, type Fields, leavesOf } from "#src/domain/record/field.ts";
import { definitions } from "#src/domain/records/index.ts";
import { unitsOf } from "#src/domain/record/unit.ts";
import { type JsonRecord, validRecords } from "./record-arbitrary.ts";

/** A record on its way into a database, over the one that lies there. All three as they come out of `JSON.parse`. */
export interface Specimen {
  readonly database: string;
  readonly record: JsonRecord;
  readonly previous?: JsonRecord;
}
type Writable = Record<string, unknown>;

const nested = (depth: number): unknown => (depth === 0 ? "deep" : { deeper: [nested(depth - 1)] });
const dates = [
  ...[
    "2026-02-29",
    "2024-02-29",
    "2026-13",
    "2026-00-10",
    "2026-1-1",
    "1899-12-31",
    "2200-01-01",
    "1998",
    "1998-03",
  ],
  ...[
    "26-11-22",
    "2026-11-22 ",
    "2026-11-22\n",
    "２０２６-11-22",
    "2026-11-22T07:05:00.000Z",
    "2026-11-22T24:00:00.000Z",
  ],
  ...[
    "2026-11-22T07:05:00Z",
    "2026-11-22T07:05:60.000Z",
    "2026-11-22T07:05:00.000+07:00",
    "2026-02-30T00:00:00.000Z",
  ],
];
const texts = [
  ...["", " ", "x", "\u0000", "a\u0007b", "two\nlines", "a\tb", "a\rb", "\u007f", "\ud800", "a\udfffb", "\udc00\ud800"],
  ...dates,
  ...["constructor", "__proto__", "hasOwnProperty", "none", "true", "0", "vn-gso-48", "site:vn-gso-48", "VN", "high"],
  ...["F47AC10B-58CC-4372-A567-0E02B2C3D479", "f47ac10b-58cc-4372-a567-0e02b2c3d479", "f47ac10b-58cc-4372-a567-0e02b2c3d479\n"],
]; // prettier-ignore
const numbers = [0, -1, 1, 1.5, 2, 29, 30, 31, 121, 1e12, 1e12 + 1, 2 ** 53, 1e308, -1e308, 5e-324];
const others = [null, true, false, [], {}, [[]], [null], ["vi", "vi"], ["en", 1], { length: 1 }, { 0: "a" }];
const odd = fc.constantFrom<unknown>(...texts, ...numbers, ...others, nested(3), nested(60));
const reserved = ["constructor", "toString", "hasOwnProperty", "__proto__", "valueOf", "length", "prototype"];
const oddNames = fc.constantFrom(...reserved, "", "later", "Đào", "_secret", "a.b", "previous", "type ", "updatedAt", "corrects", "history", "case"); // prettier-ignore

/** Sets an own member, `__proto__` too, as `JSON.parse` does. */
function put(holder: Writable, name: string, value: unknown): void {
  Object.defineProperty(holder, name, { value, writable: true, enumerable: true, configurable: true });
}

function holderOf(record: Writable, path: string): readonly [holder: Writable, name: string] {
  const steps = path.split(".");
  const name = steps.pop() ?? "";
  let holder = record;
  for (const step of steps) {
    const inner = holder[step];
    if (typeof inner !== "object" || inner === null) holder[step] = {};
    holder = holder[step] as Writable;
  }
  return [holder, name];
}

type Spoil = (specimen: { record: Writable; previous?: Writable; database: string }) => void;

/** Values just inside and just outside of what a field takes. */
function borders(field: Field): readonly unknown[] {
  switch (field.kind) {
    case "text":
    case "note":
      return ["a", "😀", "e\u0301", "ộ"].flatMap((letter) => [
        letter.repeat(field.max / [...letter].length),
        letter.repeat(field.max / [...letter].length) + "b",
        letter.repeat(field.max / [...letter].length - 1) + "\ud83d",
      ]);
    case "number":
      return [field.min - 1, field.min, field.max, field.max + 1, field.min + 0.5, String(field.min), -0];
    case "code":
      return [field.list.codes[0], `${field.list.codes[0]} `, field.list.codes[0]?.toUpperCase(), field.list.codes];
    case "codes":
      return [
        [],
        field.list.codes.slice(0, 40),
        [field.list.codes[0], field.list.codes[0]],
        [...field.list.codes, field.list.codes[0]],
        [field.list.codes[0], "elsewhere"],
        field.list.codes[0],
        { 0: field.list.codes[0], length: 1 },
      ];
    case "texts":
      return [Array(field.maxItems).fill("a"), Array(field.maxItems + 1).fill("a"), ["a", "a"], [""], ["😀".repeat(field.max)], ["a".repeat(field.max + 1)]];
    case "group":
      return [{}, [], "", null, { unheardOf: 1 }, JSON.parse('{"__proto__":1}'), { constructor: 1 }];
    case "date":
    case "instant":
      return dates;
    default:
      return ["", true, "false", null, 0];
  }
} // prettier-ignore

function everyField(fields: Fields, prefix = ""): readonly (readonly [string, Field])[] {
  return Object.entries(fields).flatMap(([name, field]) => [
    [prefix + name, field] as const,
    ...(field.kind === "group" ? everyField(field.fields, `${prefix}${name}.`) : []),
  ]);
}

function spoils(definition: Definition): fc.Arbitrary<Spoil> {
  const fields = everyField(definition.fields);
  const stamps = ["id", "type", "version", "createdAt", "createdBy", "device", "deviceTime", "case", "updatedAt", "updatedBy", "history", "corrects", "unanswered", "from", "to"]; // prettier-ignore
  const path = fc.constantFrom(...fields.map(([name]) => name), ...stamps);
  const leaf = fc.constantFrom(...leavesOf(definition.fields).map(([name]) => name));
  const units = unitsOf(definition);
  const question = units.find(({ field }) => !field.required)?.path ?? "none";
  const entry = { id: numbered(1), at: "2026-11-22T07:05:00.000Z", by: "hoa", device: "d", field: question, after: [] as string[] }; // prettier-ignore
  const told = fc.oneof(
    ...units.map(({ path: about, field, leaves }) =>
      fc.record(
        {
          field: fc.constantFrom(about, about, about, ...leaves, ...fields.map(([name]) => name)),
          to: fc.constantFrom(...borders(field)),
          from: fc.constantFrom(...borders(field)),
          toUnanswered: fc.dictionary(fc.constantFrom(...leaves, question, "x"), fc.constant("later"), { maxKeys: 1 }),
        },
        { requiredKeys: ["field"] },
      ),
    ),
  ); // prettier-ignore
  return fc.oneof(
    fc.tuple(path, odd).map(([name, value]): Spoil => ({ record }) => put(...holderOf(record, name), value)),
    path.map((name): Spoil => ({ record }) => {
      const [holder, last] = holderOf(record, name);
      Reflect.deleteProperty(holder, last);
    }),
    { weight: 6, arbitrary: fc.oneof(...fields.map(([name, field]) => fc.constantFrom(...borders(field)).map((value): Spoil => ({ record }) => put(...holderOf(record, name), value)))) },
    // What nobody knows: new, as it stood, changed, or with its members in another order.
    fc.tuple(oddNames, odd, fc.constantFrom("new", "kept", "changed", "turned", "dropped")).map(([name, value, how]): Spoil => (specimen) => {
      specimen.previous ??= structuredClone(specimen.record);
      if (how !== "dropped") put(specimen.record, name, how === "turned" ? { a: value, b: [1] } : value);
      if (how === "kept" || how === "dropped") put(specimen.previous, name, value);
      if (how === "changed") put(specimen.previous, name, [value]);
      if (how === "turned") put(specimen.previous, name, { b: [1], a: value });
    }),
    fc.tuple(oddNames, odd).map(([name, value]): Spoil => ({ record }) => put(record, name, value)),
    fc.tuple(fc.oneof(leaf, oddNames, path), fc.constantFrom<unknown>("declined", "later", "unknown", "never", null, 1)).map(([name, reason]): Spoil => ({ record }) => {
      const asked = typeof record["unanswered"] === "object" && record["unanswered"] !== null ? { ...record["unanswered"] } : {};
      put(asked, name, reason);
      record["unanswered"] = asked;
    }),
    fc.tuple(fc.constantFrom(...Object.keys(entry), "from", "to", "reason", "fromUnanswered", "toUnanswered", "more", "id", "__proto__", "toString"), odd).map(([name, value]): Spoil => ({ record }) => {
      const spoilt = { ...entry, id: numbered(2) };
      put(spoilt, name, name === "id" && value === true ? entry.id : value);
      record["history"] = [entry, spoilt];
    }),
    // What an entry tells, right or wrong: new, or told before.
    fc.tuple(told, fc.boolean()).map(([said, isHeld]): Spoil => (specimen) => {
      const history = [{ ...entry, ...said }];
      if (isHeld) specimen.previous ??= { ...structuredClone(specimen.record), history };
      specimen.record["history"] = history;
    }),
    historyLengths.map((count): Spoil => ({ record }) => void (record["history"] = Array.from({ length: count }, (_, index) => ({ ...entry, id: numbered(index % 2000) })))),
    fc.constantFrom<unknown>(0, 2, 3, "1", 1.5, null, -1).map((version): Spoil => ({ record }) => void (record["version"] = version)),
    fc.constantFrom("s-vn-gso-48", "p-vn-gso-48", "directory", "s-", "p-", "s-48", "s-VN", "x-vn-gso-48", "neo-ve", "_users", "", "s", `s-${"a".repeat(61)}`, `p-${"a".repeat(62)}`, "s-a/b", "directory2").map((database): Spoil => (specimen) => void (specimen.database = database)),
    fc.constantFrom(...Object.keys(definitions), "constructor", "__proto__", "").map((type): Spoil => ({ record }) => void (record["type"] = type)),
    fc.tuple(fc.constantFrom(...states, "none", null, 1), fc.constantFrom(...states, "none")).map(([from, to]): Spoil => ({ record }) => void Object.assign(record, { from, to })),
  ); // prettier-ignore
}
const numbered = (number: number) => `f47ac10b-58cc-4372-a567-${String(number).padStart(12, "0")}`;
// Long ones are slow to check, so they come seldom.
const historyLengths = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom(0, 3) },
  fc.constantFrom(1999, 2000, 2001),
);
const states = [definitions.status_event, definitions.stage_event].flatMap(
  ({ fields }) => fields.to.list.codes,
);

/** Specimens of one type: six in ten untouched. */
function specimensOf(definition: Definition): fc.Arbitrary<Specimen> {
  const done = fc.oneof(
    { weight: 5, arbitrary: fc.constant<Spoil[]>([]) },
    { weight: 5, arbitrary: fc.array(spoils(definition), { minLength: 1, maxLength: 2 }) },
  );
  return fc.tuple(validRecords(definition), done).map(([valid, all]) => {
    const specimen: { record: Writable; previous?: Writable; database: string } = {
      database: databaseName(definition.database, "vn-gso-48"),
      record: { ...valid },
    };
    for (const spoil of all) spoil(specimen);
    return JSON.parse(JSON.stringify(specimen)) as Specimen;
  });
}

/** Specimens of all types. */
export const specimens: fc.Arbitrary<Specimen> = fc.oneof(...Object.values(definitions).map(specimensOf));
