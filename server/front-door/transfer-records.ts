// The records that tell of a transfer: the offer, its answers, and what the front door itself writes beside them (D9).
import { createHash } from "node:crypto";
import { z } from "zod";
import { parseDatabase, siteDatabase } from "#src/domain/record/databases.ts";
import type { AnyRecord } from "#src/domain/record/define.ts";
import { uuidOf } from "#src/domain/record/ids.ts";
import type { CouchClient } from "#server/couch-client/couch-client.ts";
import { OURSELVES } from "./ourselves.ts";
import type { Journal, Move } from "./transfer-journal.ts";
import { readLying } from "./lying-record.ts";
import { answersAt } from "./site-records.ts";

const siteId = z.string().refine((id) => parseDatabase(siteDatabase(id)) !== undefined);
const offerSchema = z.object({
  type: z.literal("transfer"),
  id: z.string(),
  case: z.string(),
  caseCode: z.string(),
  fromSite: siteId,
  toSite: siteId,
});
export type Offer = z.output<typeof offerSchema> & { readonly record: AnyRecord };

/** The offer as the site that made it has it: a copy elsewhere proves nothing. Undefined where there is none. */
export async function readOffer(
  admin: CouchClient,
  database: string,
  id: string,
): Promise<Offer | undefined> {
  const here = await offerIn(admin, database, id);
  if (here === undefined || siteDatabase(here.fromSite) === database) return here;
  if (siteDatabase(here.toSite) !== database) return undefined;
  const original = await offerIn(admin, siteDatabase(here.fromSite), id);
  const isSame = original?.fromSite === here.fromSite && original.toSite === here.toSite;
  return isSame ? original : undefined;
}

async function offerIn(admin: CouchClient, database: string, id: string): Promise<Offer | undefined> {
  const lying = await readLying(admin, database, id);
  if (lying.is !== "record") return undefined;
  const said = offerSchema.safeParse(lying.record).data;
  return said && said.fromSite !== said.toSite ? { ...said, record: lying.record } : undefined;
}

const answerSchema = z.object({
  id: z.string(),
  createdAt: z.string(),
  bySite: z.string(),
  answer: z.enum(["accepted", "declined", "withdrawn"]),
});

/**
 * The one that counts: the site that asks withdraws, the one that is asked accepts or declines, each at home. Of those that
 * are found together a withdrawal does, so that nothing moves; their writers' clocks decide between equals alone.
 */
export async function answerTo(admin: CouchClient, { transfer, from, to }: Move) {
  const read = async (site: string, may: readonly string[]) =>
    (await answersAt(admin, site, transfer))
      .flatMap((record) => answerSchema.safeParse(record).data ?? [])
      .filter(({ bySite, answer }) => bySite === site && may.includes(answer));
  const all = [...(await read(from, ["withdrawn"])), ...(await read(to, ["accepted", "declined"]))];
  const [first] = all.toSorted((a, b) => (a.createdAt + a.id < b.createdAt + b.id ? -1 : 1));
  return all.find(({ answer }) => answer === "withdrawn") ?? first;
}

/** The same for the same transfer, so that writing it twice is writing it once. */
const stamps = (type: string, transfer: string, at: string) => ({
  type,
  version: 1,
  id: uuidOf(createHash("sha256").update(`${type} ${transfer}`).digest().subarray(0, 16)),
  createdAt: at,
  createdBy: OURSELVES,
  device: "front-door",
  deviceTime: at,
});

/** What stays at the sender's: where the case went, nothing of whom it is about. */
export function stubOf({ case: caseId }: Journal, { transfer, to, movedAt = "", caseCode }: Move): AnyRecord {
  const said = { transfer, toSite: to, movedAt, caseCode };
  return { ...stamps("moved_case", transfer, movedAt), case: caseId, ...said };
}

/** Ends an offer of a case that went elsewhere by another one. */
export function overtakenAnswer(
  { case: caseId }: Journal,
  { transfer, from }: Move,
  offer: AnyRecord,
): AnyRecord {
  const said = { transfer, answer: "withdrawn", bySite: from };
  return { ...stamps("transfer_answer", transfer, offer.createdAt), case: caseId, ...said };
}
