// What the record rule must know of each record type: plain JSON made from the descriptions in the domain.
import {
  directoryDatabase,
  identityDatabase,
  siteDatabase,
  siteIdPattern,
} from "#src/domain/record/databases.ts";
import { type Definition, nonAnswers } from "#src/domain/record/define.ts";
import { knownFields } from "#src/domain/record/check.ts";
import { type Field, type Fields, leavesOf } from "#src/domain/record/field.ts";
import { slipMs } from "#src/domain/record/grade.ts";
import { directoryIdPattern, recordIdPattern } from "#src/domain/record/ids.ts";
import { entryFields, maxAfter, maxHistory, maxNewEntries, maxReason } from "#src/domain/record/schema.ts";
import { definitions } from "#src/domain/records/index.ts";

interface RuleField {
  readonly kind: Field["kind"];
  readonly required: boolean;
  readonly max?: number;
  readonly min?: number;
  readonly maxItems?: number;
  readonly codes?: readonly string[];
  readonly loweredBy?: readonly string[];
  readonly coarsest?: string;
  readonly fields?: Readonly<Record<string, RuleField>>;
  /** Of a group: changes as one. */
  readonly unit?: boolean;
}

/** What a version of a type holds. */
interface RuleShape {
  readonly known: readonly string[];
  readonly leaves: readonly string[];
  readonly fields: Readonly<Record<string, RuleField>>;
}

interface RuleType extends RuleShape {
  readonly version: number;
  /** What the name of a database must look like to hold the type; text of a regular expression. */
  readonly database: string;
  readonly mutability: "append" | "mutable";
  readonly ofCase: boolean;
  readonly writers: readonly string[];
  /** The field that must say the site of the database. */
  readonly writtenAt?: string;
  readonly transitions?: readonly { from: readonly string[]; to: string; roles: readonly string[] }[];
  readonly id: string;
  /** The version before, which is still accepted (D16). */
  readonly before?: RuleShape;
}

export interface RuleTable {
  readonly types: Readonly<Record<string, RuleType>>;
  readonly recordId: string;
  readonly nonAnswers: readonly string[];
  readonly immutable: readonly string[];
  readonly maxHistory: number;
  /** For how long somebody may take back an own raising of a grade. */
  readonly slipMs: number;
  /** Names of what an entry of history may hold. */
  readonly entryFields: readonly string[];
  readonly maxAfter: number;
  readonly maxReason: number;
  readonly maxNewEntries: number;
  /** How soon the centre must hear that an own raising was a slip. */
  readonly maxSlipDelayMs: number;
  /** How far a clock may run ahead before a record is refused (D17). */
  readonly maxDriftMs: number;
}

const databasePattern = {
  site: `^${siteDatabase(siteIdPattern)}$`,
  identity: `^${identityDatabase(siteIdPattern)}$`,
  directory: `^${directoryDatabase}$`,
} as const;

function ruleField(field: Field): RuleField {
  const required = field.required ?? false;
  switch (field.kind) {
    case "text":
    case "note":
      return { kind: field.kind, required, max: field.max };
    case "code":
      return {
        kind: field.kind,
        required,
        codes: field.list.codes,
        ...(field.loweredBy ? { loweredBy: field.loweredBy } : {}),
      };
    case "codes":
      return { kind: field.kind, required, codes: field.list.codes, maxItems: field.maxItems };
    case "number":
      return { kind: field.kind, required, min: field.min, max: field.max };
    case "date":
      return { kind: field.kind, required, coarsest: field.coarsest };
    case "texts":
      return { kind: field.kind, required, max: field.max, maxItems: field.maxItems };
    case "group":
      return { kind: field.kind, required, fields: ruleFields(field.fields), unit: field.unit };
    case "yesNo":
    case "instant":
    case "link":
      return { kind: field.kind, required };
  }
}

const ruleFields = (fields: Fields): Record<string, RuleField> =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, ruleField(field)]));

const ruleShape = (definition: Pick<Definition, "mutability" | "ofCase" | "fields">): RuleShape => ({
  known: [...knownFields(definition)],
  leaves: leavesOf(definition.fields).map(([path]) => path),
  fields: ruleFields(definition.fields),
});

function ruleType(definition: Definition): RuleType {
  const before = definition.earlier[definition.version - 1];
  return {
    version: definition.version,
    database: databasePattern[definition.database],
    mutability: definition.mutability,
    ofCase: definition.ofCase,
    writers: definition.writers,
    ...(definition.writtenAt === undefined ? {} : { writtenAt: definition.writtenAt }),
    ...(definition.transitions ? { transitions: definition.transitions } : {}),
    id: (definition.database === "directory" ? directoryIdPattern : recordIdPattern).source,
    ...ruleShape(definition),
    ...(before ? { before: ruleShape({ ...definition, fields: before.fields }) } : {}),
  };
}

export const ruleTable: RuleTable = {
  types: Object.fromEntries(
    Object.entries(definitions).map(([type, definition]) => [type, ruleType(definition)]),
  ),
  recordId: recordIdPattern.source,
  nonAnswers,
  immutable: ["id", "type", "case", "createdAt", "createdBy", "device", "deviceTime"],
  maxHistory,
  slipMs,
  entryFields,
  maxAfter,
  maxReason,
  maxNewEntries,
  maxSlipDelayMs: 24 * 3_600_000,
  maxDriftMs: 10 * 60_000,
};
