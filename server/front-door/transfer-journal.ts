// The journal of the transfers of one case: which site is responsible, and how far each transfer has come (D9).
import { z } from "zod";
import { allDocuments } from "#server/couch-client/all-documents.ts";
import { documentPath, type CouchClient } from "#server/couch-client/couch-client.ts";
import { putOnTop } from "#server/couch-client/put-on-top.ts";
import { ownDatabase } from "#server/provision/databases.ts";
import { documentsWith, idsWith, type Lookup } from "./lookup.ts";

const moveSchema = z.object({
  transfer: z.string(),
  from: z.string(),
  to: z.string(),
  caseCode: z.string(),
  /**
   * `accepted`: the site that was asked is being given a copy; `moved`: it is responsible, and the sender's copy is being
   * taken away; `overtaken`: the case went elsewhere by another transfer.
   */
  state: z.enum(["offered", "accepted", "moved", "done", "declined", "withdrawn", "overtaken"]),
  /** The answer that counts, and whether the other site has it. */
  answer: z.string().optional(),
  told: z.boolean(),
  /** UTC instant at which the other site became responsible. */
  movedAt: z.string().optional(),
});
export type Move = z.output<typeof moveSchema>;

const journalSchema = z.object({
  _rev: z.string().optional(),
  case: z.string(),
  /** The site of its first transfer: somebody elsewhere may lay another case under an id that they have learned. */
  began: z.string(),
  /** The site that is responsible. */
  site: z.string(),
  /** Sites that it has left; one to which it came back is among them. */
  left: z.array(z.string()),
  moves: z.array(moveSchema),
});
/** One document of a case, so that one write says who is responsible, whatever transfers of it there are. */
export type Journal = z.output<typeof journalSchema>;
export type JournalKey = Pick<Journal, "case" | "began">;

const PREFIX = "transfer:";
const pathOf = ({ case: caseId, began }: JournalKey) =>
  documentPath(ownDatabase, `${PREFIX}${caseId}:${began}`);

export async function readJournal(admin: CouchClient, key: JournalKey): Promise<Journal | undefined> {
  const found = await admin.read(pathOf(key));
  return found === undefined ? undefined : journalSchema.parse(found);
}

/** Of all the cases that bear one id: nearly always one. */
export async function journalsOf(admin: CouchClient, caseId: string): Promise<readonly Journal[]> {
  const found = await allDocuments(admin, ownDatabase, `${PREFIX}${caseId}:`);
  return found.map((document) => journalSchema.parse(document));
}

/** Of several cases that bear one id the one that this site has; else the one that has left it last. */
export function journalAt(journals: readonly Journal[], site: string): Journal | undefined {
  const leftAt = ({ moves }: Journal): string =>
    moves.findLast(({ from, movedAt }) => from === site && movedAt !== undefined)?.movedAt ?? "";
  const gone = journals.filter(({ left }) => left.includes(site));
  const [last] = gone.toSorted((a, b) => (leftAt(a) > leftAt(b) ? -1 : 1));
  return journals.find((journal) => journal.site === site) ?? last;
}

/** Writes it on top of the revision it was read in; false where another has written meanwhile: nothing was written. */
export const writeJournal = (admin: CouchClient, journal: Journal): Promise<boolean> =>
  putOnTop(admin, pathOf(journal), journal);

const journals: Lookup = {
  database: ownDatabase,
  prefix: PREFIX,
  wordsOf(said) {
    const open = journalSchema.safeParse(said).data?.moves.filter((move) => !isFinished(move)) ?? [];
    return open.length === 0 ? [] : [...new Set(["open", ...open.map(({ from }) => `open from ${from}`)])];
  },
};

/** Cases of which a transfer has not come to its end. */
export async function openCases(admin: CouchClient): Promise<readonly JournalKey[]> {
  const open: JournalKey[] = [];
  for await (const page of documentsWith(admin, journals, "open"))
    open.push(...page.map(({ document }) => journalSchema.parse(document)));
  return open;
}

/** Of how many cases a site has asked another to take them over, and it has not come to an end. */
export const countOpenFrom = async (admin: CouchClient, site: string): Promise<number> =>
  (await idsWith(admin, journals, `open from ${site}`)).length;

export const isFinished = ({ state, told }: Move): boolean =>
  state === "done" || (["declined", "withdrawn", "overtaken"].includes(state) && told);

export const withMove = (journal: Journal, transfer: string, change: Partial<Move>): Journal => ({
  ...journal,
  moves: journal.moves.map((move) => (move.transfer === transfer ? { ...move, ...change } : move)),
});
