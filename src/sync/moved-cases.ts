// Cases that have gone to another site: what is unsent of them is brought there by the front door, and then they leave this device (D9).
import { lateWordsName } from "#src/domain/ports/exchange.ts";
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import type { Reader } from "#src/domain/ports/store.ts";
import type { AnyRecord } from "#src/domain/record/define.ts";
import { identityDatabase, parseDatabase, siteDatabase } from "#src/domain/record/databases.ts";
import type { Replica, Row } from "#src/storage/replica.ts";
import { z } from "zod";
import type { CouchClient } from "./couch-client.ts";
import type { SyncLog } from "./event-log.ts";
import { inParts } from "./in-parts.ts";
import { type Author, offered } from "./offer.ts";
import { verdictOf } from "./outcome.ts";
import { heldBack } from "./prepare.ts";
import { instantOf } from "./server-clock.ts";
import type { Session } from "./session.ts";
import { settleRefused } from "./settle.ts";
import { storage } from "./storage-trouble.ts";
import { stopsEverything, type Trouble } from "./trouble.ts";

export interface MovedCases {
  /** Not to be sent to the site's database: its case is elsewhere. */
  isAway(row: Row): boolean;
  /** Something is to be brought on from this database, or to leave. */
  waits(database: string): boolean;
  /** Ok with how many rows are to be tried again later. */
  bringOn(database: string, signal: AbortSignal): Promise<Result<number, Trouble>>;
}

export interface MovedCasesDeps {
  readonly replica: Replica;
  readonly read: Pick<Reader, "list" | "ofCase">;
  readonly session: Session;
  /** Asks below `/api`; without it nothing is brought on, and nothing leaves that is unsent. */
  readonly client: CouchClient | undefined;
  readonly author: Author;
  readonly log: SyncLog;
}

const results = z.object({
  ok: z.literal(true),
  results: z.array(
    z.object({
      id: z.string(),
      is: z.enum(["accepted", "already there", "kept", "refused", "later"]),
      reason: z.string().optional(),
    }),
  ),
});
type Outcome = z.infer<typeof results>["results"][number];

/** These tell of a transfer, and stay where they were written. */
export const ofTheTransfer: readonly string[] = ["transfer", "transfer_answer", "moved_case"];

export function createMovedCases(deps: MovedCasesDeps): MovedCases {
  const { replica, read, session, client, author, log } = deps;
  let isOffered = client !== undefined;

  /** The case's own row at the site of a database, unless it is on its way out. */
  const liveCase = (siteId: string, caseId: string): Row | undefined => {
    const row = replica.row(siteDatabase(siteId), caseId);
    return row?.moved ? undefined : row;
  };
  /** Cases about this person whose rows lie here and have gone, or are still of the site. */
  const casesOf = (siteId: string, person: string) => {
    const here = read
      .list("case")
      .filter(({ database, record }) => database === siteDatabase(siteId) && record.person === person)
      .flatMap(({ database, record }) => replica.row(database, record.id) ?? []);
    return { gone: here.filter(({ moved }) => moved), live: here.filter(({ moved }) => !moved) };
  };

  function isAway({ database, record, rev, moved }: Row): boolean {
    if (moved) return true;
    const place = parseDatabase(database);
    if (rev !== undefined || !place || ofTheTransfer.includes(record.type)) return false;
    if (place.kind === "identity") {
      const { gone, live } = casesOf(place.siteId, record.id);
      return gone.length > 0 && live.length === 0;
    }
    const caseId = record.case;
    if (caseId === undefined || liveCase(place.siteId, caseId)) return false;
    return read.list("moved_case").some((stub) => stub.database === database && stub.record.case === caseId);
  }

  /** A new name goes after its case has said whose it is. */
  function mayGoNow({ database, record, moved }: Row): boolean {
    const place = parseDatabase(database);
    if (moved || place?.kind !== "identity") return true;
    return casesOf(place.siteId, record.id).gone.every(({ outbox }) => outbox === undefined);
  }

  /** After the centre was put back: with what others wrote, which it may have lost, and which is in no outbox here. */
  function unproven(database: string): readonly Row[] {
    const { siteId = "", kind } = parseDatabase(database) ?? {};
    const left = read
      .list("moved_case")
      .filter((stub) => stub.database === siteDatabase(siteId))
      .map(({ record }) => record.case ?? "");
    const besides =
      kind === "site"
        ? left.flatMap((caseId) =>
            read.ofCase(caseId).flatMap(({ record }) => replica.row(database, record.id) ?? []),
          )
        : left.flatMap((caseId) => personOf(siteId, caseId) ?? []);
    const rows = new Set([...replica.moved(database), ...besides]);
    return [...rows].filter((row) => isHeldBack(row) && isAway(row));
  }

  function personOf(siteId: string, caseId: string): Row | undefined {
    const person = personIn(replica.row(siteDatabase(siteId), caseId)?.record);
    return person === undefined ? undefined : replica.row(identityDatabase(siteId), person);
  }

  /** Of one that has own words in it these are brought first, and then it is held back. */
  const toBring = (database: string): readonly Row[] =>
    isOffered
      ? [...replica.outbox(database).filter((row) => isAway(row) && mayGoNow(row)), ...unproven(database)]
      : [];

  /** Nothing is unsent in it, and nothing here that is unsent or of this site still needs it. */
  function mayLeave(row: Row): boolean {
    const { database, record, sync, outbox, moved } = row;
    const isKept = sync.state === "sent" || sync.state === "central";
    const place = parseDatabase(database);
    if (!moved || outbox !== undefined || !isKept || !place) return false;
    if (place.kind === "identity") return casesOf(place.siteId, record.id).live.length === 0;
    if (record.type !== "case") return true;
    const name = personOf(place.siteId, record.id);
    return !name || (name.outbox === undefined && !isHeldBack(name)) || !isAway(name);
  }

  const leaving = (database: string) => replica.moved(database).filter(mayLeave);

  const itemOf = (row: Row) => {
    const { siteId = "" } = parseDatabase(row.database) ?? {};
    const [own] = row.moved || row.record.case !== undefined ? [] : casesOf(siteId, row.record.id).gone;
    const said = isHeldBack(row)
      ? ({ record: row.record, held: true } as const)
      : { record: offered(row, author) ?? row.record };
    return { ...said, ...(own && { case: own.record.id }) };
  };

  async function bring(database: string, signal: AbortSignal): Promise<Result<number, Trouble>> {
    let later = 0;
    for (const rows of inParts(toBring(database), itemOf)) {
      const sent = new Map(rows.map((row) => [row.record.id, { row, item: itemOf(row) }]));
      const body = JSON.stringify({ database, records: rows.map((row) => itemOf(row)) });
      const ask = { method: "POST", path: "/transfers/late", body, schema: results } as const;
      const answer = client && (await session.ask(() => client.ask(ask, signal), signal));
      if (!answer?.ok) {
        const error = answer?.error;
        if (error && stopsEverything(error)) return err(error);
        isOffered = error?.kind === "status" && error.status !== 404 && error.status !== 405;
        return ok(later + (isOffered ? rows.length : 0));
      }
      const { body: said, at } = answer.value;
      const instant = instantOf(at);
      const outcomes = new Map(said.results.map((outcome) => [outcome.id, outcome]));
      // After the rows have left, nothing else on this device says what became of them.
      const marks: Record<string, string> = {};
      for (const { id, is } of said.results) {
        const caseId = caseOf(sent.get(id)?.item);
        if (caseId !== undefined && (is === "accepted" || is === "already there"))
          marks[lateWordsName(caseId)] = instant;
      }
      const decide = (id: string, current: Row | undefined) => {
        const [before, outcome] = [sent.get(id), outcomes.get(id)];
        return current && before && outcome && settled(current, before, outcome, instant);
      };
      const kept = await replica.exchange(database, [...sent.keys()], decide, marks);
      if (!kept.ok) return err(storage(kept.error));
      const count = (is: Outcome["is"]) => said.results.filter((outcome) => outcome.is === is).length;
      log({ event: "forwarded", database, rows: rows.length, refused: count("refused") });
      later += rows.length - said.results.length + count("later");
    }
    return ok(later);
  }

  return {
    isAway,
    waits: (database) => toBring(database).length > 0 || leaving(database).length > 0,
    async bringOn(database, signal) {
      const brought = await bring(database, signal);
      if (!brought.ok) return brought;
      const ids = leaving(database).map(({ record }) => record.id);
      if (ids.length === 0) return brought;
      const gone = await replica.discard(database, ids, mayLeave);
      return gone.ok ? brought : err(storage(gone.error));
    },
  };
}

/** Of which case it tells, where it is this device's own word. */
const caseOf = (
  item: { record: Row["record"]; case?: string; held?: true } | undefined,
): string | undefined =>
  item?.held
    ? undefined
    : (item?.case ?? item?.record.case ?? (item?.record.type === "case" ? item.record.id : undefined));

const isHeldBack = ({ sync, outbox }: Row): boolean => sync.state === "local" && outbox === undefined;

function personIn(record: AnyRecord | undefined): string | undefined {
  const person: unknown = record?.type === "case" ? Reflect.get(record, "person") : undefined;
  return typeof person === "string" ? person : undefined;
}

/** The row when the centre has said what became of what was sent of it. Edited meanwhile, it goes again. */
function settled(
  current: Row,
  { row, item }: { row: Row; item: { record: Row["record"] } },
  { is, reason = "" }: Outcome,
  at: string,
): Row | undefined {
  if (is === "later" || current.outbox !== row.outbox || current.record !== row.record) return undefined;
  if (is === "refused") {
    const verdict = verdictOf({ id: row.record.id, error: "forbidden", reason });
    return verdict.verdict === "refused"
      ? settleRefused(current, row, { kind: verdict.kind, reason, at })
      : undefined;
  }
  // Without what others wrote and the centre has lost: that is looked for there before anything leaves.
  if (item.record.history?.length !== row.record.history?.length) return heldBack(current);
  const { outbox: _outbox, base: _base, ...rest } = current;
  return { ...rest, sync: { state: "sent", at }, moved: true };
}
