// Writes records of the directory: what everybody who works with the product may know of sites and accounts (D3).
import { newId } from "#src/domain/record/ids.ts";
import { directoryDatabase } from "#src/domain/record/databases.ts";
import type { Definition } from "#src/domain/record/define.ts";
import { deepEqual } from "#src/domain/record/equal.ts";
import { leavesOf } from "#src/domain/record/field.ts";
import { valueAt } from "#src/domain/record/schema.ts";
import { documentPath, type CouchClient } from "#server/couch-client/couch-client.ts";
import { isObject, parseJsonText, type Json, type JsonObject } from "#server/couch/json.ts";
import type { Step } from "./step.ts";

export interface Surroundings {
  /** Unix time in milliseconds. */
  now: () => number;
  randomBytes: (count: number) => Uint8Array;
}

/** Stands as `device` in what provisioning writes. */
const DEVICE = "provision";

export interface WantedRecord {
  definition: Definition;
  id: string;
  /** The fields of the record; members that are undefined are left out. */
  fields: JsonObject;
}

/** The step that makes the record or brings it up to date; undefined where it stands as wanted. */
export async function recordStep(
  { definition, id, fields }: WantedRecord,
  couch: CouchClient,
  around: Surroundings,
): Promise<Step | undefined> {
  const path = documentPath(directoryDatabase, id);
  const found = await couch.read(path);
  const current = isObject(found) ? found : undefined;
  const changed = leavesOf(definition.fields)
    .map(([leaf]) => leaf)
    .filter((leaf) => !deepEqual(valueAt(current, leaf), valueAt(fields, leaf)));
  if (current !== undefined && changed.length === 0) return undefined;
  return {
    what: `${current === undefined ? "enter" : "update"} ${id} in the directory`,
    run: async () => {
      const at = new Date(around.now()).toISOString();
      const by = couch.user;
      const stamps = { updatedAt: at, updatedBy: by };
      const created = { createdAt: at, createdBy: by, device: DEVICE, deviceTime: at };
      const { type, version } = definition;
      const history = historyOf(current);
      const entries = changed.map((leaf) => ({
        id: newId(around.randomBytes),
        at,
        by,
        device: DEVICE,
        field: leaf,
        ...jsonMember("from", valueAt(current, leaf)),
        ...jsonMember("to", valueAt(fields, leaf)),
        // Nobody else writes here: each entry follows the one before it.
        after: history
          .flatMap(({ id: earlier, field }) =>
            field === leaf && typeof earlier === "string" ? [earlier] : [],
          )
          .slice(-1),
      }));
      const record: JsonObject =
        current === undefined
          ? { _id: id, id, type, version, ...created, ...stamps, ...fields }
          : {
              ...without(current, Object.keys(definition.fields)),
              ...fields,
              ...stamps,
              version,
              history: [...history, ...entries],
            };
      await couch.write("PUT", path, record);
    },
  };
}

function historyOf(record: JsonObject | undefined): readonly JsonObject[] {
  const history = record?.["history"];
  return Array.isArray(history) ? history.filter(isObject) : [];
}

const without = (record: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));

// What is compared comes out of JSON and goes into JSON; `valueAt` does not know that.
function jsonMember(name: string, value: unknown): Record<string, Json> {
  return value === undefined ? {} : { [name]: parseJsonText(JSON.stringify(value), Infinity) };
}
