// Hands a case over from one site to another as a journalled saga: at every point one site is responsible, and whoever goes on completes it (D9, ADR 14).
import { identityDatabase, siteDatabase } from "#src/domain/record/databases.ts";
import { readLying } from "./lying-record.ts";
import { carry, leaveMarks, put, setAside, type CarryDeps } from "./carry.ts";
import { caseAt, childrenOf, hasOtherCase, personAt, type Held } from "./site-records.ts";
import {
  countOpenFrom,
  isFinished,
  journalAt,
  journalsOf,
  readJournal,
  withMove,
  writeJournal,
  type Journal,
  type JournalKey,
  type Move,
} from "./transfer-journal.ts";
import { answerTo, overtakenAnswer, readOffer, stubOf, type Offer } from "./transfer-records.ts";

export interface TransfersDeps extends CarryDeps {
  /** Cases that a site may have offered at once. */
  readonly mostOpenOfSite?: number;
}

/**
 * `unknown`: there is no such offer; `waiting`: the case it is about has not reached the centre, or is not this site's to offer;
 * `later`: the site has so many open, or others write to the journal so often, that this one is to be asked about again.
 */
export type TransferState = Move["state"] | "unknown" | "waiting" | "later";

/** Offers of one case that are remembered; nobody shall fill the journal. */
const MOST_MOVES = 1000;
/** Of these, so many at once that have no answer yet. */
const MOST_OPEN = 20;
/** Cases that a site has offered at once. More than people answer; what is made up shall not fill the other site's database. */
const MOST_OPEN_OF_SITE = 300;
/** So often an offer is taken in while others write to the journal, or a node of the record store is behind. */
const MOST_TRIES = 5;
/** So often the sender's copy is looked through for what was written meanwhile, before it is left for another time. */
const MOST_PASSES = 10;
/** More than one case has steps; a bug must not turn in a ring. */
const MOST_STEPS = 1000;

/**
 * Does what is next for a transfer, as far as that is possible now. Every step may be done twice, by several front doors
 * at once, and may be broken off anywhere.
 * @param database of a site that asks or is asked
 */
export async function resumeTransfer(
  deps: TransfersDeps,
  database: string,
  id: string,
): Promise<{ readonly state: TransferState; readonly journal?: Journal }> {
  const offer = await readOffer(deps.admin, database, id);
  if (offer === undefined) return { state: "unknown" };
  const noted = await note(deps, offer);
  if (typeof noted === "string") return { state: noted };
  const journal = await resumeCase(deps, noted);
  const move = journal?.moves.find(({ transfer }) => transfer === id);
  return { state: move?.state ?? "waiting", ...(journal && { journal }) };
}

/** Goes on with every transfer of the case. @returns the journal as it stands then */
export async function resumeCase(deps: TransfersDeps, key: JournalKey): Promise<Journal | undefined> {
  let at = 0;
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const journal = await readJournal(deps.admin, key);
    const move = journal?.moves.filter((each) => !isFinished(each))[at];
    if (!journal || !move) return journal;
    const did = await step(deps, journal, move);
    // One that has ended may let another go on.
    at = did === "rest" ? at + 1 : 0;
  }
  return readJournal(deps.admin, key);
}

/** Takes an offer into the journal; the state where it is not to be followed. */
async function note(deps: TransfersDeps, offer: Offer): Promise<JournalKey | TransferState> {
  const { admin, mostOpenOfSite = MOST_OPEN_OF_SITE } = deps;
  const { id: transfer, fromSite: from, toSite: to, caseCode, case: caseId } = offer;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const journals = await journalsOf(admin, caseId);
    const noted = journals.find(({ moves }) => moves.some((move) => move.transfer === transfer));
    if (noted) return noted;
    const journal = journalAt(journals, from);
    const known = journal?.moves ?? [];
    const open = known.filter((move) => !isFinished(move));
    if (open.length >= MOST_OPEN) return "later";
    const kept = withRoom(known);
    if (kept.length >= MOST_MOVES) return "waiting";
    // Only the site that is responsible has something to offer.
    if (journal && journal.site !== from) return "overtaken";
    if ((await caseAt(admin, from, caseId)) === undefined) return "waiting";
    if (await hasAnother(deps, journals, journal, offer)) {
      await setAside(deps, siteDatabase(from), offer.record, "transfer: another case of this id lies there");
      return "waiting";
    }
    if (open.length === 0 && (await countOpenFrom(admin, from)) >= mostOpenOfSite) return "later";
    const { left = [], began = from } = journal ?? {};
    const move: Move = { transfer, from, to, caseCode, state: "offered", told: false };
    const next = { ...journal, case: caseId, began, site: from, left, moves: [...kept, move] };
    if (await writeJournal(admin, next)) return next;
  }
  return "later";
}

/**
 * Somebody may ask and take back without end: of a full journal the earliest that was taken back goes. Nothing is lost with
 * it: what takes it back lies in the databases of both sites, and counts again whenever somebody asks about it.
 */
function withRoom(moves: readonly Move[]): readonly Move[] {
  if (moves.length < MOST_MOVES) return moves;
  const oldest = moves.findIndex(
    (move) => isFinished(move) && ["withdrawn", "overtaken"].includes(move.state),
  );
  return oldest === -1 ? moves : moves.toSpliced(oldest, 1);
}

/** Whether the site that is asked has a case of this id that is not this one: which of the two is made up only people can say. */
async function hasAnother(
  { admin }: TransfersDeps,
  journals: readonly Journal[],
  own: Journal | undefined,
  { case: caseId, toSite: to }: Offer,
): Promise<boolean> {
  if ((await caseAt(admin, to, caseId)) === undefined) return false;
  // Where it has been before, a late word of its own may lie in its place.
  return own?.left.includes(to) !== true || journals.some((each) => each !== own && each.site === to);
}

/** Whether to look again, or that there is nothing to do for this transfer now. */
type Did = "again" | "rest";

function step(deps: TransfersDeps, journal: Journal, move: Move): Promise<Did> {
  switch (move.state) {
    case "offered":
      return offer(deps, journal, move);
    case "accepted":
      return handOver(deps, journal, move);
    case "moved":
      return takeAway(deps, journal, move);
    case "declined":
    case "withdrawn":
    case "overtaken":
      return tell(deps, journal, move);
    case "done":
      return Promise.resolve("rest");
  }
}

/** Lays the offer before the other site, and takes the first answer: that one write decides between all that come. */
async function offer(deps: TransfersDeps, journal: Journal, move: Move): Promise<Did> {
  const { admin } = deps;
  const decide = async (change: Partial<Move>): Promise<Did> => {
    await writeJournal(admin, withMove(journal, move.transfer, change));
    return "again";
  };
  if (journal.site !== move.from) return decide({ state: "overtaken" });
  // Its database may still be made: of what stands in the journal no device need ask again for that.
  const isReached = await hasDatabase(deps, move.to);
  if (isReached && !(await copy(deps, move.transfer, move.from, move.to))) return "rest";
  const found = await answerTo(admin, move);
  if (found === undefined) return "rest";
  const isBusy = journal.moves.some(({ state }) => state === "accepted" || state === "moved");
  if (found.answer === "accepted" && (isBusy || (await isTakenThere(deps, journal, move)))) return "rest";
  return decide({ state: found.answer, answer: found.id });
}

/** Another case under this id has come there meanwhile. */
async function isTakenThere({ admin }: TransfersDeps, journal: Journal, { to }: Move): Promise<boolean> {
  const journals = await journalsOf(admin, journal.case);
  return journals.some(({ began, site }) => began !== journal.began && site === to);
}

/** Gives the other site a copy of everything but the case's own record, and then makes it the responsible one. */
async function handOver(deps: TransfersDeps, journal: Journal, move: Move): Promise<Did> {
  const { admin, now } = deps;
  const { from, to, transfer } = move;
  if (move.answer === undefined || !(await copy(deps, move.answer, to, from))) return "rest";
  for await (const page of childrenOf(admin, from, journal.case))
    for (const held of page)
      if (!(await carry(deps, siteDatabase(from), siteDatabase(to), held))) return "rest";
  for (const held of await personsOf(deps, journal.case, move))
    if (!(await carry(deps, identityDatabase(from), identityDatabase(to), held))) return "rest";
  const movedAt = new Date(now()).toISOString();
  const flipped = withMove(journal, transfer, { state: "moved", told: true, movedAt });
  await writeJournal(admin, { ...flipped, site: to, left: [...new Set([...journal.left, from])] });
  return "again";
}

/** Brings the case's own record and what was written meanwhile, leaves the stub, and takes the sender's copy away. */
async function takeAway(deps: TransfersDeps, journal: Journal, move: Move): Promise<Did> {
  const { admin } = deps;
  const { from, to, transfer } = move;
  const own = await caseAt(admin, from, journal.case);
  if (own && !(await carry(deps, siteDatabase(from), siteDatabase(to), own))) return "rest";
  await put(admin, siteDatabase(from), stubOf(journal, move));
  await takeStubs(deps, journal, move);
  for (let passes = 0; !(await isEmptied(deps, journal.case, move)); passes++)
    if (passes === MOST_PASSES) return "rest";
  // What the marks have covered is not to remain below them.
  for (const database of [siteDatabase(from), identityDatabase(from)])
    await admin.write("POST", `/${encodeURIComponent(database)}/_compact`, {});
  await writeJournal(admin, withMove(journal, transfer, { state: "done" }));
  return "again";
}

/** Where the case comes back, nothing says any more that it has left. */
async function takeStubs({ admin }: TransfersDeps, journal: Journal, { to, transfer }: Move): Promise<void> {
  const mark = { movedTo: to, transfer, ofCase: journal.case };
  for (const earlier of journal.moves.filter(({ from, movedAt }) => from === to && movedAt !== undefined)) {
    const lying = await readLying(admin, siteDatabase(to), stubOf(journal, earlier).id);
    if (lying.is === "record") await leaveMarks(admin, siteDatabase(to), [lying], mark);
  }
}

/** Takes what lies there now; true where there was nothing. */
async function isEmptied(deps: TransfersDeps, caseId: string, move: Move): Promise<boolean> {
  const { admin } = deps;
  const { from, to, transfer } = move;
  const mark = { movedTo: to, transfer, ofCase: caseId };
  const take = async (nameOf: (site: string) => string, held: readonly Held[]): Promise<void> => {
    const carried: Held[] = [];
    for (const each of held) if (await carry(deps, nameOf(from), nameOf(to), each)) carried.push(each);
    await leaveMarks(admin, nameOf(from), carried, mark);
  };
  let found = 0;
  for await (const page of childrenOf(admin, from, caseId)) {
    found += page.length;
    await take(siteDatabase, page);
  }
  const persons: Held[] = [];
  for (const held of await personsOf(deps, caseId, move)) {
    if (!(await hasOtherCase(admin, from, held.record.id, caseId))) persons.push(held);
    else await carry(deps, identityDatabase(from), identityDatabase(to), held);
  }
  await take(identityDatabase, persons);
  const own = await caseAt(admin, from, caseId);
  if (own) await take(siteDatabase, [own]);
  return found + persons.length === 0 && own === undefined;
}

/** Whom the case is about, as the sender says: the other site is not to choose whose names come along. */
async function personsOf({ admin }: TransfersDeps, caseId: string, { from }: Move): Promise<readonly Held[]> {
  const person = (await caseAt(admin, from, caseId))?.person;
  const held = person === undefined ? undefined : await personAt(admin, from, person);
  return held ? [held] : [];
}

/** Lets the other side know how it ended. */
async function tell(deps: TransfersDeps, journal: Journal, move: Move): Promise<Did> {
  const { admin } = deps;
  const { from, to, transfer, answer, state } = move;
  if (state === "overtaken") {
    const made = await readLying(admin, siteDatabase(from), transfer);
    if (made.is !== "record") return "rest";
    for (const site of [from, to])
      if (await hasDatabase(deps, site))
        await put(admin, siteDatabase(site), overtakenAnswer(journal, move, made.record));
  } else {
    const [written, other] = state === "withdrawn" ? [from, to] : [to, from];
    if (answer === undefined) return "rest";
    if ((await hasDatabase(deps, other)) && !(await copy(deps, answer, written, other))) return "rest";
  }
  await writeJournal(admin, withMove(journal, transfer, { told: true }));
  return "again";
}

const hasDatabase = async ({ admin }: TransfersDeps, site: string): Promise<boolean> =>
  (await admin.read(`/${siteDatabase(site)}`)) !== undefined;

/** Lays a record that tells of a transfer into the other site's database too, with its author's stamps. */
async function copy({ admin }: TransfersDeps, id: string, from: string, to: string): Promise<boolean> {
  const [source, there] = [
    await readLying(admin, siteDatabase(from), id),
    await readLying(admin, siteDatabase(to), id),
  ];
  if (there.is === "record") return true;
  return source.is === "record" && put(admin, siteDatabase(to), source.record);
}
