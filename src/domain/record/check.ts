// The check at the store's door; the endpoint's rule, made from the same descriptions, answers the same.
import type { z } from "zod";
import { definitions, isRecordType } from "#src/domain/records/index.ts";
import { parseDatabase } from "./databases.ts";
import type { AnyRecord, Definition } from "./define.ts";
import { entryCheck } from "./entry-check.ts";
import { deepEqual } from "./equal.ts";
import { type Fields, leavesOf } from "./field.ts";
import { recordSchema } from "./schema.ts";

interface Checks {
  readonly schema: z.ZodType;
  readonly known: ReadonlySet<string>;
  readonly entries: ReturnType<typeof entryCheck>;
}
const checks = new Map<string, Checks>();

function checksOf(type: string, definition: Definition): Checks {
  let made = checks.get(type);
  if (!made) {
    made = {
      schema: recordSchema(definition),
      known: knownFields(definition),
      entries: entryCheck(definition),
    };
    checks.set(type, made);
  }
  return made;
}

/** Names at the top of a record of this type. */
export function knownFields(
  definition: Pick<Definition, "mutability" | "ofCase" | "fields">,
): ReadonlySet<string> {
  const stamps = [
    "id",
    "type",
    "version",
    "createdAt",
    "createdBy",
    "device",
    "deviceTime",
    "unanswered",
    "relayedBy",
  ];
  const own = definition.mutability === "mutable" ? ["updatedAt", "updatedBy", "history"] : ["corrects"];
  return new Set([
    ...stamps,
    ...own,
    ...(definition.ofCase ? ["case"] : []),
    ...Object.keys(definition.fields),
  ]);
}

/**
 * Everything wrong with a record that is to be written into `database`; empty when it is fine. Each problem is
 * `path: what`, never a value. A field nobody knows is accepted only as it already stands in `previous` (D16).
 */
export function checkRecord(
  database: string,
  record: Readonly<Record<string, unknown>> | object,
  previous?: object,
): readonly string[] {
  const type: unknown = Reflect.get(record, "type");
  if (!isRecordType(type)) return ["type: unknown"];
  const definition: Definition = definitions[type];
  if (parseDatabase(database)?.kind !== definition.database) return ["type: belongs in another database"];
  const { schema, known, entries } = checksOf(type, definition);
  const problems: string[] = [];
  for (const [name, value] of Object.entries(record)) {
    if (known.has(name)) continue;
    const kept = previous && Object.hasOwn(previous, name) && deepEqual(Reflect.get(previous, name), value);
    if (!kept) problems.push(`${name}: unknown field`);
  }
  const checked = schema.safeParse(record);
  for (const issue of checked.error?.issues ?? []) problems.push(`${issue.path.join(".")}: ${issue.message}`);
  return definition.mutability === "mutable" ? [...problems, ...entries(record, previous)] : problems;
}

/**
 * Whether a record of another version says what this one knows in the way this one reads it; what it says beside does
 * not matter (D16). One that does not would break every screen that counts on its fields. True for unknown types,
 * of which no screen expects anything.
 */
export function isReadable(record: AnyRecord): boolean {
  if (!isRecordType(record.type)) return true;
  const definition: Definition = definitions[record.type];
  const { version, fields } = definition;
  const paths = new Set(leavesOf(fields).map(([path]) => path));
  const reasons = Object.entries(record.unanswered ?? {}).filter(([path]) => paths.has(path));
  const known = { ...record, ...knownOnly(fields, record), version, unanswered: Object.fromEntries(reasons) };
  return checksOf(record.type, definition).schema.safeParse(known).success;
}

function knownOnly(fields: Fields, holder: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => Object.hasOwn(holder, name))
      .map(([name, field]): [string, unknown] => {
        const value: unknown = Reflect.get(holder, name);
        const isGroup = field.kind === "group" && typeof value === "object" && value !== null;
        return [name, isGroup ? knownOnly(field.fields, value) : value];
      }),
  );
}
