// What devices ask of transfers at `/api/transfers`: to go on with them, and to bring late edits to where the case is now.
import { z } from "zod";
import { recordIdPattern } from "#src/domain/record/ids.ts";
import { isAnswered, isRefusal } from "#server/couch-client/couch-client.ts";
import type { Json } from "#server/couch/json.ts";
import { caseDatabase } from "./case-database.ts";
import { openCases } from "./transfer-journal.ts";
import { gatherStrays } from "./transfer-strays.ts";
import { keepHeld, type HeldOutcome } from "./transfers-held.ts";
import { forwardLate, type LateAuthor, lateRecordSchema } from "./transfers-late.ts";
import { resumeCase, resumeTransfer, type TransfersDeps, type TransferState } from "./transfers.ts";

const id = z.string().regex(recordIdPattern);
const askedSchema = z.strictObject({ database: caseDatabase, ids: z.array(id).min(1).max(20) });
type Asked = z.output<typeof askedSchema>;
const lateSchema = z.strictObject({
  database: caseDatabase,
  records: z.array(lateRecordSchema).min(1).max(50),
});
type Late = z.output<typeof lateSchema>;

export const readAskedTransfers = (said: Json): Asked | undefined => askedSchema.safeParse(said).data;
export const readLate = (said: Json): Late | undefined => lateSchema.safeParse(said).data;

/** Goes on with these, and brings on what was written to the wrong site meanwhile. @returns by id */
export async function resumeAsked(
  deps: TransfersDeps,
  { database, ids }: Asked,
): Promise<Readonly<Record<string, TransferState>>> {
  const states: Record<string, TransferState> = {};
  for (const each of ids) {
    try {
      states[each] = await goOn(deps, database, each);
    } catch (error) {
      // One case that the record store does not take blocks none of the others.
      if (!isAnswered(error)) throw error;
      // In trouble for a moment: an offer that is not in the journal yet would be forgotten if its device did not ask again.
      states[each] = isRefusal(error) ? "waiting" : "later";
    }
  }
  return states;
}

async function goOn(deps: TransfersDeps, database: string, id: string): Promise<TransferState> {
  const { state, journal } = await resumeTransfer(deps, database, id);
  if (state === "done" && journal) await gatherStrays(deps, journal);
  return state;
}

/** Brings each to where its case is now, or keeps it for somebody to look at. */
export async function takeLateRecords(
  deps: TransfersDeps,
  { database, records }: Late,
  author: LateAuthor,
): Promise<readonly HeldOutcome[]> {
  const own = records.filter(({ held }) => held !== true);
  const others = records.filter(({ held }) => held === true);
  return [
    ...(await forwardLate(deps, database, own, author)),
    ...(await keepHeld(deps, database, others, author.name)),
  ];
}

/** Goes on with everything that was broken off; what cannot be now is left for the next time. */
export async function resumeOpenTransfers(
  deps: TransfersDeps,
  failed: (error: unknown) => void,
): Promise<void> {
  for (const key of await openCases(deps.admin)) {
    try {
      await resumeCase(deps, key);
    } catch (error) {
      failed(error);
    }
  }
}
