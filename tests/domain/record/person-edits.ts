// Edits of one person's record by people who work apart: single ones, and any scripts of them.
import fc from "fast-check";
import { amended, type Acting } from "#src/domain/commands/command.ts";
import { person, type Person } from "#src/domain/records/person.ts";

export const day = (date: number) => `2026-11-${String(date).padStart(2, "0")}T08:00:00.000Z`;
let ids = 0;
export const newId = () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, "0")}`;

export function acting(name: string, date: number): Acting {
  const bytes = () => {
    ids += 1;
    return Uint8Array.from({ length: 16 }, (_, index) => (ids >> ((index % 4) * 8)) & 0xff);
  };
  const user = { name, roles: [] };
  return { now: day(date), deviceTime: day(date), user, device: `phone-of-${name}`, randomBytes: bytes };
}

export const stamps = { version: 1, createdAt: day(1), createdBy: "an", device: "d", deviceTime: day(1) };
export const updated = { updatedAt: day(1), updatedBy: "an" };
export const hoa: Person = {
  id: newId(),
  type: "person",
  ...stamps,
  ...updated,
  displayName: "Hòa",
  languagesRead: ["vi"],
};
/** A value of undefined clears the question. */
export type Values = { readonly [K in keyof Person]?: Person[K] | undefined };
export const edit = (record: Person, name: string, date: number, values: Values) =>
  amended(person, record, { ...values }, acting(name, date));
/** One change of one question. */
const changes = fc.oneof(
  fc.record({ displayName: fc.constantFrom("A", "B", "C") }),
  fc.record({ sex: fc.constantFrom("female", "male", "other") }),
  fc.record({ childrenCount: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ languagesRead: fc.uniqueArray(fc.constantFrom("vi", "en", "zh", "ja"), { minLength: 1 }) }),
  fc.record({
    safeContact: fc.record({ way: fc.constantFrom("phone", "visit"), hours: fc.constantFrom("1", "2") }),
  }),
  fc.record({ sex: fc.constant(undefined), unanswered: fc.constant({ sex: "declined" }) }),
  fc.record({ homeArea: fc.record({ commune: fc.constantFrom("X", "Y") }) }),
) as fc.Arbitrary<Values>;

/** What is left after a script of changes, one a day. */
export function edited(record: Person, name: string, list: readonly Values[]): Person {
  let version = record;
  for (const [index, change] of list.entries()) {
    const asked = Object.hasOwn(change, "unanswered") ? change : withoutReasons(version, change);
    version = edit(version, name, 2 + index, asked);
  }
  return version;
}
/** A new value takes the place of a reason. */
function withoutReasons(version: Person, change: Values): Values {
  const left = Object.entries(version.unanswered ?? {}).filter(([path]) => !Object.hasOwn(change, path));
  const reasons = left.length === 0 ? undefined : Object.fromEntries(left);
  return Object.assign({ ...change }, { unanswered: reasons });
}

export const scripts = fc.array(changes, { maxLength: 4 });
