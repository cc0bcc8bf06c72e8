// Writes records of the directory: what everybody who works with the product may know of sites and accounts (D3).
import { amended, newRecord, type Acting, type Filled } from "#src/domain/commands/command.ts";
import { directoryDatabase } from "#src/domain/record/databases.ts";
import { instantOf } from "#src/domain/record/dates.ts";
import type { AnyRecord, Definition } from "#src/domain/record/define.ts";
import { isStamped } from "#src/domain/record/stamped.ts";
import { documentPath, type CouchClient } from "#server/couch-client/couch-client.ts";
import { isObject } from "#server/couch/json.ts";
import type { Step } from "./step.ts";

export interface Surroundings {
  /** Unix time in milliseconds. */
  now: () => number;
  randomBytes: (count: number) => Uint8Array;
}

export interface WantedRecord<D extends Definition> {
  definition: D;
  id: string;
  fields: Filled<D>;
}

/** The step that makes the record or brings it up to date; undefined where it stands as wanted. */
export async function recordStep<D extends Definition>(
  { definition, id, fields }: WantedRecord<D>,
  couch: CouchClient,
  around: Surroundings,
): Promise<Step | undefined> {
  const path = documentPath(directoryDatabase, id);
  const found = await couch.read(path);
  const current = isStamped(found) ? recordIn(found) : undefined;
  // What the plan says no more goes from the record.
  const values = Object.fromEntries(
    Object.keys(definition.fields).map((name): [string, unknown] => [name, Reflect.get(fields, name)]),
  );
  const next = (): AnyRecord => {
    const acting = actingOf(couch, around);
    return current === undefined
      ? newRecord(definition, acting, fields, id)
      : amended(definition, current, values, acting);
  };
  if (current !== undefined && next() === current) return undefined;
  return {
    what: `${current === undefined ? "enter" : "update"} ${id} in the directory`,
    run: async () => {
      const rev = isObject(found) ? found["_rev"] : undefined;
      await couch.write("PUT", path, { _id: id, ...(rev === undefined ? {} : { _rev: rev }), ...next() });
    },
  };
}

/** The operator, at a device that is none. */
function actingOf({ user }: CouchClient, { now, randomBytes }: Surroundings): Acting {
  const at = instantOf(now());
  return { now: at, deviceTime: at, user: { name: user, roles: [] }, device: "provision", randomBytes };
}

/** Without what the record store keeps beside it. */
function recordIn(document: AnyRecord): AnyRecord {
  const { _id, _rev, ...record } = { _id: undefined, _rev: undefined, ...document };
  return record;
}
