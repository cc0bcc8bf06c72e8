// Sends what waits for one database, batch by batch; one bad record blocks none of the others.
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import type { Replica, Row } from "#src/storage/replica.ts";
import type { Attempts } from "./attempts.ts";
import { type Batch, nextBatch, smallestOf } from "./batch.ts";
import type { Centre } from "./centre.ts";
import type { SyncLog } from "./event-log.ts";
import { type Verdict, verdictOf } from "./outcome.ts";
import { prepare } from "./prepare.ts";
import { type Author, offered } from "./offer.ts";
import { storage } from "./storage-trouble.ts";
import { isToCompare } from "./checkpoint.ts";
import { instantOf, type ServerClock } from "./server-clock.ts";
import type { Session } from "./session.ts";
import { decisionOf, type Found, findTheirs } from "./decide.ts";
import type { Trouble } from "./trouble.ts";
import { weigh } from "./weigh.ts";

export interface PushDeps {
  readonly centre: Centre;
  readonly session: Session;
  readonly replica: Replica;
  readonly attempts: Attempts;
  readonly clock: ServerClock;
  readonly author: Author;
  /** Its case has gone to another site: it is brought there in another way. */
  readonly isAway: (row: Row) => boolean;
  readonly log: SyncLog;
}

export interface Push {
  /** Corrects what waits by what is known of the centre's clock, and holds back what must not be sent from here yet. */
  ready(database: string): Promise<Result<void, Trouble>>;
  /** Sends the outbox; ok with how many rows must be tried later. */
  send(database: string, signal: AbortSignal): Promise<Result<number, Trouble>>;
}

/** Rows of one request. */
const mostRows = 200;
/** How often one version of a row is sent in a run: its revision or its time may have to be corrected first. */
const mostTries = 3;
/** So many rows may be refused alone, each with its whole request, before anything goes through. */
const mostSuspects = 3;

export function createPush({
  centre,
  session,
  replica,
  attempts,
  clock,
  author,
  isAway,
  log,
}: PushDeps): Push {
  /** Rows a request carries now: halved when one fails, doubled when one succeeds that follows none that was too large. */
  let limit = mostRows;

  async function ready(
    database: string,
    isDue: (row: Row) => boolean = () => true,
  ): Promise<Result<void, Trouble>> {
    const time = { offsetMs: clock.offsetMs, now: clock.now(), firstContact: clock.isFirstContact() };
    const rows = replica.outbox(database).filter((row) => isDue(row) && prepare(row, time, author));
    if (rows.length === 0) return ok(undefined);
    const ids = rows.map(({ record }) => record.id);
    const kept = await replica.exchange(database, ids, (_id, row) => row && prepare(row, time, author));
    return kept.ok ? kept : err(storage(kept.error));
  }

  /** Takes the answer for a batch into the rows; ok when it did. */
  async function settle(
    database: string,
    { rows }: Batch,
    verdicts: ReadonlyMap<string, Verdict>,
    at: number,
    signal: AbortSignal,
  ): Promise<Result<void, Trouble>> {
    const apart = rows.filter(({ record }) => verdicts.get(record.id)?.verdict === "conflict");
    const found = await findTheirs(centre, database, apart, signal);
    // Without theirs only the conflicts stay open; what is known of the others is kept.
    const theirs: ReadonlyMap<string, Found> = found.ok ? found.value : new Map();
    const sent = new Map(rows.map((row) => [row.record.id, row]));
    let anew = false;
    const decide = (id: string, current: Row | undefined, place: number) => {
      const row = sent.get(id);
      const verdict = verdicts.get(id);
      if (!row || !verdict) return undefined;
      const tried = attempts.of(database, id);
      return decisionOf(current, {
        sent: row,
        verdict,
        found: theirs.get(id),
        attempts: tried,
        at: instantOf(at),
        author,
        place,
        anew,
      });
    };
    const kept = await replica.exchange(database, [...sent.keys()], decide, () => {
      anew = isToCompare(replica, database);
      return {};
    });
    if (!kept.ok) return err(storage(kept.error));
    for (const [id, { verdict }] of verdicts) if (isFinal(verdict)) attempts.end(database, id);
    const count = (verdict: Verdict["verdict"]) =>
      [...verdicts.values()].filter((each) => each.verdict === verdict).length;
    log({
      event: "pushed",
      database,
      rows: rows.length,
      accepted: count("accepted"),
      met: count("conflict"),
      refused: count("refused"),
    });
    return found.ok ? ok(undefined) : found;
  }

  /** A refusal counts only when it was really us who asked: another profile's cookie may have been in its place. */
  async function isBelievable(
    verdicts: ReadonlyMap<string, Verdict>,
    signInsBefore: number,
    signal: AbortSignal,
  ): Promise<Result<boolean, Trouble>> {
    if (![...verdicts.values()].some(({ verdict }) => verdict === "refused")) return ok(true);
    const confirmed = await session.confirm(signal);
    // A feed beside it may have found the cookie to be another's, and signed in again.
    return confirmed.ok ? ok(!confirmed.value.anew && session.signIns === signInsBefore) : confirmed;
  }

  async function send(database: string, signal: AbortSignal): Promise<Result<number, Trouble>> {
    const tries = new Map<string, number>();
    const keyOf = ({ record, outbox }: Row) => `${record.id} ${outbox}`;
    const isDue = (row: Row) => (tries.get(keyOf(row)) ?? 0) < mostTries;
    const asOffered = (row: Row): Row => ({ ...row, record: offered(row, author) ?? row.record });
    let failuresAlone = 0;
    let wasTooLarge = false;
    let hasGoneThrough = false;
    const suspects: { batch: Batch; verdict: Verdict }[] = [];
    const putAside = async (): Promise<Result<void, Trouble>> => {
      for (const { batch, verdict } of suspects.splice(0)) {
        const settled = await settle(database, batch, forEach(batch, verdict), clock.now(), signal);
        if (!settled.ok) return settled;
      }
      return ok(undefined);
    };
    for (;;) {
      const made = await ready(database, isDue);
      if (!made.ok) return made;
      const waiting = replica.outbox(database).filter((row) => !isAway(row));
      const due = waiting.filter(isDue);
      const isDoubtful = suspects.length === mostSuspects;
      const batch = isDoubtful
        ? smallestOf(due.map(asOffered))
        : nextBatch(due.slice(0, limit).map(asOffered));
      if (batch.rows.length === 0) {
        if (suspects.length === 0) return ok(waiting.length);
        const aside = await putAside();
        if (!aside.ok) return aside;
        continue;
      }
      attempts.begin(batch.rows);
      const { signIns } = session;
      const answer = await centre.write(database, batch.texts, signal);
      let verdicts: ReadonlyMap<string, Verdict>;
      if (answer.ok) {
        hasGoneThrough = true;
        const aside = await putAside();
        if (!aside.ok) return aside;
        const outcomes = new Map(answer.value.body.map((outcome) => [outcome.id, outcome]));
        verdicts = new Map(batch.rows.map(({ record: { id } }) => [id, verdictOf(outcomes.get(id))]));
        // What stands in front of the centre will not take more a moment later: the next run tries again.
        if (!wasTooLarge) limit = Math.min(mostRows, limit * 2);
        failuresAlone = 0;
        const believable = await isBelievable(verdicts, signIns, signal);
        if (!believable.ok) return believable;
        if (!believable.value) verdicts = withoutRefusals(verdicts);
      } else {
        wasTooLarge ||= answer.error.kind === "status" && answer.error.status === 413;
        if (answer.error.kind !== "stopped") limit = Math.max(1, Math.ceil(batch.rows.length / 2));
        const weighed = weigh(answer.error, batch.rows.length, failuresAlone);
        if (weighed === undefined) return answer;
        if (weighed === "again") continue;
        if (weighed.verdict === "later") failuresAlone += 1;
        if (weighed.verdict === "refused") {
          // What is refused is everything: no row is at fault, not even the smallest.
          if (isDoubtful) return answer;
          // It was this one row, which is out of the way now.
          wasTooLarge = false;
          if (!hasGoneThrough) {
            suspects.push({ batch, verdict: weighed });
            for (const row of batch.rows) tries.set(keyOf(row), mostTries);
            continue;
          }
        }
        verdicts = forEach(batch, weighed);
      }
      const at = answer.ok ? answer.value.at : clock.now();
      const settled = await settle(database, batch, verdicts, at, signal);
      if (!settled.ok) return settled;
      const unsettled = new Set<Row | undefined>(waiting);
      for (const row of batch.rows) {
        const { id } = row.record;
        const verdict = verdicts.get(id)?.verdict;
        const tried = (tries.get(keyOf(row)) ?? 0) + 1;
        // A conflict with the very version that we stand on may come from a node that is behind. Not so twice in a round.
        const isInVain =
          verdict === "conflict"
            ? tried > 1 && unsettled.has(replica.row(database, id))
            : verdict === "later" && !answer.ok;
        tries.set(keyOf(row), isInVain ? mostTries : tried);
      }
    }
  }

  return { ready, send };
}

const forEach = ({ rows }: Batch, verdict: Verdict): ReadonlyMap<string, Verdict> =>
  new Map(rows.map(({ record }) => [record.id, verdict]));

const isFinal = (verdict: Verdict["verdict"]) => verdict === "accepted" || verdict === "refused";

function withoutRefusals(verdicts: ReadonlyMap<string, Verdict>): ReadonlyMap<string, Verdict> {
  const later: Verdict = { verdict: "later" };
  return new Map([...verdicts].map(([id, each]) => [id, each.verdict === "refused" ? later : each]));
}
