// Zod schemas derived from a record's description: the check at the store's door.
import { z } from "zod";
import { type Definition, nonAnswers } from "./define.ts";
import { isDate, isInstant } from "./dates.ts";
import { type Field, type Fields, leavesOf } from "./field.ts";
import { directoryIdPattern, recordIdPattern } from "./ids.ts";
import { codePoints, isCleanText } from "./text.ts";

// Zod's compiled checks call `new Function`, which the content security policy forbids.
z.config({ jitless: true });

export const maxHistory = 2000;
/** How many entries one entry may name as those before it; and the length of its reason. */
export const maxAfter = 50;
export const maxReason = 1000;
/** How many entries one write may bring: more than anybody makes of one record while away, fewer than harm it. */
export const maxNewEntries = 500;

const textOf = (max: number, lines: "one" | "many") =>
  z
    .string()
    .min(1)
    .refine((value) => codePoints(value) <= max, { error: `longer than ${max}` })
    .refine((value) => isCleanText(value, lines), { error: "not clean text" });
const instant = z.string().refine(isInstant, { error: "not an instant" });
const id = z.string().regex(recordIdPattern);
const name = textOf(64, "one");
const reason = z.enum(nonAnswers).optional();

/** What a value of the field must be, where there is one. */
export function valueSchema(field: Field): z.ZodType {
  switch (field.kind) {
    case "text":
      return textOf(field.max, "one");
    case "note":
      return textOf(field.max, "many");
    case "code":
      return z.enum(field.list.codes);
    case "codes":
      return z
        .array(z.enum(field.list.codes))
        .max(field.maxItems)
        .refine((items) => new Set(items).size === items.length, { error: "a code twice" });
    case "number":
      return z.int().min(field.min).max(field.max);
    case "yesNo":
      return z.boolean();
    case "date":
      return z.string().refine((value) => isDate(value, field.coarsest), { error: "not a date" });
    case "instant":
      return instant;
    case "link":
      return id;
    case "texts":
      return z.array(textOf(field.max, "one")).max(field.maxItems);
    case "group":
      return z.strictObject(shapeOf(field.fields));
  }
}

function shapeOf(fields: Fields): z.ZodRawShape {
  return Object.fromEntries(
    Object.entries(fields).map(([key, field]) => [
      key,
      field.required ? valueSchema(field) : valueSchema(field).optional(),
    ]),
  );
}

const historyEntry = z.strictObject({
  id,
  at: instant,
  by: name,
  device: name,
  field: textOf(100, "one"),
  from: z.unknown().optional(),
  to: z.unknown().optional(),
  fromUnanswered: z.record(textOf(100, "one"), z.enum(nonAnswers)).optional(),
  toUnanswered: z.record(textOf(100, "one"), z.enum(nonAnswers)).optional(),
  after: z.array(id).max(maxAfter),
  reason: textOf(maxReason, "many").optional(),
});

export type WrittenEntry = z.infer<typeof historyEntry>;
/** Whether it has the shape of an entry; what it says of its unit is for `entry-check.ts`. */
export const isEntry = (entry: unknown): entry is WrittenEntry => historyEntry.safeParse(entry).success;

/** Names of what an entry of history may hold. */
export const entryFields: readonly string[] = Object.keys(historyEntry.shape);

const history = z
  .array(historyEntry)
  .max(maxHistory)
  .refine((entries) => new Set(entries.map((entry) => entry.id)).size === entries.length, {
    error: "an entry twice",
  });

/** The value at a dotted path of a record. */
export function valueAt(record: unknown, path: string): unknown {
  let value = record;
  for (const step of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}

/** The whole record of a type, unknown fields passed through: who may bring them is decided by `checkRecord`. */
export function recordSchema(definition: Definition): z.ZodType {
  const paths = leavesOf(definition.fields).map(([path]) => path);
  const shape = {
    id: definition.database === "directory" ? z.string().regex(directoryIdPattern) : id,
    type: z.literal(definition.type),
    version: z.literal(definition.version),
    createdAt: instant,
    createdBy: name,
    device: name,
    deviceTime: instant,
    relayedBy: name.optional(),
    // Not a record of zod's: that would pass over a key called `__proto__`.
    unanswered: z.strictObject(Object.fromEntries(paths.map((path) => [path, reason]))).optional(),
    ...(definition.ofCase ? { case: id } : {}),
    ...(definition.mutability === "mutable"
      ? {
          updatedAt: instant,
          updatedBy: name,
          history: history.optional(),
        }
      : { corrects: id.optional() }),
    ...shapeOf(definition.fields),
  };
  return z.looseObject(shape).superRefine((record, context) => {
    for (const path of Object.keys(record.unanswered ?? {})) {
      if (valueAt(record, path) !== undefined) {
        context.addIssue({ code: "custom", path: ["unanswered", path], message: "has a value and a reason" });
      }
    }
    const step = definition.transitions;
    if (
      step &&
      !step.some((known) => known.to === record["to"] && known.from.includes(from(record["from"])))
    ) {
      context.addIssue({ code: "custom", path: ["to"], message: "no such step" });
    }
  });
}

const from = (value: unknown): string => (typeof value === "string" ? value : "none");
