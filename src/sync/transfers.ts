// Transfers of which this device knows more than the centre has done: the front door is asked to go on with them (D9).
import { err, ok, type Result } from "#src/domain/ports/result.ts";
import type { Entry, Reader } from "#src/domain/ports/store.ts";
import { parseDatabase } from "#src/domain/record/databases.ts";
import type { Transfer } from "#src/domain/records/transfer.ts";
import type { Replica } from "#src/storage/replica.ts";
import { z } from "zod";
import { readCheckpoint } from "./checkpoint.ts";
import type { CouchClient } from "./couch-client.ts";
import { ofTheTransfer } from "./moved-cases.ts";
import type { Session } from "./session.ts";
import { storage } from "./storage-trouble.ts";
import { stopsEverything, type Trouble } from "./trouble.ts";

export interface Transfers {
  /** Something of this database is to be told. */
  waits(database: string): boolean;
  /** Ok with how many are under way at the centre, and to be asked about again. */
  goOn(database: string, signal: AbortSignal): Promise<Result<number, Trouble>>;
}

export interface TransfersDeps {
  readonly replica: Replica;
  readonly read: Pick<Reader, "list" | "ofCase">;
  readonly session: Session;
  /** Asks below `/api`; where there is none, there are no transfers. */
  readonly client: CouchClient | undefined;
}

/** As many as the front door takes at once. */
const askedTogether = 20;
const states = z.object({ ok: z.literal(true), states: z.record(z.string(), z.string()) });
/** What was known here when it was last asked, and what the front door said. */
const told = z.record(z.string(), z.object({ known: z.string(), state: z.string() }));
const nameOf = (database: string) => `transfers:${database}`;

const isUnderWay = (state: string): boolean => ["accepted", "moved", "later"].includes(state);
const isAtCentre = ({ sync }: Entry): boolean => sync.state === "sent" || sync.state === "central";

export function createTransfers({ replica, read, session, client }: TransfersDeps): Transfers {
  let isOffered = client !== undefined;
  function tellings(database: string): z.infer<typeof told> {
    const kept = replica.local(nameOf(database));
    return kept === undefined ? {} : (told.safeParse(kept).data ?? {});
  }

  const answersTo = (database: string, transfer: string) =>
    read
      .list("transfer_answer")
      .filter((each) => each.database === database && each.record.transfer === transfer && isAtCentre(each));
  const stubs = (database: string) => read.list("moved_case").filter((each) => each.database === database);
  const isLive = (database: string, caseId: string) => {
    const row = replica.row(database, caseId);
    return row !== undefined && !row.moved;
  };

  /** By what lies here: both sides know how it ended. */
  function isOver({ database, record }: Entry<Transfer>): boolean {
    const answers = answersTo(database, record.id).map((each) => each.record);
    if (parseDatabase(database)?.siteId === record.fromSite) {
      const isDeclined = answers.some(
        ({ answer, bySite }) => answer === "declined" && bySite === record.toSite,
      );
      // Beside a case that is here a stub says nothing: the centre was put back to a day before it left.
      const isGone = !isLive(database, record.case ?? "");
      return isDeclined || (isGone && stubs(database).some((stub) => stub.record.transfer === record.id));
    }
    const isAccepted = answers.some(({ answer }) => answer === "accepted");
    const isWithdrawn = answers.some(
      ({ answer, bySite }) => answer === "withdrawn" && bySite === record.fromSite,
    );
    return isWithdrawn || (isAccepted && isLive(database, record.case ?? ""));
  }

  /** Transfers of cases that have left, of which somebody has written to this database since. */
  const withStrays = (database: string): readonly string[] =>
    stubs(database).flatMap(({ record }) => {
      const caseId = record.case ?? "";
      if (isLive(database, caseId)) return [];
      const isStray = (each: Entry) =>
        each.database === database &&
        isAtCentre(each) &&
        !ofTheTransfer.includes(each.record.type) &&
        !replica.row(database, each.record.id)?.moved;
      return read.ofCase(caseId).some(isStray) ? [record.transfer] : [];
    });

  function due(database: string): ReadonlyMap<string, string> {
    if (!isOffered || parseDatabase(database)?.kind !== "site") return new Map();
    const before = tellings(database);
    // One that was put back knows less than it has said.
    const { instance = "" } = readCheckpoint(replica, database);
    const ids = new Map<string, string>();
    for (const entry of read.list("transfer")) {
      if (entry.database !== database || !isAtCentre(entry) || isOver(entry)) continue;
      const { id, case: caseId = "" } = entry.record;
      const answers = answersTo(database, id).map(({ record }) => record.id);
      const state = isLive(database, caseId) ? replica.row(database, caseId)?.sync.state : undefined;
      const known = [instance, ...answers.toSorted(), state === "sent" ? "central" : state].join(" ");
      const said = before[id];
      if (said?.known !== known || isUnderWay(said.state)) ids.set(id, known);
    }
    for (const id of withStrays(database)) ids.set(id, "strays");
    return ids;
  }

  return {
    waits: (database) => due(database).size > 0,
    async goOn(database, signal) {
      const all = [...due(database)];
      if (!client) return ok(0);
      for (let at = 0; at < all.length; at += askedTogether) {
        const asked = all.slice(at, at + askedTogether);
        const body = JSON.stringify({ database, ids: asked.map(([id]) => id) });
        const ask = { method: "POST", path: "/transfers", body, schema: states } as const;
        const answer = await session.ask(() => client.ask(ask, signal), signal);
        if (!answer.ok) {
          const { error } = answer;
          if (stopsEverything(error)) return err(error);
          // Here is no front door that hands cases over: until the next start nobody need ask again.
          isOffered = error.kind !== "status" || (error.status !== 404 && error.status !== 405);
          return ok(isOffered ? due(database).size : 0);
        }
        const said = answer.value.body.states;
        const next = Object.fromEntries(
          asked.flatMap(([id, known]) => (said[id] === undefined ? [] : [[id, { known, state: said[id] }]])),
        );
        const kept = await replica.setLocal(() => ({
          [nameOf(database)]: { ...tellings(database), ...next },
        }));
        if (!kept.ok) return err(storage(kept.error));
      }
      return ok(due(database).size);
    },
  };
}
