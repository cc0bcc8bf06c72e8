// Writes a demo into an empty record store, once; an interrupted run is continued with the same records.
import { randomBytes } from "node:crypto";
import type { AnyRecord } from "#src/domain/record/define.ts";
import type { Change } from "#src/domain/ports/store.ts";
import { CouchFault, type CouchClient } from "#server/couch-client/couch-client.ts";
import { isObject } from "#server/couch/json.ts";
import { writeInstallation, type Country, type Installation } from "#server/provision/installation.ts";
import { planSteps, runSteps } from "#server/provision/provision.ts";
import type { IdentityFile } from "#server/provision/recovery-key.ts";
import { demos } from "./demo.ts";
import { seededBytes } from "./seeded-bytes.ts";
import { storyteller } from "./storyteller.ts";

export interface SeedOptions {
  country: Country;
  /** What the store says of itself, if an earlier run was interrupted. */
  installation: Installation | undefined;
  identityFile: IdentityFile;
  now: () => number;
}

const BATCH = 100;

/** @throws CouchFault where the record store cannot be asked */
export async function seedDemo(couch: CouchClient, options: SeedOptions): Promise<void> {
  const { country, now } = options;
  const begun = options.installation?.demo ?? {
    at: new Date(now()).toISOString(),
    seed: randomBytes(16).toString("hex"),
    complete: false,
  };
  await writeInstallation(couch, { country, demo: begun });
  const { plan, passwords } = demos[country];
  const steps = await planSteps(plan, couch, {
    prune: false,
    now,
    randomBytes: (count) => randomBytes(count),
    identityFile: options.identityFile,
    lastingPassword: (name) => passwords[name],
    handOut: (name) => {
      throw new Error(`The demo has no password for ${name}.`);
    },
  });
  if (!steps.ok) throw new Error("The demo does not fit the store it was begun in.");
  await runSteps(steps.value, () => undefined);
  for (const [database, records] of demoRecords(country, begun))
    for (let start = 0; start < records.length; start += BATCH)
      await write(couch, database, records.slice(start, start + BATCH));
  await writeInstallation(couch, { country, demo: { ...begun, complete: true } });
}

/** The records of a demo as they stand at its end, by database. */
export function demoRecords(
  country: Country,
  { at, seed }: { at: string; seed: string },
): ReadonlyMap<string, readonly AnyRecord[]> {
  const { plan, tell } = demos[country];
  const story = storyteller(plan, { at: Date.parse(at), randomBytes: seededBytes(seed) });
  tell(story.tell);
  const last = new Map<string, Change>(story.written.map((change) => [change.record.id, change]));
  const byDatabase = new Map<string, AnyRecord[]>();
  for (const { database, record } of last.values())
    byDatabase.set(database, [...(byDatabase.get(database) ?? []), record]);
  return byDatabase;
}

async function write(couch: CouchClient, database: string, records: readonly AnyRecord[]): Promise<void> {
  const docs = records.map((record) => ({ _id: record.id, ...record }));
  const rows = await couch.write("POST", `/${database}/_bulk_docs`, { docs });
  for (const row of Array.isArray(rows) ? rows : []) {
    // A conflict is a record that an interrupted run has already written.
    if (isObject(row) && row["error"] !== undefined && row["error"] !== "conflict")
      throw new CouchFault(undefined, `${database} refuses a record: ${JSON.stringify(row)}`);
  }
}
