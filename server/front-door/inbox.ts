// The quarantine inbox: what a device had not sent when its account lost the right to the site (D4). An operator looks at it.
import { createHash } from "node:crypto";
import { z } from "zod";
import { recordIdPattern } from "#src/domain/record/ids.ts";
import { rowsOf } from "#server/couch-client/all-documents.ts";
import type { CouchClient } from "#server/couch-client/couch-client.ts";
import { isObject, type Json } from "#server/couch/json.ts";
import { ownDatabase } from "#server/provision/databases.ts";
import { caseDatabase } from "./case-database.ts";

const recordSchema = z.looseObject({ id: z.string().regex(recordIdPattern) });
const handedSchema = z.strictObject({
  database: caseDatabase,
  records: z
    .array(
      z.strictObject({
        record: recordSchema,
        state: z.enum(["local", "sent", "central", "refused"]),
        rev: z.string().max(100).optional(),
        /** Why the centre had refused it. */
        reason: z.string().max(2000).optional(),
      }),
    )
    .max(50),
  /** Forms that were begun for it and not finished. */
  drafts: z
    .array(z.looseObject({ id: z.string().min(1).max(100) }))
    .max(50)
    .optional(),
});
export type Handed = z.output<typeof handedSchema>;
export const readHanded = (said: Json): Handed | undefined => handedSchema.safeParse(said).data;

export interface Inbox {
  /**
   * Ids of the records and drafts that are kept for good now; the same one twice is one.
   * @param options.isOurs the front door itself puts it aside, out of the database of a site: however full the inbox is, since
   * a case that is on its way would wait for whoever has filled it
   */
  keep(account: string, handed: Handed, options?: { readonly isOurs?: boolean }): Promise<readonly string[]>;
}

/** More than a device can have unsent; nobody shall fill the record store. */
const MOST_OF_ACCOUNT = 20_000;

export function inbox(deps: {
  admin: CouchClient;
  /** Unix time in milliseconds. */
  now: () => number;
  most?: number;
}): Inbox {
  const { admin, now, most = MOST_OF_ACCOUNT } = deps;
  return {
    async keep(account, { database, records, drafts = [] }, { isOurs = false } = {}) {
      const items = [...records, ...drafts.map((draft) => ({ draft }))];
      if (items.length === 0) return [];
      const prefix = `inbox:${account}:`;
      if (!isOurs && (await rowsOf(admin, ownDatabase, prefix)).length + items.length > most) return [];
      const receivedAt = new Date(now()).toISOString();
      const docs = items.map((item) => {
        const content = JSON.stringify([database, "record" in item ? item.record : item]);
        const _id = prefix + createHash("sha256").update(content).digest("hex");
        return { _id, account, database, receivedAt, ...item };
      });
      const answer = await admin.write("POST", `/${ownDatabase}/_bulk_docs`, { docs });
      const outcomes = Array.isArray(answer) ? answer : [];
      return items.flatMap((item, index) => {
        const { id } = "record" in item ? item.record : item.draft;
        return isKept(outcomes[index]) ? [id] : [];
      });
    },
  };
}

/** Written now, or with an earlier request whose answer was lost: the id says what is in it. */
const isKept = (outcome: Json | undefined): boolean =>
  outcome !== undefined && isObject(outcome) && (outcome["ok"] === true || outcome["error"] === "conflict");
