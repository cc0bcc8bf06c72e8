// What lies of a case in the databases of a site, read with the front door's own rights.
import { z } from "zod";
import { identityDatabase, siteDatabase } from "#src/domain/record/databases.ts";
import type { AnyRecord } from "#src/domain/record/define.ts";
import { isStamped } from "#src/domain/record/stamped.ts";
import type { CouchClient } from "#server/couch-client/couch-client.ts";
import type { JsonObject } from "#server/couch/json.ts";
import { readLying } from "./lying-record.ts";

/** A record with the revision in which it was read. */
export interface Held {
  readonly rev: string;
  readonly record: AnyRecord;
}

/** These tell of the transfer and lie at both sites; they do not travel with the case. */
const OF_THE_TRANSFER = ["transfer", "transfer_answer", "moved_case"];
export const tellsOfTransfer = ({ type }: AnyRecord): boolean => OF_THE_TRANSFER.includes(type);
const PAGE = 50;
/** More than any site has of one case; whoever goes on writing while it is read shall not hold it for ever. */
const MOST_PAGES = 400;

const pageSchema = z.object({
  last_seq: z.union([z.string(), z.number()]).transform(String),
  results: z.array(
    z.object({ deleted: z.boolean().optional(), doc: z.looseObject({ _rev: z.string() }).nullish() }),
  ),
});

/** Pages of live records that a selector fits. */
async function* matching(
  admin: CouchClient,
  database: string,
  selector: JsonObject,
): AsyncGenerator<readonly Held[]> {
  let since = "0";
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const query = new URLSearchParams({
      filter: "_selector",
      include_docs: "true",
      limit: String(PAGE),
      since,
    });
    const path = `/${encodeURIComponent(database)}/_changes?${query.toString()}`;
    const { results, last_seq } = pageSchema.parse(await admin.write("POST", path, { selector }));
    if (results.length === 0) return;
    yield results.flatMap(({ deleted, doc }) => {
      if (deleted === true || !doc) return [];
      const { _id, _rev: rev, ...record } = doc;
      return isStamped(record) ? [{ rev, record }] : [];
    });
    since = last_seq;
  }
}

/** Everything that belongs to the case but the case's own record and what tells of transfers. */
export const childrenOf = (admin: CouchClient, site: string, caseId: string) =>
  matching(admin, siteDatabase(site), { case: caseId, type: { $nin: OF_THE_TRANSFER } });

/** Answers that people have written in the site's database. */
export async function answersAt(
  admin: CouchClient,
  site: string,
  transfer: string,
): Promise<readonly AnyRecord[]> {
  const found: AnyRecord[] = [];
  for await (const page of matching(admin, siteDatabase(site), { type: "transfer_answer", transfer }))
    found.push(...page.map(({ record }) => record));
  return found;
}

/** Cases of which the site's database says that they have left. */
export async function casesLeft(admin: CouchClient, site: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for await (const page of matching(admin, siteDatabase(site), { type: "moved_case" }))
    for (const { record } of page) if (record.case !== undefined) found.add(record.case);
  return found;
}

const caseSchema = z.object({ type: z.literal("case"), person: z.string().optional() });

/** The case's own record where it is live there. */
export async function caseAt(
  admin: CouchClient,
  site: string,
  caseId: string,
): Promise<(Held & { person: string | undefined }) | undefined> {
  const lying = await readLying(admin, siteDatabase(site), caseId);
  if (lying.is !== "record") return undefined;
  const said = caseSchema.safeParse(lying.record).data;
  return said && { ...lying, person: said.person };
}

export async function personAt(admin: CouchClient, site: string, person: string): Promise<Held | undefined> {
  const lying = await readLying(admin, identityDatabase(site), person);
  return lying.is === "record" && lying.record.type === "person" ? lying : undefined;
}

/** Whether a live case of the site other than this one is about the person. */
export async function hasOtherCase(
  admin: CouchClient,
  site: string,
  person: string,
  caseId: string,
): Promise<boolean> {
  for await (const page of matching(admin, siteDatabase(site), { type: "case", person }))
    if (page.some(({ record }) => record.id !== caseId)) return true;
  return false;
}
