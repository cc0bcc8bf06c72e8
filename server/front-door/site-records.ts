// What lies of a case in the databases of a site, read with the front door's own rights.
import { z } from "zod";
import { identityDatabase, siteDatabase } from "#src/domain/record/databases.ts";
import type { AnyRecord } from "#src/domain/record/define.ts";
import { isStamped } from "#src/domain/record/stamped.ts";
import type { CouchClient } from "#server/couch-client/couch-client.ts";
import { documentsWith, type Lookup } from "./lookup.ts";
import { readLying } from "./lying-record.ts";

/** A record with the revision in which it was read. */
export interface Held {
  readonly rev: string;
  readonly record: AnyRecord;
}

/** These tell of the transfer and lie at both sites; they do not travel with the case. */
const OF_THE_TRANSFER = ["transfer", "transfer_answer", "moved_case"];
export const tellsOfTransfer = ({ type }: AnyRecord): boolean => OF_THE_TRANSFER.includes(type);

/** By which words records of a site are found: the case they belong to, a transfer's answers, whom a case is about. */
const lookupIn = (database: string): Lookup => ({
  database,
  wordsOf(said) {
    if (!isStamped(said)) return [];
    const { type } = said;
    const [transfer, person]: unknown[] = [Reflect.get(said, "transfer"), Reflect.get(said, "person")];
    return [
      ...(said.case !== undefined && !tellsOfTransfer(said) ? [`of ${said.case}`] : []),
      ...(type === "transfer_answer" && typeof transfer === "string" ? [`answer ${transfer}`] : []),
      ...(type === "case" && typeof person === "string" ? [`about ${person}`] : []),
      ...(type === "moved_case" ? ["left"] : []),
    ];
  },
});

/** Pages of live records that are found by a word. */
async function* matching(admin: CouchClient, site: string, word: string): AsyncGenerator<readonly Held[]> {
  for await (const page of documentsWith(admin, lookupIn(siteDatabase(site)), word))
    yield page.flatMap(({ rev, document }) => (isStamped(document) ? [{ rev, record: document }] : []));
}

/** Everything that belongs to the case but the case's own record and what tells of transfers. */
export const childrenOf = (admin: CouchClient, site: string, caseId: string) =>
  matching(admin, site, `of ${caseId}`);

/** Answers that people have written in the site's database. */
export async function answersAt(
  admin: CouchClient,
  site: string,
  transfer: string,
): Promise<readonly AnyRecord[]> {
  const found: AnyRecord[] = [];
  for await (const page of matching(admin, site, `answer ${transfer}`))
    found.push(...page.map(({ record }) => record));
  return found;
}

/** Cases of which the site's database says that they have left. */
export async function casesLeft(admin: CouchClient, site: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for await (const page of matching(admin, site, "left"))
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
  for await (const page of matching(admin, site, `about ${person}`))
    if (page.some(({ record }) => record.id !== caseId)) return true;
  return false;
}
