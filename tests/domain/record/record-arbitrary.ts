// Random valid records of any described type, made from the description alone and not from the check under test.
import fc from "fast-check";
import type { Definition } from "#src/domain/record/define.ts";
import { type Field, type Fields, leavesOf } from "#src/domain/record/field.ts";
import { unitsOf } from "#src/domain/record/unit.ts";

export type JsonRecord = Readonly<Record<string, unknown>>;

const twoDigits = (value: number) => String(value).padStart(2, "0");
const day = fc.date({ min: new Date("1900-01-01"), max: new Date("2199-12-31"), noInvalidDate: true });
const dateOf = { day: 10, month: 7, year: 4 } as const;
const instants = day.map((date) => date.toISOString());
const ids = fc.uuid();
const names = fc.constantFrom("hoa", "lan.nguyen", "y-dhăm", "Trần Thị Tý");

/** One letter as people count: plain, with marks, composed or not, outside the first plane, or just odd. */
const letters = fc.constantFrom("a", "Z", "9", " ", ".", "-", "'", '"', "\\", "ộ", "Đ", "\u0301", "😀", "𠀋", "\u2028", "\u0085", "\uFEFF"); // prettier-ignore
const lineBreaks = fc.constantFrom("\n", "\t");

function texts(max: number, lines: "one" | "many"): fc.Arbitrary<string> {
  const unit = lines === "many" ? fc.oneof({ weight: 9, arbitrary: letters }, lineBreaks) : letters;
  const short = fc.string({ unit, minLength: 1, maxLength: Math.min(max, 12) });
  // Exactly as long as allowed; in UTF-16 units some of these are twice that.
  const full = unit.map((letter) => letter.repeat(max));
  return max > 500 ? short : fc.oneof({ weight: 12, arbitrary: short }, full);
}

function values(field: Field): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case "text":
      return texts(field.max, "one");
    case "note":
      return texts(field.max, "many");
    case "code":
      return fc.constantFrom(...field.list.codes);
    case "codes":
      return fc.uniqueArray(fc.constantFrom(...field.list.codes), { maxLength: Math.min(field.maxItems, 5) });
    case "number":
      return fc.oneof(
        fc.integer({ min: field.min, max: Math.min(field.max, 0x7fffffff) }),
        fc.constantFrom(field.min, field.max),
      );
    case "yesNo":
      return fc.boolean();
    case "date": {
      const exact = (["day", "month", "year"] as const).slice(0, 1 + ["day", "month", "year"].indexOf(field.coarsest)); // prettier-ignore
      return fc.tuple(day, fc.constantFrom(...exact)).map(([date, precision]) => {
        const text = `${date.getUTCFullYear()}-${twoDigits(date.getUTCMonth() + 1)}-${twoDigits(date.getUTCDate())}`;
        return text.slice(0, dateOf[precision]);
      });
    }
    case "instant":
      return instants;
    case "link":
      return ids;
    case "texts":
      return fc.array(texts(field.max, "one"), { maxLength: 3 });
    case "group":
      return holders(field.fields);
  }
}

function holders(fields: Fields): fc.Arbitrary<Record<string, unknown>> {
  const requiredKeys = Object.keys(fields).filter((name) => fields[name]?.required);
  const model = Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, field.required ? values(field) : sparse(field)]),
  );
  return fc.record(model, { requiredKeys });
}

/** Half of what may be absent is absent, or records would be slow to make and all alike. */
function sparse(field: Field): fc.Arbitrary<unknown> {
  return fc.option(values(field), { nil: undefined, freq: 2 });
}

/** One that tells a change of one of the questions: a value, or a reason for none, or what needs neither. */
const historyEntries = (definition: Definition) =>
  fc.oneof(
    ...unitsOf(definition).map(({ path, field, leaves }) =>
      fc.record(
        {
          id: ids,
          at: instants,
          by: names,
          device: names,
          field: fc.constant(path),
          from: values(field),
          to: values(field),
          after: fc.uniqueArray(ids, { maxLength: 3 }),
          reason: texts(1000, "many"),
          ...(field.kind === "group" || field.required
            ? {}
            : {
                fromUnanswered: fc.constantFrom({}, { [leaves[0] ?? path]: "declined" }),
                toUnanswered: fc.constantFrom({}, { [leaves[0] ?? path]: "later" }),
              }),
        },
        { requiredKeys: ["id", "at", "by", "device", "field", "after", ...(field.required ? (["to"] as const) : [])] },
      ).map(({ fromUnanswered, toUnanswered, ...entry }) => ({
        ...entry,
        ...(fromUnanswered && entry.from === undefined && { fromUnanswered }),
        ...(toUnanswered && entry.to === undefined && { toUnanswered }),
      })),
    ),
  ); // prettier-ignore

function at(holder: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((value, step) => (typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined), holder); // prettier-ignore
}

/** A valid record of the type, as it comes out of `JSON.parse`. */
export function validRecords(definition: Definition): fc.Arbitrary<JsonRecord> {
  const mutable = definition.mutability === "mutable";
  const steps = definition.transitions?.flatMap(({ from, to }) =>
    from.map((state) => (state === "none" ? { to } : { from: state, to })),
  );
  const stamps = fc.record({
    id: definition.database === "directory" ? fc.constantFrom("site:vn-gso-48", "account:hoa") : ids,
    type: fc.constant(definition.type),
    version: fc.constant(definition.version),
    createdAt: instants,
    createdBy: names,
    device: names,
    deviceTime: instants,
    ...(definition.ofCase ? { case: ids } : {}),
    ...(mutable ? { updatedAt: instants, updatedBy: names } : {}),
  });
  const optional: Record<string, fc.Arbitrary<unknown>> = mutable
    ? { history: fc.array(historyEntries(definition), { maxLength: 2 }) }
    : { corrects: ids };
  const reasons = fc.dictionary(
    fc.constantFrom(...leavesOf(definition.fields).map(([path]) => path)),
    fc.constantFrom("declined", "later", "unknown"),
    { maxKeys: 3 },
  );
  return fc
    .tuple(
      stamps,
      holders(definition.fields),
      fc.record(optional, { requiredKeys: [] }),
      fc.option(reasons, { freq: 2, nil: undefined }),
      steps ? fc.constantFrom(...steps) : fc.constant(undefined),
    )
    .map(([stamped, held, more, asked, step]) => {
      const body: Record<string, unknown> = { ...held };
      if (step) {
        delete body["from"];
        Object.assign(body, step);
      }
      const open = Object.entries(asked ?? {}).filter(([path]) => at(body, path) === undefined);
      const unanswered = asked ? { unanswered: Object.fromEntries(open) } : {};
      return JSON.parse(JSON.stringify({ ...stamped, ...body, ...more, ...unanswered })) as JsonRecord;
    });
}
